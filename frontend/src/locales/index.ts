/**
 * Languages. Chinese and English are folders here, named by their short tags: language.ts (name, tag, words.ts), and one
 * file of messages for each page. Further ones, and changes of these two, come from the hall (docs/languages.md): a page
 * asks for their list, and for the texts of one when it is chosen. What does not come changes nothing.
 */
import { computed, inject, type App } from 'vue'
import { createI18n, useI18n } from 'vue-i18n'
import type { LanguageCalls } from '@/client'
import { HallError } from '@/client/errors'
import type { Text } from '@/client/types'
import type { Language, Messages, Spoken } from './spoken'
import { Tongues, tonguesKey, type Messenger } from './tongues'

export type { Choice, Language } from './spoken'

/** The language of whoever did not choose, and of texts that another language lacks. */
const fallback = 'zh'
/** A page that begins in a language of the hall waits so long for its texts (milliseconds) before it stands in Chinese. */
const patience = 2_000

/** Files of messages as import.meta.glob gives them: `…/zh/kiosk.ts` to its default export. */
export type MessageFiles = Record<string, Record<string, unknown>>
/** Files that come by themselves once the page stands, so that it does not wait for words that few read. */
export type LaterFiles = Record<string, () => Promise<Record<string, unknown>>>

const found = import.meta.glob<Language>('./*/language.ts', { eager: true, import: 'default' })

/** The languages that are inside the pages by their folders' names, zh first. */
export const languages: ReadonlyMap<string, Language> = new Map(
  Object.entries(found)
    .map(([path, language]): [string, Language] => [path.split('/').at(-2) ?? '', language])
    .sort(([a], [b]) => Number(b === fallback) - Number(a === fallback) || a.localeCompare(b)),
)

/**
 * The messages of one page in all languages: `t('kiosk.take')` is `take` in kiosk.ts. `?lang=en` chooses the first
 * language; pages switch with `useLanguage`. Ends when the words of the first language are there, or have kept the page
 * waiting for too long. Without a hall there are only the languages inside the pages.
 */
export async function installLanguages(
  app: App,
  files: MessageFiles,
  later: LaterFiles = {},
  hall?: LanguageCalls,
): Promise<void> {
  const messages: Record<string, Messages> = {}
  for (const [path, content] of Object.entries(files)) {
    const [language, file] = placeOf(path)
    messages[language] = { ...messages[language], [file]: content as Messages }
  }
  const asked = new URLSearchParams(location.search).get('lang') || fallback
  const locale = languages.has(asked) ? asked : fallback
  const i18n = createI18n({ legacy: false, locale, fallbackLocale: fallback, messages: messages as never })
  app.use(i18n)
  const tongues = new Tongues(i18n.global as unknown as Messenger, {
    inside: languages,
    fallback,
    first: hall ? asked : locale,
    hall,
  })
  app.provide(tonguesKey, tongues)
  const coming: Promise<unknown>[] = Object.entries(later).map(async ([path, load]) => {
    const [language, file] = placeOf(path)
    // Words that do not come are said in Chinese.
    tongues.add(language, { [file]: (await load().catch(() => ({}))) as Messages })
  })
  if (hall) void tongues.learn()
  if (locale !== fallback) await Promise.all(coming)
  if (hall && locale !== asked)
    await Promise.race([tongues.begin(), new Promise((done) => setTimeout(done, patience))])
}

/** The language and the name of a file of messages. */
function placeOf(path: string): [language: string, file: string] {
  const [language = '', file = ''] = path.split('/').slice(-2)
  return [language, file.replace(/\.ts$/, '')]
}

/** The language in use, in any component. */
export function useLanguage() {
  const { t, te, locale } = useI18n({ useScope: 'global' })
  const tongues = inject(tonguesKey) as Tongues
  const language = computed(() => tongues.spoken.get(locale.value) as Spoken)
  const say = (text: Text | null | undefined) => tell(text, language.value)

  return {
    t,
    /** Whether there is such a message. */
    has: (key: string) => te(key, fallback),
    /** What the language is chosen by, such as `zh`. */
    locale: computed(() => locale.value),
    /** Numbers, ranges and times in this language. */
    words: computed(() => language.value.words),
    /** Picks the hall's own text (a window's name, a notice) in this language. */
    pick: say,
    /** What to tell people about a failure: our words for its code, else the hall's, else the general ones. */
    explain(error: unknown): string {
      const code = error instanceof HallError ? error.code : ''
      const key = `common.problem.${code.replace('.', '-')}`
      if (code && te(key)) return t(key)
      const own = error instanceof HallError ? say(error.text) : ''
      return own || t('common.problem.hub-unexpected')
    },
    /** All languages that may be chosen, the present one too. */
    choices: tongues.choices,
    /** Changes the language; false when its texts do not come: then nothing changes. */
    choose: (next: string) => tongues.choose(next),
    /** Back to the language that the page began in, whatever a visitor chose. */
    reset: () => tongues.reset(),
  }
}

/** The hall's own text: by its name in the language, else as the hall wrote it. */
function tell(text: Text | null | undefined, { names, fallback: other }: Spoken): string {
  return (text && names[text.zh]) || pick(text, other)
}

/** One language of a text; a language the hall has no text in falls back. */
export function pick(text: Text | null | undefined, locale: string): string {
  const texts: Partial<Record<string, string>> = text ?? {}
  return texts[locale] || texts[fallback] || ''
}
