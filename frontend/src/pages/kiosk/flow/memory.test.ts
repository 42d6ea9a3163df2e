import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { Memory, type Kept } from './memory'

const kept: Kept = {
  key: '0123456789abcdef',
  request: { service: 'housing', persons: 2, priority: false, language: 'zh' },
  number: 'B031',
  language: 'zh',
  aids: { large: true },
}

beforeEach(() => {
  vi.useFakeTimers()
  sessionStorage.clear()
})
afterEach(() => vi.useRealTimers())

it('knows after a new beginning what was under way', () => {
  new Memory().keep(kept)
  expect(new Memory().resume()).toMatchObject(kept)
})

it('forgets it with its visitor, and two minutes later in any case', () => {
  const memory = new Memory()
  memory.keep(kept)
  vi.advanceTimersByTime(119_000)
  expect(new Memory().read()).not.toBeNull()
  vi.advanceTimersByTime(2_000)
  expect(new Memory().resume()).toBeNull()
  memory.keep(kept)
  memory.forget()
  expect(sessionStorage.length).toBe(0)
})

it('gives up going on with what makes the page fail', () => {
  const memory = new Memory()
  memory.keep(kept)
  for (let n = 0; n < 3; n++) {
    const again = new Memory()
    expect(again.resume()).not.toBeNull()
    again.keep(kept)
  }
  expect(new Memory().resume()).toBeNull()
  expect(new Memory().resume()).toBeNull()
})

it('changes nothing any more once the page is about to begin anew', () => {
  const memory = new Memory()
  memory.keep(kept)
  memory.freeze()
  memory.forget()
  memory.keep({ ...kept, key: 'another' })
  expect(new Memory().resume()).toMatchObject(kept)
})

it('is empty where nothing can be kept, or where what is there cannot be read', () => {
  const none = new Memory(null)
  none.keep(kept)
  expect(none.resume()).toBeNull()
  sessionStorage.setItem('kiosk.taking', '{')
  expect(new Memory().resume()).toBeNull()
})
