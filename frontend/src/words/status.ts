import type { Hall, Pause, Service, Window } from '@/client/types'
import type { Shape } from '@/icons/shapes'

/** A state by shape and word, because colour is never the only sign. Pages add the number or the time. */
export interface Status<Word extends string> {
  shape: Shape
  /** The key under common.windowStatus or common.serviceStatus. */
  word: Word
  /** The time that belongs to the word, where it has one (pausedUntil, opensAt). */
  at: Date | null
}

export type WindowWord =
  | 'serving'
  | 'idle'
  | 'waiting'
  | 'calling'
  | 'pausedUntil'
  | 'paused'
  | 'opensAt'
  | 'notYet'
  | 'closedToday'
  | 'oncall'
  | 'stopped'

export type ServiceWord =
  | 'waiting'
  | 'idle'
  | 'open'
  | 'pausedUntil'
  | 'paused'
  | 'opensAt'
  | 'closedToday'
  | 'oncall'
  | 'stopped'
  | 'dayOff'

type Standing = Pick<Window, 'status' | 'until'> & Partial<Pick<Window, 'expected' | 'from'>>

/** What of the hall bears on a window, where it is told. */
interface Around {
  now?: Date
  /** Nobody is called while the whole hall pauses. */
  pause?: Pause | undefined
  /** Whether the hall gives numbers: a window is no use to a newcomer when it does not. */
  issuing?: NonNullable<Hall['issuing']>['state'] | undefined
  /** How many numbers wait for the window. */
  waiting?: number
}

/**
 * How a window stands, for boards and lists. 不用等 is said only where nobody waits and numbers are given. The small
 * screen above a window says the same in the same order: hall/strip.
 */
export function windowStatus(
  { status, until, expected, from }: Standing,
  { now, pause, issuing, waiting = 0 }: Around = {},
): Status<WindowWord> {
  switch (status) {
    case 'serving':
      return { shape: 'square', word: 'serving', at: null }
    case 'idle':
      if (pause) return paused(pause.until, now)
      if (waiting > 0) return { shape: 'square', word: 'waiting', at: null }
      return issuing === 'stopped' ? stopped : { shape: 'ring', word: 'idle', at: null }
    case 'calling':
      return { shape: 'call', word: 'calling', at: null }
    case 'paused':
      return paused(until, now)
    case 'closed': {
      const at = stillAhead(from, now)
      if (at) return { shape: 'clock', word: 'opensAt', at }
      if (issuing === 'stopped') return stopped
      return { shape: 'dash', word: expected && issuing !== 'off' ? 'notYet' : 'closedToday', at }
    }
    case 'oncall':
      // A number is what somebody would come for.
      return issuing === 'stopped' && waiting === 0 ? stopped : { shape: 'phone', word: 'oncall', at: null }
  }
}

/**
 * How a service stands, for the kiosk's tiles; `opens` is when it opens later today. 不用等 is said only where somebody
 * sits and nobody waits.
 */
export function serviceStatus(
  service: Pick<Service, 'availability' | 'until' | 'waiting' | 'staffed' | 'issuing'>,
  { now, opens, pause }: { now?: Date; opens?: Date | null; pause?: Pause | undefined } = {},
): Status<ServiceWord> {
  if (service.issuing === 'off') return { shape: 'dash', word: 'closedToday', at: null }
  if (service.issuing === 'stopped') return { shape: 'dash', word: 'stopped', at: null }
  if (service.availability === 'paused') return paused(service.until, now)
  if (opens) return { shape: 'clock', word: 'opensAt', at: opens }
  switch (service.availability) {
    case 'closed':
      return { shape: 'dash', word: 'closedToday', at: null }
    case 'oncall':
      return { shape: 'phone', word: 'oncall', at: null }
    case 'open':
      if (service.waiting > 0) return { shape: 'square', word: 'waiting', at: null }
      if (!service.staffed) return { shape: 'square', word: 'open', at: null }
      return pause ? paused(pause.until, now) : { shape: 'ring', word: 'idle', at: null }
  }
}

/** When a service opens later today: by its own hours, or by those of its windows. Null where somebody sits already. */
export function opensAt(hall: Hall, service: Service, now: Date): Date | null {
  if (service.staffed || service.issuing === 'off' || service.issuing === 'stopped') return null
  const windows = hall.windows.filter(({ id }) => service.windows.includes(id))
  const expected = windows.filter((one) => one.status !== 'closed' || one.expected)
  const hours = expected.map(({ status, from }) => (status === 'closed' ? stillAhead(from, now) : null))
  // One window that may open at any moment is reason enough to come now.
  const first = hours.includes(null) ? null : hours.sort((a, b) => Number(a) - Number(b))[0]
  return stillAhead(service.from, now) ?? first ?? null
}

const stopped = { shape: 'dash', word: 'stopped', at: null } as const

/** Until when is said as long as that is still to come: a promised hour that has passed is not promised on. */
function paused(until: string | null | undefined, now?: Date) {
  const at = stillAhead(until, now)
  return { shape: 'bars', word: at ? 'pausedUntil' : 'paused', at } as const
}

/** A moment that is still to come; null once it has passed, since a promised hour is not promised on. */
export function stillAhead(from: string | null | undefined, now: Date | undefined): Date | null {
  const at = from ? new Date(from) : null
  return at && (!now || at > now) ? at : null
}
