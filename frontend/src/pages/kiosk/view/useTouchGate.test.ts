import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { useTouchGate } from './useTouchGate'

let scope: EffectScope
let gate: ReturnType<typeof useTouchGate>

beforeEach(() => {
  vi.useFakeTimers()
  scope = effectScope()
  gate = scope.run(() => useTouchGate()) as typeof gate
})
afterEach(() => {
  scope.stop()
  vi.useRealTimers()
})

/** Whether the gate lets an event through. */
function passes(event: Event): boolean {
  const stop = vi.spyOn(event, 'stopPropagation')
  gate.sieve(event)
  return stop.mock.calls.length === 0
}
const pointer = (type: string, pointerId = 1, isPrimary = true) =>
  passes(new PointerEvent(type, { pointerId, isPrimary, cancelable: true }))
const click = (detail = 1) => passes(new MouseEvent('click', { detail, cancelable: true }))

/** A whole tap; tells whether its click counted. */
function tap(): boolean {
  pointer('pointerdown')
  pointer('pointerup')
  return click()
}

describe('a new screen', () => {
  it('takes no touch for half a second', () => {
    expect(tap()).toBe(true)
    gate.close()
    expect(tap()).toBe(false)
    vi.advanceTimersByTime(499)
    expect(tap()).toBe(false)
    vi.advanceTimersByTime(1)
    expect(tap()).toBe(true)
  })

  it('waits until the finger is up', () => {
    pointer('pointerdown')
    gate.close()
    vi.advanceTimersByTime(3000)
    expect(gate.open.value).toBe(false)
    expect(pointer('pointerup')).toBe(false)
    expect(click()).toBe(false)
    expect(gate.open.value).toBe(true)
    expect(tap()).toBe(true)
  })

  it('does not take the end of a touch that began too early', () => {
    gate.close()
    vi.advanceTimersByTime(400)
    pointer('pointerdown')
    vi.advanceTimersByTime(400)
    expect(pointer('pointerup')).toBe(false)
    expect(click()).toBe(false)
    expect(tap()).toBe(true)
  })

  it('takes a key that went down on it at once', () => {
    gate.key()
    gate.close()
    expect(click(0)).toBe(false) // the key of the screen before
    gate.key()
    expect(click(0)).toBe(true)
  })

  it('takes after half a second what a reader presses without a key', () => {
    gate.close()
    expect(click(0)).toBe(false)
    vi.advanceTimersByTime(500)
    expect(click(0)).toBe(true)
  })

  it('does not stay shut for a finger whose end was never told', () => {
    pointer('pointerdown', 7)
    gate.close()
    vi.advanceTimersByTime(500)
    expect(gate.open.value).toBe(false)
    tap()
    expect(tap()).toBe(true)
  })
})
