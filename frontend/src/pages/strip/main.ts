import { openFeed } from '@/client'
import { mountPage } from '../mount'
import App from './App.vue'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/*/{common,strip}.ts', {
  eager: true,
  import: 'default',
})

void mountPage(App, messages, openFeed())
