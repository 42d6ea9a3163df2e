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
const pointer = (type: string, pointerId = 1, isPrimary = true, at = {}) =>
  passes(new PointerEvent(type, { pointerId, isPrimary, cancelable: true, ...at }))
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

describe('a finger that leaves', () => {
  let key: HTMLButtonElement
  let clicks: MouseEvent[]

  beforeEach(() => {
    document.body.innerHTML = '<button><span>取号</span></button><button>返回</button>'
    key = document.querySelector('button') as HTMLButtonElement
    clicks = []
    document.body.onclick = (event) => clicks.push(event)
  })
  afterEach(() => {
    vi.restoreAllMocks()
    document.body.innerHTML = ''
  })

  /** The finger leaves over `over`; tells whether the browser is still to make a click of it. */
  function lift(over: Element | null, { others = 0, from = key as Element } = {}): boolean {
    vi.spyOn(document, 'elementFromPoint').mockReturnValue(over)
    const event = new Event('touchend', { cancelable: true })
    Object.defineProperties(event, {
      target: { value: from },
      changedTouches: { value: [{ clientX: 50, clientY: 50 }] },
      touches: { value: Array(others) },
    })
    gate.lift(event as TouchEvent)
    return !event.defaultPrevented
  }

  it('clicks its button at once, and the browser does not click it again', () => {
    pointer('pointerdown')
    pointer('pointerup')
    expect(lift(key.firstElementChild, { from: key.firstElementChild as Element })).toBe(false)
    expect(clicks).toHaveLength(1)
    expect(clicks[0]?.target).toBe(key)
    expect(gate.sieve(clicks[0] as MouseEvent)).toBeUndefined()
  })

  it('clicks its button where it trembled, without a look at what lies there', () => {
    pointer('pointerdown', 1, true, { clientX: 54, clientY: 47 })
    pointer('pointerup')
    expect(lift(null)).toBe(false)
    expect(clicks).toHaveLength(1)
    expect(document.elementFromPoint).not.toHaveBeenCalled()
  })

  it('clicks nothing where it slid off, or while another finger stays', () => {
    pointer('pointerdown')
    pointer('pointerup')
    expect(lift(document.querySelectorAll('button')[1] as Element)).toBe(true)
    expect(lift(null)).toBe(true)
    expect(lift(key, { others: 1 })).toBe(true)
    expect(clicks).toHaveLength(0)
  })

  it('clicks nothing on a screen that takes no touch yet, nor when its touch began before', () => {
    gate.close()
    pointer('pointerdown')
    vi.advanceTimersByTime(600)
    pointer('pointerup')
    expect(lift(key)).toBe(false)
    expect(clicks).toHaveLength(0)
  })

  it('clicks no button that cannot be pressed', () => {
    key.disabled = true
    pointer('pointerdown')
    pointer('pointerup')
    expect(lift(key)).toBe(false)
    expect(clicks).toHaveLength(0)
  })
})
