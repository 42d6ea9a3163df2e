import { openFeed } from '@/client'
import { mountPage } from '../mount'
import App from './App.vue'
import '@/design/whole.css'
import './board.css'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/*/{common,board}.ts', {
  eager: true,
  import: 'default',
})

void mountPage(App, messages, openFeed())
