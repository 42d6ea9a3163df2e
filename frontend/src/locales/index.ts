/**
 * Languages. A language is a folder here, named by its short tag: language.ts (its name, its tag, its words.ts), and
 * one file of messages for each page. Nothing else lists the languages: a new folder is found by itself.
 */
import { computed, type App } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import { HallError } from '@/client/errors'
import type { Text } from '@/client/types'
import type { Words } from '@/words/words'

/** What a language says of itself, in language.ts. */
export interface Language {
  /** Its own name, as on the button that chooses it. */
  name: string
  /** For the lang attribute, which picks glyphs and the screen reader's voice. */
  tag: string
  words: Words
}

/** The language of whoever did not choose, and of texts that another language lacks. */
const fallback = 'zh'

/** Files of messages as import.meta.glob gives them: `…/zh/kiosk.ts` to its default export. */
export type MessageFiles = Record<string, Record<string, unknown>>
/** Files that come by themselves once the page stands, so that it does not wait for words that few read. */
export type LaterFiles = Record<string, () => Promise<Record<string, unknown>>>

const found = import.meta.glob<Language>('./*/language.ts', { eager: true, import: 'default' })

/** Every language by its folder's name, zh first. */
export const languages: ReadonlyMap<string, Language> = new Map(
  Object.entries(found)
    .map(([path, language]): [string, Language] => [path.split('/').at(-2) ?? '', language])
    .sort(([a], [b]) => Number(b === fallback) - Number(a === fallback) || a.localeCompare(b)),
)

/**
 * The messages of one page in all languages: `t('kiosk.take')` is `take` in kiosk.ts. `?lang=en` chooses the first
 * language; pages switch with `useLanguage`. Ends when the words of the first language are there.
 */
export async function installLanguages(app: App, files: MessageFiles, later: LaterFiles = {}): Promise<void> {
  const messages: Record<string, Record<string, unknown>> = {}
  for (const [path, content] of Object.entries(files)) {
    const [language, file] = placeOf(path)
    messages[language] = { ...messages[language], [file]: content }
  }
  const asked = new URLSearchParams(location.search).get('lang') ?? ''
  const locale = languages.has(asked) ? asked : fallback
  markDocument(locale)
  const i18n = createI18n({ legacy: false, locale, fallbackLocale: fallback, messages: messages as never })
  app.use(i18n)
  const coming = Object.entries(later).map(async ([path, load]) => {
    const [language, file] = placeOf(path)
    // Words that do not come are said in Chinese.
    const content = await load().catch(() => ({}))
    i18n.global.mergeLocaleMessage(language, { [file]: content } as never)
  })
  if (locale !== fallback) await Promise.all(coming)
}

/** The language and the name of a file of messages. */
function placeOf(path: string): [language: string, file: string] {
  const [language = '', file = ''] = path.split('/').slice(-2)
  return [language, file.replace(/\.ts$/, '')]
}

/** The language in use, in any component. */
export function useLanguage() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const language = computed(() => languages.get(locale.value) ?? languages.get(fallback))

  return {
    t,
    /** Whether there is such a message. */
    has: (key: string) => te(key, fallback),
    /** The tag of the language, such as `zh`. */
    locale: computed(() => locale.value),
    /** Numbers, ranges and times in this language. */
    words: computed(() => language.value?.words as Words),
    /** Picks the hall's own text (a window's name, a notice) in this language. */
    pick: (text: Text | null | undefined): string => pick(text, locale.value),
    /** What to tell people about a failure: our words for its code, else the hall's, else the general ones. */
    explain(error: unknown): string {
      const code = error instanceof HallError ? error.code : ''
      const key = `common.problem.${code.replace('.', '-')}`
      if (code && te(key)) return t(key)
      const own = error instanceof HallError ? pick(error.text, locale.value) : ''
      return own || t('common.problem.hub-unexpected')
    },
    choose(next: string): void {
      if (!languages.has(next)) return
      locale.value = next
      markDocument(next)
    },
  }
}

/** One language of a text; a language the hall has no text in falls back. */
export function pick(text: Text | null | undefined, locale: string): string {
  const texts: Partial<Record<string, string>> = text ?? {}
  return texts[locale] || texts[fallback] || ''
}

function markDocument(locale: string): void {
  document.documentElement.lang = languages.get(locale)?.tag ?? locale
}
