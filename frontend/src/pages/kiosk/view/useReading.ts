import { nextTick, onScopeDispose, watch, type Ref } from 'vue'

/** The voice of this machine for a language, or null: only one that speaks without a network. */
export function localVoice(locale: string): SpeechSynthesisVoice | null {
  if (!('speechSynthesis' in globalThis)) return null
  const voices = speechSynthesis
    .getVoices()
    .filter((voice) => voice.localService && voice.lang.startsWith(locale))
  // Mandarin before the other languages that are written zh.
  return voices.find(({ lang }) => /^(zh[-_]CN|cmn)/.test(lang)) ?? voices[0] ?? null
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
  async function say(): Promise<void> {
    if (!('speechSynthesis' in globalThis)) return
    speechSynthesis.cancel()
    if (!on.value) return
    await nextTick()
    const text = sheet.value?.querySelector<HTMLElement>('[data-say]')?.dataset['say']
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
