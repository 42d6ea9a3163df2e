import { freshnessOf } from '@/client/freshness'
import type { Call, Connection, Hall, Window } from '@/client/types'

/** For so long (seconds) a number that was called blinks. */
export const blinksFor = 10
/** What a strip is about to show; lost is nothing that it knew. */
export type Trust = 'connecting' | 'unknown' | 'live' | 'aging' | 'lost'

/** How far a strip may be believed; whether its window is there is known once the hall is. */
export function trustOf(
  connection: Pick<Connection, 'state' | 'age'>,
  hall: Hall | null,
  window: Window | undefined,
): Trust {
  const freshness = freshnessOf(connection)
  if (freshness === 'old') return 'lost'
  if (!hall) return 'connecting'
  return window ? freshness : 'unknown'
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
