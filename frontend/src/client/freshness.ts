import type { Connection } from './types'

/** Seconds without news after which a screen says so, and after which it no longer asks to be believed. */
const [agingAfter, oldAfter] = [10, 60]

export type Freshness = 'live' | 'aging' | 'old'

/** How far what a screen knows may be believed. The wall and the strips go by it, so that they doubt at once. */
export function freshnessOf({ state, age }: Pick<Connection, 'state' | 'age'>): Freshness {
  if (state === 'live' || age < agingAfter) return 'live'
  return age < oldAfter ? 'aging' : 'old'
}
