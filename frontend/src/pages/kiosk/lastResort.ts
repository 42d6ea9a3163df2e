/**
 * What no code foresaw. Whoever stands here sees a calm screen and never an error; the operator's log gets the cause;
 * the page begins anew by itself and goes on with the number that was under way.
 */
import type { App } from 'vue'
import type { KioskCalls } from '@/client'
import zh from '@/locales/zh/kiosk'
import type { Memory } from './flow/memory'

/** Milliseconds before the page begins anew: time to read, and not to wonder. It doubles with each failure in a span. */
const [soon, latest, span] = [3_000, 60_000, 600_000]
const place = 'kiosk.faults'
/** As much of a cause as the hall takes. */
const mostCause = 4_000

type Say = (key: string, holes?: Record<string, unknown>) => string

export interface LastResort {
  app: Pick<App, 'config'>
  client: Pick<KioskCalls, 'fault'>
  memory: Pick<Memory, 'freeze' | 'read'>
  /** Begins the page anew. */
  reload?: () => void
  /** Whether the page can be had: in a browser a hall that is away would leave nothing but the browser's own page. */
  reachable?: () => Promise<boolean>
}

/** Stands behind a page from now on; returns the way to stop. */
export function standBehind({
  app,
  client,
  memory,
  reload = () => location.reload(),
  reachable = reach,
}: LastResort): () => void {
  let failed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function fail(cause: unknown): void {
    if (failed) return
    failed = true
    memory.freeze()
    draw(memory.read()?.number ?? null, wordsOf(app))
    void Promise.resolve()
      .then(() => client.fault(describe(cause)))
      .catch(() => undefined)
    timer = setTimeout(() => void beginAnew(), wait())
  }

  async function beginAnew(): Promise<void> {
    if (await reachable()) reload()
    else timer = setTimeout(() => void beginAnew(), soon)
  }

  const onError = (event: ErrorEvent) => fail(event.error ?? event.message)
  const onRejection = (event: PromiseRejectionEvent) => fail(event.reason)
  app.config.errorHandler = fail
  addEventListener('error', onError)
  addEventListener('unhandledrejection', onRejection)
  return () => {
    clearTimeout(timer)
    removeEventListener('error', onError)
    removeEventListener('unhandledrejection', onRejection)
  }
}

/** What failed and where, for a log. */
function describe(cause: unknown): string {
  const { name, message, stack } = cause instanceof Error ? cause : new Error(String(cause))
  return `${name}: ${message}\n${stack ?? ''}`.slice(0, mostCause)
}

/** How long this screen stays: a page that fails at once after each start must not flicker. */
function wait(): number {
  let times: number[] = []
  try {
    times = (JSON.parse(sessionStorage.getItem(place) ?? '[]') as number[]).filter(
      (at) => Math.abs(Date.now() - at) < span,
    )
    sessionStorage.setItem(place, JSON.stringify([...times, Date.now()].slice(-10)))
  } catch {
    // Without a storage each failure is the first.
  }
  return Math.min(latest, soon * 2 ** times.length)
}

async function reach(): Promise<boolean> {
  try {
    return (await fetch(location.href, { cache: 'no-store' })).ok
  } catch {
    return false
  }
}

/** The page's own words as long as they can be had, else Chinese. */
function wordsOf({ config }: LastResort['app']): Say {
  const own = config.globalProperties['$t'] as Say | undefined
  return (key, holes = {}) => {
    try {
      const said = own?.(`kiosk.${key}`, holes)
      if (said && said !== `kiosk.${key}`) return said
    } catch {
      // Then in Chinese.
    }
    const [part = '', name = '', last = ''] = key.split('.')
    const messages = zh as unknown as Record<string, Record<string, string | Record<string, string>>>
    const found = messages[part]?.[name]
    const text = (typeof found === 'string' ? found : found?.[last]) ?? ''
    return text.replace(/\{(\w+)\}/g, (_, hole: string) => String(holes[hole] ?? ''))
  }
}

/**
 * The calm screen, without anything that may have failed. `number` is the one that was taken, empty when one was asked
 * for and is not known yet, null when there was none.
 */
function draw(number: string | null, say: Say): void {
  const old = document.querySelector<HTMLElement>('main')
  const main = document.createElement('main')
  main.className = 'sheet fault'
  main.dataset['screen'] = 'fault'
  main.dataset['ready'] = 'true' // nothing is to be touched
  if (old) main.style.cssText = old.style.cssText
  const [title, text] = number
    ? [say('calm.unknown.title', { number }), say('calm.unknown.text')]
    : number === ''
      ? [say('visit.slow'), say('visit.slowText')]
      : [say('calm.hubLost.title'), say('calm.hubLost.text')]
  const heading = document.createElement('h1')
  const line = document.createElement('p')
  heading.textContent = title
  // A line breaks after a sentence and not within a word.
  for (const sentence of text.split(/(?<=[。；])/)) {
    const part = document.createElement('span')
    part.textContent = sentence
    line.append(part)
  }
  line.setAttribute('role', 'status')
  main.append(heading, line)
  document.querySelector('#app')?.replaceChildren(main)
}
