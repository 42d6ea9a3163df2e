import type { Service, Window } from '@/client/types'
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
  'serving' | 'idle' | 'calling' | 'pausedUntil' | 'paused' | 'opensAt' | 'notYet' | 'closedToday' | 'oncall'

export type ServiceWord =
  'waiting' | 'idle' | 'open' | 'pausedUntil' | 'paused' | 'opensAt' | 'closedToday' | 'oncall'

/** How a window stands, for boards and lists. */
export function windowStatus({
  status,
  until,
  expected,
}: Pick<Window, 'status' | 'until'> & Partial<Pick<Window, 'expected'>>): Status<WindowWord> {
  const at = until ? new Date(until) : null
  switch (status) {
    case 'serving':
      return { shape: 'square', word: 'serving', at: null }
    case 'idle':
      return { shape: 'ring', word: 'idle', at: null }
    case 'calling':
      return { shape: 'call', word: 'calling', at: null }
    case 'paused':
      return { shape: 'bars', word: at ? 'pausedUntil' : 'paused', at }
    case 'closed':
      if (at) return { shape: 'clock', word: 'opensAt', at }
      return { shape: 'dash', word: expected ? 'notYet' : 'closedToday', at }
    case 'oncall':
      return { shape: 'phone', word: 'oncall', at: null }
  }
}

/** How a service stands, for the kiosk's tiles. 不用等 is said only where somebody sits and nobody waits. */
export function serviceStatus(
  service: Pick<Service, 'availability' | 'until' | 'waiting' | 'staffed'>,
): Status<ServiceWord> {
  const at = service.until ? new Date(service.until) : null
  switch (service.availability) {
    case 'paused':
      return { shape: 'bars', word: at ? 'pausedUntil' : 'paused', at }
    case 'closed':
      return at ? { shape: 'clock', word: 'opensAt', at } : { shape: 'dash', word: 'closedToday', at }
    case 'oncall':
      return { shape: 'phone', word: 'oncall', at: null }
    case 'open':
      if (service.waiting > 0) return { shape: 'square', word: 'waiting', at: null }
      return service.staffed
        ? { shape: 'ring', word: 'idle', at: null }
        : { shape: 'square', word: 'open', at: null }
  }
}
