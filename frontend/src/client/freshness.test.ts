import { expect, it } from 'vitest'
import { freshnessOf, type Freshness } from './freshness'

it.each<['connecting' | 'live' | 'silent', number, Freshness]>([
  ['connecting', 0, 'live'],
  ['live', 2, 'live'],
  ['live', 70, 'live'],
  ['silent', 1, 'live'],
  ['silent', 10, 'aging'],
  ['silent', 59, 'aging'],
  ['silent', 60, 'old'],
])('what a line that is %s for %i s told is %s', (state, age, freshness) => {
  expect(freshnessOf({ state, age })).toBe(freshness)
})
