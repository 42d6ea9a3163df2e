import { shallowReactive, shallowRef, type InjectionKey, type Ref } from 'vue'
import type { LanguageCalls } from '@/client'
import type { ListedLanguage } from '@/client/types'
import {
  builtIn,
  choiceOf,
  fromHall,
  messagesOf,
  over,
  type Choice,
  type Language,
  type Messages,
  type Spoken,
} from './spoken'

/** Where the messages of a page are kept, as vue-i18n does. */
export interface Messenger {
  locale: Ref<string>
  getLocaleMessage: (locale: string) => unknown
  setLocaleMessage: (locale: string, messages: never) => void
}

export interface Beginning {
  /** The languages that are inside the pages, by what they are chosen by. */
  inside: ReadonlyMap<string, Language>
  /** The one of these that stands where another has nothing to say. */
  fallback: string
  /** The language that the page begins in. */
  first: string
  /** Who tells the hall's own languages; without it there are only those inside. */
  hall?: LanguageCalls | undefined
}

/** How long (milliseconds) until a hall that did not tell its languages is asked again. */
const pause = 10_000

/** The languages of one page: which a visitor may choose, and which is spoken. */
export class Tongues {
  readonly choices = shallowRef<Choice[]>([])
  /** Those whose words are here. */
  readonly spoken: Map<string, Spoken>
  /** Those of which the hall has a file, and what it says: it goes over whatever comes from elsewhere. */
  private readonly own = new Map<string, Messages | null>()
  private wish = 0

  constructor(
    private readonly messages: Messenger,
    private readonly from: Beginning,
  ) {
    this.spoken = shallowReactive(new Map([...from.inside].map(([name, one]) => [name, builtIn(name, one)])))
    this.choices.value = [...this.spoken.values()]
    this.mark()
  }

  /** Adds messages that came after the page stood. */
  add(language: string, more: Messages): void {
    const all = over(this.messages.getLocaleMessage(language) as Messages, more)
    this.messages.setLocaleMessage(language, over(all, this.own.get(language) ?? {}) as never)
  }

  /** Changes the language; false when its texts do not come: then the page stays as it is. */
  async choose(next: string): Promise<boolean> {
    const mine = ++this.wish
    const here = this.spoken.has(next)
    // What is here may have changed since: it is shown at once, and what is new as it comes.
    const fetched = !here || this.own.has(next) ? this.fetch(next) : null
    if (!here && !(await fetched)) return false
    // Whoever chose later has the last word.
    if (mine === this.wish) this.use(next)
    return true
  }

  /** Begins in the first language, unless a visitor is faster. */
  async begin(): Promise<void> {
    const { first } = this.from
    if ((this.spoken.has(first) || (await this.fetch(first))) && this.wish === 0) this.use(first)
  }

  /** The visitor has gone: back to the first language, at once. */
  reset(): void {
    const { first, fallback } = this.from
    if (!this.spoken.has(first)) void this.choose(fallback)
    void this.choose(first)
  }

  /** Asks the hall for its languages until it tells them. */
  async learn(): Promise<void> {
    const { hall } = this.from
    if (!hall) return
    const list = await hall.languages().catch(() => null)
    if (list) this.receive(list)
    else setTimeout(() => void this.learn(), pause)
  }

  private receive(list: ListedLanguage[]): void {
    this.choices.value = list.map((one) => ({ ...choiceOf(one), tag: this.tagOf(one.tag) }))
    for (const { tag, own } of list) if (own && !this.own.has(tag)) this.own.set(tag, null)
    const { value: now } = this.messages.locale
    // A language that was asked for before the hall could answer, or the one on the screen with its changes.
    if (this.wish === 0 && now !== this.from.first) void this.begin()
    else if (this.own.has(now)) void this.fetch(now)
  }

  private async fetch(language: string): Promise<boolean> {
    const told = await this.from.hall?.language(language).catch(() => null)
    if (!told) return false
    const { inside, fallback } = this.from
    const under = inside.get(told.fallback) ?? (inside.get(fallback) as Language)
    this.own.set(language, messagesOf(told.texts))
    this.add(language, {})
    this.spoken.set(language, { ...fromHall(told, under), tag: this.tagOf(language) })
    this.mark()
    return true
  }

  /** Those inside the pages say for themselves which glyphs they want. */
  private tagOf(language: string): string {
    return this.from.inside.get(language)?.tag ?? language
  }

  private use(language: string): void {
    this.messages.locale.value = language
    this.mark()
  }

  private mark(): void {
    const now = this.spoken.get(this.messages.locale.value)
    const { documentElement: page } = document
    // A browser styles the whole page anew for a language that is set, even to what it was.
    if (now && page.lang !== now.tag) page.lang = now.tag
    if (now && page.dir !== now.direction) page.dir = now.direction
  }
}

export const tonguesKey: InjectionKey<Tongues> = Symbol('languages')
