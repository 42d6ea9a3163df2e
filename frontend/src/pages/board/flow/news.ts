import type { Hall } from '@/client/types'
import type { Words } from '@/words/words'

/** What lines are written with: a language, and the hall's clock. */
export interface Writing {
  t: (key: string, holes?: Record<string, unknown>) => string
  words: Words
  now: Date
}

/** What the hall's hours mean to whoever sits in it; empty while numbers are given. */
export function hoursLines({ issuing, phase, timeZone }: Hall, { t, words, now }: Writing): string[] {
  const from = issuing?.from ? new Date(issuing.from) : null
  const next = from ? [t('board.next', { time: words.when(from, timeZone, now) })] : []
  switch (issuing?.state) {
    case 'early':
      return from ? [t('board.early', { time: words.clock(from, timeZone) })] : []
    case 'off':
      return [t('board.off'), ...next]
    case 'stopped':
      return phase === 'closed' ? [t('board.over'), ...next] : [t('board.stopped')]
    default:
      return []
  }
}

/** Whether one row of numbers serves all windows: then they are called out of order. */
export function isOneSeries({ services, windows }: Pick<Hall, 'services' | 'windows'>): boolean {
  return windows.length > 1 && new Set(services.map(({ series }) => series)).size === 1
}

/** That the whole hall pauses, and until when as long as that is still to come; empty while it does not. */
export function pauseLine({ pause, timeZone }: Hall, { t, words, now }: Writing): string {
  if (!pause) return ''
  const until = pause.until ? new Date(pause.until) : null
  if (!until || until <= now) return t('board.pausedOpen')
  return t('board.paused', { time: words.clock(until, timeZone) })
}
