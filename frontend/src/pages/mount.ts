import { createApp, type Component } from 'vue'
import { provideClient, type AnyClient } from '@/client'
import { applyScale } from '@/design/scale'
import { installLanguages, type MessageFiles } from '@/locales'
import '@/design'

/** Starts a page: its languages, its line to the hall, its look. */
export async function mountPage(
  page: Component,
  messages: MessageFiles,
  client: Promise<AnyClient>,
): Promise<void> {
  applyScale()
  const app = createApp(page)
  installLanguages(app, messages)
  provideClient(app, await client)
  app.mount('#app')
}
