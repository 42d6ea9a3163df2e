import type { Call, Connection, Hall, Window } from '@/client/types'

/** For so long (seconds) a number that was called blinks. */
export const blinksFor = 10
/** Seconds without news after which a strip says so, and after which it shows nothing that it knew. */
const [agingAfter, lostAfter] = [10, 60]

/** What a strip is about to show. */
export type Trust = 'connecting' | 'unknown' | 'live' | 'aging' | 'lost'

/** How far a strip may be believed; whether its window is there is known once the hall is. */
export function trustOf(
  { state, age }: Pick<Connection, 'state' | 'age'>,
  hall: Hall | null,
  window: Window | undefined,
): Trust {
  if (state !== 'live' && age >= lostAfter) return 'lost'
  if (!hall) return 'connecting'
  if (!window) return 'unknown'
  return state !== 'live' && age >= agingAfter ? 'aging' : 'live'
}

/** The window of an address: by its id, or by the number on its sign. */
export function windowOf(hall: Hall | null, name: string): Window | undefined {
  const windows = hall?.windows ?? []
  return windows.find(({ id }) => id === name) ?? windows.find(({ number }) => String(number) === name)
}

/** Whether a window's number was called, or called again, so lately that it blinks. */
export function blinks(calls: readonly Call[], window: Window, now: Date): boolean {
  const call = calls.find((one) => one.window === window.id)
  if (window.status !== 'calling' || !call || call.ticket !== window.ticket) return false
  return (now.getTime() - Date.parse(call.at)) / 1000 < blinksFor
}
