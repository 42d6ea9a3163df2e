import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import type { Call } from '@/client/types'
import { stage } from './calls'
import { readChoice } from './choice'
import { freshness, type Freshness } from './freshness'
import { layout } from './layout'
import { usePager } from './usePager'

const now = new Date('2026-11-23T09:41:00+08:00')

function called(ticket: string, secondsAgo: number, times = 1): Call {
  const at = new Date(now.getTime() - secondsAgo * 1000).toISOString()
  const windowName = { zh: '', en: '' }
  return { revision: 1, ticket, window: '3', windowNumber: 3, windowName, times, at }
}

const tickets = (calls: { ticket: string }[]) => calls.map(({ ticket }) => ticket)

describe('calls on the wall', () => {
  it('are 正在叫号 for a minute, then 最近叫过', () => {
    const { current, earlier } = stage([called('C012', 0), called('B007', 59), called('V015', 60)], now)
    expect(tickets(current)).toEqual(['C012', 'B007'])
    expect(tickets(earlier)).toEqual(['V015'])
  })

  it('are fresh for ten seconds', () => {
    const { current } = stage([called('C012', 9), called('B007', 10)], now)
    expect(current.map(({ fresh }) => fresh)).toEqual([true, false])
  })

  it('of one instant are both fresh, and neither is larger', () => {
    const scene = stage([called('L020', 0), called('A023', 0), called('B007', 40)], now)
    expect(tickets(scene.current.filter(({ fresh }) => fresh))).toEqual(['L020', 'A023'])
    expect(scene.equal).toBe(true)
    expect(stage([called('L020', 0), called('B007', 40)], now).equal).toBe(false)
  })

  it('are new once more when called again', () => {
    const [first] = stage([called('C012', 30)], now).current
    const [second] = stage([called('C012', 0, 2)], now).current
    expect(second?.key).not.toBe(first?.key)
    expect(second?.fresh).toBe(true)
  })

  it('of a minute go before older ones when there is no room for all', () => {
    const calls = Array.from({ length: 10 }, (_, n) => called(`C${n}`, n * 9))
    const { current, earlier } = stage(calls, now)
    expect(tickets(current)).toEqual(['C0', 'C1', 'C2', 'C3', 'C4', 'C5'])
    expect(earlier).toEqual([])
  })

  it('that the hall’s clock dates a moment ahead are fresh', () => {
    expect(stage([called('C012', -0.4)], now).current[0]?.fresh).toBe(true)
  })
})

describe('trust', () => {
  it.each<['connecting' | 'live' | 'silent', number, boolean, Freshness]>([
    ['connecting', 0, false, 'connecting'],
    ['live', 2, true, 'live'],
    ['silent', 1, true, 'live'],
    ['silent', 10, true, 'aging'],
    ['silent', 59, true, 'aging'],
    ['silent', 60, true, 'old'],
  ])('%s for %i s: known %s is %s', (state, age, known, trust) => {
    expect(freshness({ state, age }, known)).toBe(trust)
  })
})

describe('what the address chooses', () => {
  it.each<[string, number[] | null, number | null]>([
    ['', null, null],
    ['?windows=1-3,15', [1, 2, 3, 15], null],
    ['?windows= 2 , 4 - 5 &columns=3', [2, 4, 5], 3],
    ['?windows=x,9-1&columns=0', null, null],
    ['?windows=1-9999&columns=1e9', null, null],
  ])('%s', (query, windows, columns) => {
    const choice = readChoice(query)
    expect(choice.windows && [...choice.windows]).toEqual(windows)
    expect(choice.columns).toBe(columns)
  })
})

describe('the layout', () => {
  it('shows twenty windows on one page, lying and upright', () => {
    for (const tall of [false, true]) {
      const plan = layout(20, tall, null)
      expect(plan).toMatchObject({ columns: 2, rows: 10, pages: 1 })
      expect(plan.scale).toBeGreaterThan(0.85)
    }
  })

  it('draws fewer windows larger', () => {
    expect(layout(10, false, null).scale).toBeGreaterThan(layout(20, false, null).scale)
    expect(layout(4, false, null).scale).toBeGreaterThan(layout(10, false, null).scale)
  })

  it('turns pages rather than shrink', () => {
    const plan = layout(60, false, null)
    expect(plan.scale).toBeGreaterThanOrEqual(0.85)
    expect(plan.pages * plan.columns * plan.rows).toBeGreaterThanOrEqual(60)
    expect(layout(20, false, 1).pages).toBe(2)
  })

  it('has an answer for no windows, and for more columns than fit', () => {
    expect(layout(0, false, null).pages).toBe(1)
    expect(layout(20, false, 4).pages).toBe(20)
  })
})

describe('the pager', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('turns every ten seconds, and waits while a call is new', () => {
    let held = false
    const scope = effectScope()
    const turns = scope.run(() => usePager(() => held))
    vi.advanceTimersByTime(10_000)
    expect(turns?.value).toBe(1)
    held = true
    vi.advanceTimersByTime(15_000)
    expect(turns?.value).toBe(1)
    held = false
    vi.advanceTimersByTime(1000)
    expect(turns?.value).toBe(2)
    vi.advanceTimersByTime(9000)
    expect(turns?.value).toBe(2)
    scope.stop()
    vi.advanceTimersByTime(60_000)
    expect(turns?.value).toBe(2)
  })
})
