import { openHall } from '@/client'
import { mountPage } from '../mount'
import App from './App.vue'
import './window.css'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/*/{common,window}.ts', {
  eager: true,
  import: 'default',
})

void mountPage(App, messages, openHall())
