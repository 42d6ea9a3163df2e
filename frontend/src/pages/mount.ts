import { createApp, type Component } from 'vue'
import { provideClient, type AnyClient } from '@/client'
import { applyScale } from '@/design/scale'
import { installLanguages, type LaterFiles, type MessageFiles } from '@/locales'
import '@/design'

/** Starts a page: its languages, its line to the hall, its look. */
export async function mountPage(
  page: Component,
  messages: MessageFiles,
  client: Promise<AnyClient>,
  later: LaterFiles = {},
): Promise<void> {
  applyScale()
  const app = createApp(page)
  await installLanguages(app, messages, later)
  provideClient(app, await client)
  app.mount('#app')
}
