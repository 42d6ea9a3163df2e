import { nextTick, onScopeDispose, watch, type Ref } from 'vue'
import { topOf } from './useCovers'

/** The tags by which browsers call the voices of a language. Not all that is written zh is Mandarin. */
const tags: Partial<Record<string, RegExp>> = { zh: /^(zh|cmn)([-_](hans|cn)\b.*)?$/i }
/** Reads Chinese characters wrongly: what it says nobody would understand. */
const garbled = /espeak/i

/** The voice of this machine for a language, or null: only one that speaks without a network, and can be understood. */
export function localVoice(locale: string): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in globalThis)) return null
  const tag = tags[locale] ?? new RegExp(`^${locale}\\b`, 'i')
  const voices = speechSynthesis.getVoices()
  return (
    voices.find(
      ({ localService, lang, name }) =>
        localService && tag.test(lang) && !(locale === 'zh' && garbled.test(name)),
    ) ?? null
  )
}

/** 读给我听: says each screen when it comes. A screen says what stands in its element with data-say. */
export function useReading({
  sheet,
  shown,
  on,
  locale,
}: {
  sheet: Ref<HTMLElement | null>
  shown: Ref<string>
  on: Ref<boolean>
  locale: Ref<string>
}) {
  /** Whether something may be being said. */
  let speaks = false

  async function say(): Promise<void> {
    if (!('speechSynthesis' in globalThis)) return
    if (speaks) speechSynthesis.cancel()
    speaks = on.value
    if (!on.value) return
    await nextTick()
    const text = topOf(sheet.value)?.querySelector<HTMLElement>('[data-say]')?.dataset['say']
    const voice = localVoice(locale.value)
    if (!text || !voice) return
    const speech = new SpeechSynthesisUtterance(text)
    speech.voice = voice
    speech.lang = voice.lang
    speech.rate = 0.9
    speechSynthesis.speak(speech)
  }

  // A browser looks for its voices only when it is first asked for them.
  localVoice(locale.value)
  watch([shown, on, locale], () => void say())
  onScopeDispose(() => globalThis.speechSynthesis?.cancel())
}
