import { openHall } from '@/client'
import { mountPage } from '../mount'
import App from './App.vue'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/*/{common,track}.ts', {
  eager: true,
  import: 'default',
})

void mountPage(App, messages, openHall())
