import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BrowserSpeech } from './speech'

class Utterance {
  voice: unknown = null
  lang = ''
  rate = 1
  onend: (() => void) | null = null
  onerror: (() => void) | null = null
  constructor(readonly text: string) {}
}

const voice = (lang: string, localService = true) => ({ lang, localService, name: lang })
let spoken: Utterance[]
let answer: (words: Utterance) => void
let cancelled: number

function speech(...voices: ReturnType<typeof voice>[]) {
  const synthesis = {
    getVoices: () => voices,
    speak(words: Utterance) {
      spoken.push(words)
      answer(words)
    },
    cancel: () => cancelled++,
  }
  return new BrowserSpeech(synthesis as unknown as SpeechSynthesis)
}

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('SpeechSynthesisUtterance', Utterance)
  spoken = []
  cancelled = 0
  answer = (words) => words.onend?.()
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the browser’s own voice', () => {
  it.each<[string, ReturnType<typeof voice>[], string | null]>([
    ['zh', [voice('en-GB'), voice('zh-CN')], 'zh-CN'],
    ['zh', [voice('zh-TW'), voice('zh-HK'), voice('cmn-Hans-CN')], 'cmn-Hans-CN'],
    ['zh', [voice('zh_CN')], 'zh_CN'],
    ['zh', [voice('zh-CN', false), voice('zh-TW')], null],
    ['en', [voice('zh-CN'), voice('en-US')], 'en-US'],
    ['dong', [voice('zh-CN'), voice('en-US')], null],
    ['zh', [], null],
  ])('of %s among %j is %s', async (language, voices, expected) => {
    const ready = speech(...voices).voice(language, '请')
    if (expected === null) return expect(ready).toBeNull()
    await ready?.()
    expect(spoken[0]).toMatchObject({ text: '请', lang: expected })
  })

  it('is none in a browser without any', () => {
    expect(new BrowserSpeech(undefined).voice('zh', '请')).toBeNull()
  })

  it('that breaks off says so', async () => {
    answer = (words) => words.onerror?.()
    await expect(speech(voice('zh-CN')).voice('zh', '请')?.()).rejects.toThrow('broke off')
  })

  it('that never ends is given up', async () => {
    answer = () => undefined
    const said = expect(speech(voice('zh-CN')).voice('zh', '请')?.()).rejects.toThrow('did not end')
    await vi.advanceTimersByTimeAsync(20_000)
    await said
    expect(cancelled).toBe(1)
  })
})
