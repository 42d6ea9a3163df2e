import type { Ready, Speech } from './player'

/** Some voices never say that they are done: a character takes less than this (milliseconds), and the start as long again. */
const [perCharacter, atLeast] = [600, 6000]

/** The tags by which browsers call the voices of a language. */
const tags: Partial<Record<string, RegExp>> = {
  zh: /^(zh|cmn)([-_](hans|cn)\b.*)?$/i,
  en: /^en\b/i,
}

/** The browser's own voices, of those only that are on this machine: a hall needs no internet, and tells it nothing. */
export class BrowserSpeech implements Speech {
  constructor(private readonly speech: SpeechSynthesis | undefined = globalThis.speechSynthesis) {
    // Browsers fill the list after the first look.
    this.speech?.getVoices()
  }

  voice(language: string, text: string): Ready | null {
    const tag = tags[language]
    const voice = this.speech?.getVoices().find(({ localService, lang }) => localService && tag?.test(lang))
    return voice && text ? () => this.speak(voice, text) : null
  }

  private speak(voice: SpeechSynthesisVoice, text: string): Promise<void> {
    return new Promise((over, failed) => {
      const words = new SpeechSynthesisUtterance(text)
      words.voice = voice
      words.lang = voice.lang
      words.rate = 0.9
      const watch = setTimeout(
        () => {
          this.speech?.cancel()
          failed(new Error('the voice did not end'))
        },
        atLeast + text.length * perCharacter,
      )
      const end = (then: () => void) => () => {
        clearTimeout(watch)
        then()
      }
      words.onend = end(over)
      words.onerror = end(() => failed(new Error('the voice broke off')))
      this.speech?.speak(words)
    })
  }
}
