import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, ref, type EffectScope } from 'vue'
import { localVoice, useReading } from './useReading'

type Voice = Pick<SpeechSynthesisVoice, 'lang' | 'name' | 'localService'>

const mandarin: Voice = { lang: 'zh-CN', name: 'Microsoft Huihui', localService: true }
const online: Voice = { lang: 'zh-CN', name: 'Microsoft Xiaoxiao Online', localService: false }
const cantonese: Voice = { lang: 'zh-HK', name: 'Microsoft Tracy', localService: true }
const garbled: Voice = { lang: 'cmn', name: 'Chinese (Mandarin) espeak-ng', localService: true }
const english: Voice = { lang: 'en-GB', name: 'English espeak-ng', localService: true }

let voices: Voice[]
let said: { text: string; lang: string }[]
const cancel = vi.fn()
let scope: EffectScope

beforeEach(() => {
  said = []
  cancel.mockClear()
  vi.stubGlobal('speechSynthesis', {
    getVoices: () => voices,
    speak: ({ text, lang }: { text: string; lang: string }) => said.push({ text, lang }),
    cancel,
  })
  vi.stubGlobal(
    'SpeechSynthesisUtterance',
    class {
      constructor(readonly text: string) {}
    },
  )
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  vi.unstubAllGlobals()
})

describe('the voice', () => {
  it.each<[string, Voice[], string, string | undefined]>([
    ['is Mandarin of this machine', [online, cantonese, mandarin], 'zh', mandarin.name],
    ['may have the older tag', [{ ...mandarin, lang: 'zh_CN' }], 'zh', mandarin.name],
    ['is no voice that speaks over the internet', [online], 'zh', undefined],
    ['is not Cantonese', [cantonese], 'zh', undefined],
    ['is none that reads characters wrongly', [garbled], 'zh', undefined],
    ['is English for English', [mandarin, english], 'en', english.name],
    ['is not Chinese for English', [mandarin], 'en', undefined],
  ])('%s', (_, all, locale, name) => {
    voices = all
    expect(localVoice(locale)?.name).toBe(name)
  })

  it('is not there in a web view without any', () => {
    vi.stubGlobal('speechSynthesis', undefined)
    delete (globalThis as { speechSynthesis?: unknown }).speechSynthesis
    expect(localVoice('zh')).toBeNull()
  })
})

describe('a screen', () => {
  const shown = ref('home')
  const on = ref(false)
  const locale = ref('zh')
  const sheet = ref<HTMLElement | null>(null)
  const settle = async () => {
    await nextTick()
    await nextTick()
  }

  beforeEach(() => {
    voices = [mandarin, english]
    shown.value = 'home'
    on.value = false
    locale.value = 'zh'
    sheet.value = document.createElement('main')
    sheet.value.innerHTML = '<div data-say="您好。"></div>'
    scope.run(() => useReading({ sheet, shown, on, locale }))
  })
  const become = (screen: string, say: string) => {
    sheet.value?.firstElementChild?.setAttribute('data-say', say)
    shown.value = screen
  }

  it('is silent until somebody asks, then speaks as it comes', async () => {
    become('visit', '房产证，在2号窗口。')
    await settle()
    expect(said).toEqual([])
    on.value = true
    await settle()
    become('ticket', '号取好了。')
    await settle()
    expect(said).toEqual([
      { text: '房产证，在2号窗口。', lang: 'zh-CN' },
      { text: '号取好了。', lang: 'zh-CN' },
    ])
  })

  it('does not talk over the one before, and stops with its visitor', async () => {
    on.value = true
    await settle()
    cancel.mockClear()
    become('visit', '房产证。')
    await settle()
    expect(cancel).toHaveBeenCalledTimes(1)
    on.value = false
    await settle()
    expect(cancel).toHaveBeenCalledTimes(2)
    expect(said).toHaveLength(2)
  })

  it('is read in the language it is written in, and not at all without a voice for it', async () => {
    on.value = true
    await settle()
    locale.value = 'en'
    become('visit', 'Housing')
    await settle()
    expect(said.at(-1)).toEqual({ text: 'Housing', lang: 'en-GB' })
    voices = [english]
    locale.value = 'zh'
    become('ticket', '号取好了。')
    await settle()
    expect(said.at(-1)?.text).toBe('Housing')
  })
})
