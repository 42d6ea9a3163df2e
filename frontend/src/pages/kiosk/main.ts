import { openKiosk } from '@/client'
import { mountPage } from '../mount'
import App from './App.vue'
import { memory } from './flow/memory'
import { standBehind } from './lastResort'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/zh/{common,kiosk}.ts', {
  eager: true,
  import: 'default',
})
/** The other languages come once the first screen stands: an old machine is to open at once. */
const later = import.meta.glob<Record<string, unknown>>(
  ['../../locales/*/{common,kiosk}.ts', '!../../locales/zh/*.ts'],
  { import: 'default' },
)

const client = openKiosk()
void mountPage(App, messages, client, later, async (app) =>
  standBehind({ app, client: await client, memory }),
)
