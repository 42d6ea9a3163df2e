/**
 * A language as the pages speak it: built in, from a folder here, or from a file of the hall, which the hall's program
 * has checked and filled up with what it lacks. Even so nothing is taken for granted here: a program of another version
 * may have sent it.
 */
import type { LanguageTexts, ListedLanguage } from '@/client/types'
import { fillWith, makeWords, type Templates, type Words } from '@/words/words'

/** What a language says of itself, in language.ts. */
export interface Language {
  /** Its own name, as on the button that chooses it. */
  name: string
  /** For the lang attribute, which picks glyphs and the screen reader's voice. */
  tag: string
  words: Templates
}

/** What a button that chooses a language shows; `locale` is what is chosen by. */
export interface Choice {
  locale: string
  name: string
  tag: string
  direction: string
}

/** A language whose words are here. */
export interface Spoken extends Choice {
  words: Words
  /** In which language the hall's own texts are told that have no name in this one. */
  fallback: string
  /** The hall's own texts in this language, by their Chinese. */
  names: Readonly<Partial<Record<string, string>>>
}

/** A message as vue-i18n keeps it: a text of ours, or a function that fills a text of the hall. */
export interface Messages {
  [key: string]: string | Message | Messages
}
type Message = (context: { named: (name: string) => unknown }) => string

export function builtIn(locale: string, { name, tag, words }: Language): Spoken {
  return { locale, name, tag, direction: 'ltr', fallback: locale, words: makeWords(words, tag), names: {} }
}

/** A language as the hall tells it; what its words lack comes from the language that it falls back on. */
export function fromHall({ texts, names, ...told }: LanguageTexts, fallback: Language): Spoken {
  const words = overlay(fallback.words, texts['words'])
  return { ...choiceOf(told), fallback: told.fallback, words: makeWords(words, told.tag), names }
}

export function choiceOf({ tag, name, direction }: ListedLanguage): Choice {
  return { locale: tag, name, tag, direction }
}

/**
 * The hall's texts as messages. They are text and nothing else: a message would give @ and | a meaning of their own.
 */
export function messagesOf(texts: unknown): Messages {
  const all: Messages = {}
  for (const [key, value] of Object.entries(texts ?? {})) {
    if (typeof value === 'string') all[key] = ({ named }) => fillWith(value, named)
    else if (value && typeof value === 'object') all[key] = messagesOf(value)
  }
  return all
}

/** One tree of messages over another, neither of them changed. */
export function over(below: Messages, above: Messages): Messages {
  const all = { ...below }
  for (const [key, value] of Object.entries(above)) {
    const under = all[key]
    all[key] = typeof value === 'object' && typeof under === 'object' ? over(under, value) : value
  }
  return all
}

/** Templates with the texts of another language where it has any of the same kind. */
function overlay<T>(below: T, above: unknown): T {
  if (typeof below === 'string') return (typeof above === 'string' && above ? above : below) as T
  const texts = (above ?? {}) as Record<string, unknown>
  // Plural forms are one thing: those of two languages are not mixed.
  if ('other' in (below as object)) return (typeof texts['other'] === 'string' ? texts : below) as T
  const all = Object.entries(below as object).map(([key, value]) => [key, overlay(value, texts[key])])
  return Object.fromEntries(all) as T
}
