import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, shallowRef, type EffectScope } from 'vue'
import type { Hall } from './types'
import { useNews } from './useNews'

const hall = shallowRef<Hall | null>(null)
const now = shallowRef(new Date())
let scope: EffectScope
let news: ReturnType<typeof useNews>

const tell = (revision: number) => (hall.value = { revision } as Hall)

beforeEach(() => {
  vi.useFakeTimers()
  hall.value = null
  scope = effectScope()
  news = scope.run(() => useNews({ hall, now }, ({ revision }) => revision === 9)) as typeof news
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

it('shows the first of the hall at once', () => {
  tell(1)
  expect(news.hall.value?.revision).toBe(1)
})

it('draws news that come together together, and the last of them', () => {
  tell(1)
  for (const revision of [2, 3, 4]) {
    tell(revision)
    vi.advanceTimersByTime(80)
    expect(news.hall.value?.revision).toBe(1)
  }
  vi.advanceTimersByTime(10)
  expect(news.hall.value?.revision).toBe(4)
})

it('draws nothing right after a finger went down, but within the same second all the same', () => {
  tell(1)
  tell(2)
  vi.advanceTimersByTime(240)
  news.hold()
  vi.advanceTimersByTime(290)
  expect(news.hall.value?.revision).toBe(1)
  vi.advanceTimersByTime(20)
  expect(news.hall.value?.revision).toBe(2)
})

it('is drawn within the same second under a finger that never rests', () => {
  tell(1)
  tell(2)
  for (let n = 0; n < 8; n++) {
    news.hold()
    vi.advanceTimersByTime(100)
  }
  expect(news.hall.value?.revision).toBe(2)
})

it('draws what is urgent as it comes', () => {
  tell(1)
  tell(2)
  tell(9)
  expect(news.hall.value?.revision).toBe(9)
})

it('tells the clock by its minutes', () => {
  now.value = new Date('2026-11-23T09:41:59Z')
  expect(news.minute.value).toEqual(new Date('2026-11-23T09:41:00Z'))
})
