import type { Connection } from '@/client/types'

/** Seconds without news after which the wall says so, and after which it no longer asks to be believed. */
const [agingAfter, oldAfter] = [10, 60]

export type Freshness = 'connecting' | 'live' | 'aging' | 'old'

/** How far the wall may be believed. */
export function freshness({ state, age }: Pick<Connection, 'state' | 'age'>, known: boolean): Freshness {
  if (!known) return 'connecting'
  if (state !== 'live' && age >= oldAfter) return 'old'
  return state !== 'live' && age >= agingAfter ? 'aging' : 'live'
}
