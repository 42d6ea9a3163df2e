import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { afterPaint } from './afterPaint'

let frame: FrameRequestCallback
const then = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('requestAnimationFrame', (callback: FrameRequestCallback) => {
    frame = callback
    return 1
  })
  vi.stubGlobal('cancelAnimationFrame', () => undefined)
  then.mockClear()
  afterPaint(then)
})
afterEach(() => {
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

it('waits until the frame that is due has been painted', () => {
  vi.advanceTimersByTime(100)
  frame(0)
  expect(then).not.toHaveBeenCalled()
  vi.advanceTimersByTime(0)
  expect(then).toHaveBeenCalledOnce()
})

it('goes on where nothing is painted', () => {
  vi.advanceTimersByTime(250)
  expect(then).toHaveBeenCalledOnce()
})

it('goes on once, when a frame that was given up comes all the same', () => {
  vi.advanceTimersByTime(250)
  frame(0)
  vi.advanceTimersByTime(1000)
  expect(then).toHaveBeenCalledOnce()
})
