import { createApp, type App, type Component } from 'vue'
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
  /** Does what must be done before the page stands. */
  before: (app: App) => Promise<unknown> = () => Promise.resolve(),
): Promise<void> {
  applyScale()
  const app = createApp(page)
  await before(app)
  const opened = await client
  await installLanguages(app, messages, later, 'languages' in opened ? opened : undefined)
  provideClient(app, opened)
  app.mount('#app')
}
