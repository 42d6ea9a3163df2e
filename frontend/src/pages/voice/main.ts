import { createApp } from 'vue'
import { provideVoices, VoiceClient } from '@/client/voices'
import { applyScale } from '@/design/scale'
import { installLanguages } from '@/locales'
import '@/design'
import './voice.css'
import App from './App.vue'
import { provideDevices } from './flow/devices'
import { BrowserMicrophone } from './flow/microphone'
import { BrowserPlayer } from './flow/player'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/*/{common,voice}.ts', {
  eager: true,
  import: 'default',
})

applyScale()
const app = createApp(App)
await installLanguages(app, messages)
provideVoices(app, new VoiceClient())
provideDevices(app, { microphone: new BrowserMicrophone(), player: new BrowserPlayer() })
app.mount('#app')
