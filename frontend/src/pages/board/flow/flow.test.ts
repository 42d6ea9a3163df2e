import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope } from 'vue'
import { fakeHall } from '@/client/fake/hall'
import type { Board, Call } from '@/client/types'
import { arrange, emptyStage, remember, type Stage } from './calls'
import { boardOf, readChoice } from './choice'
import { usePager } from './usePager'

const start = new Date('2026-11-23T09:41:00+08:00')
const later = (seconds: number) => new Date(start.getTime() + seconds * 1000)

let revision = 0
function called(ticket: string, secondsAgo: number, times = 1, now = start): Call {
  const at = new Date(now.getTime() - secondsAgo * 1000).toISOString()
  const windowName = { zh: '', en: '' }
  return { revision: ++revision, ticket, window: '3', windowNumber: 3, windowName, times, at }
}

const tickets = (calls: { ticket: string }[]) => calls.map(({ ticket }) => ticket)
const stage = (calls: Call[], slots = 5, now = start) => arrange(emptyStage, calls, now, slots, slots >= 4)

describe('calls on the wall', () => {
  it('are 正在叫号 for a minute, then 最近叫过', () => {
    const { current, earlier } = stage([called('C012', 0), called('B007', 59), called('V015', 60)])
    expect(tickets(current)).toEqual(['C012', 'B007'])
    expect(tickets(earlier)).toEqual(['V015'])
  })

  it('are fresh for ten seconds', () => {
    const { current } = stage([called('C012', 9), called('B007', 10)])
    expect(current.map(({ fresh }) => fresh)).toEqual([true, false])
  })

  it('of one instant are both fresh, and neither is larger', () => {
    const scene = stage([called('L020', 0), called('A023', 0), called('B007', 40)])
    expect(tickets(scene.current.filter(({ fresh }) => fresh))).toEqual(['L020', 'A023'])
    expect(scene.lead).toBe(false)
    expect(stage([called('L020', 0), called('B007', 40)]).lead).toBe(true)
  })

  it('are new once more when called again', () => {
    const [first] = stage([called('C012', 30)]).current
    const [second] = stage([called('C012', 0, 2)]).current
    expect(second?.key).not.toBe(first?.key)
    expect(second?.fresh).toBe(true)
  })

  it('that the hall’s clock dates a moment ahead are fresh', () => {
    expect(stage([called('C012', -0.4)]).current[0]?.fresh).toBe(true)
  })

  it('that are heard of late, after a break, are shown and do not pulse', () => {
    const { current, all } = stage(
      Array.from({ length: 8 }, (_, n) => called(`C${n}`, 20 + n)),
      2,
    )
    expect(current).toHaveLength(2)
    expect(all.filter(({ fresh }) => fresh)).toEqual([])
  })

  it('that do not fill the slots leave the rest to earlier ones', () => {
    const calls = [called('A001', 1), ...Array.from({ length: 9 }, (_, n) => called(`B${n}`, 100 + n))]
    const scene = stage(calls)
    expect(scene.lead).toBe(true)
    // The newest takes two of the five.
    expect(tickets(scene.earlier)).toEqual(['B0', 'B1', 'B2'])
  })
})

describe('more calls than fit', () => {
  /** Lets the wall go on for so many seconds, and tells how long each call stood. */
  function play(calls: (second: number) => Call[], slots: number, seconds: number) {
    const stood = new Map<string, number>()
    const scenes: Stage[] = []
    let scene = emptyStage
    for (let second = 0; second < seconds; second++) {
      scene = arrange(scene, calls(second), later(second), slots, false)
      scenes.push(scene)
      for (const { ticket } of scene.current) stood.set(ticket, (stood.get(ticket) ?? 0) + 1)
    }
    return { stood, scenes }
  }
  const burst = (count: number) => Array.from({ length: count }, (_, n) => called(`C${n}`, 0))

  it.each([1, 2, 3, 5])(
    'of eight in one instant each stands for five seconds and more, %i at a time',
    (slots) => {
      const calls = burst(8)
      const { stood, scenes } = play(() => calls, slots, 60)
      expect([...stood.keys()].sort()).toEqual(tickets(calls).sort())
      expect(Math.min(...stood.values())).toBeGreaterThanOrEqual(5)
      expect(scenes.every(({ current }) => current.length === slots)).toBe(true)
    },
  )

  it('stands still between two rounds', () => {
    const calls = burst(6)
    const { scenes } = play(() => calls, 2, 15)
    const seen = scenes.map(({ current }) => tickets(current).join(' '))
    expect(new Set(seen.slice(0, 5)).size).toBe(1)
    expect(new Set(seen).size).toBe(3)
  })

  it('pulses a call when its turn comes, though its ten seconds are over', () => {
    const calls = burst(8)
    const { scenes } = play(() => calls, 1, 41)
    for (const { current } of scenes.slice(0, 40)) expect(current[0]?.fresh).toBe(true)
  })

  it('lets a new call in after a round at most', () => {
    const before = burst(2)
    const next = called('X001', -20)
    const { scenes } = play((second) => (second < 20 ? before : [next, ...before]), 2, 30)
    expect(tickets(scenes[20]?.current ?? [])).toContain('X001')
  })

  it('keeps those that the hall has dropped, and of each ticket its newest call', () => {
    const old = burst(10)
    const news = burst(10).map((call, n) => ({ ...call, ticket: `D${n}` }))
    const known = remember(remember([], old), news)
    expect(known).toHaveLength(20)
    const again = called('C3', 0, 2)
    expect(remember(known, [again, ...news.slice(0, 9)]).filter(({ ticket }) => ticket === 'C3')).toEqual([
      again,
    ])
    // A hall with fewer than ten has forgotten them: a day is over, or a call was taken back.
    expect(remember(known, [])).toEqual([])
  })
})

describe('what the address chooses', () => {
  it.each<[string, string | null, number[] | null, number | null]>([
    ['', null, null, null],
    ['?board=east', 'east', null, null],
    ['?windows=1-3,15', null, [1, 2, 3, 15], null],
    ['?windows= 2 , 4 - 5 &columns=3', null, [2, 4, 5], 3],
    ['?windows=x,9-1&columns=0', null, null, null],
    ['?windows=1-9999&columns=1e9', null, null, null],
  ])('%s', (query, board, windows, columns) => {
    const choice = readChoice(query)
    expect(choice.board).toBe(board)
    expect(choice.windows && [...choice.windows]).toEqual(windows)
    expect(choice.columns).toBe(columns)
  })

  const hall = fakeHall()
  const [main] = hall.boards as [Board]
  const east = { ...main, id: 'east', windows: ['7', '3'], columns: 2 }
  const boards = [main, east]

  it('is the first board, or the one it names, or none', () => {
    expect(boardOf({ ...hall, boards }, readChoice(''))?.id).toBe('main')
    expect(boardOf({ ...hall, boards }, readChoice('?board=east'))).toEqual(east)
    expect(boardOf({ ...hall, boards }, readChoice('?board=west'))).toBeNull()
  })

  it('is over what the board says', () => {
    const board = boardOf({ ...hall, boards }, readChoice('?board=east&windows=1-2&columns=1'))
    expect(board).toMatchObject({ id: 'east', windows: ['1', '2'], columns: 1 })
  })

  it('is a board with everything where a hall tells of none', () => {
    const { boards: none, ...older } = hall
    expect(none).toBeDefined()
    expect(boardOf(older, readChoice(''))?.windows).toHaveLength(20)
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
