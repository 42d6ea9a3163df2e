import { onScopeDispose, ref } from 'vue'

const settle = 500
/** A finger that moved less, in pixels, is where it was. */
const trembling = 8

/**
 * Keeps a touch meant for one screen from the next: after a change touches count only once the finger has left and
 * half a second has passed. A touch that began too early counts for nothing when it ends, either.
 */
export function useTouchGate() {
  const open = ref(true)
  const down = new Set<number>()
  let began: { clientX: number; clientY: number } | null = null
  let swallow = false
  let waiting = false
  let pressed = false
  let timer: ReturnType<typeof setTimeout> | undefined

  /** A new screen stands there. */
  function close(): void {
    open.value = false
    waiting = true
    swallow = true
    pressed = false
    clearTimeout(timer)
    timer = setTimeout(() => {
      waiting = false
      tryOpen()
    }, settle)
  }

  function tryOpen(): void {
    open.value = !waiting && down.size === 0
  }

  /** Sees every pointer and click before anyone else. */
  function sieve(event: Event): void {
    if (event.type === 'click') return sieveClick(event as MouseEvent)
    const { type, pointerId, isPrimary } = event as PointerEvent
    if (type === 'pointerdown') {
      began = event as PointerEvent
      // A finger whose end was never told must not lock the screen for ever.
      if (isPrimary) down.clear()
      down.add(pointerId)
      swallow = !open.value
    } else down.delete(pointerId)
    if (swallow) stop(event)
    if (!open.value) tryOpen()
  }

  /**
   * The finger is up: its button is clicked now. A browser would click it too, but only after it has worked out what
   * the finger meant, moved a mouse there, and drawn a frame for each: three frames that an old machine is short of.
   */
  function lift(event: TouchEvent): void {
    const [finger] = event.changedTouches
    // Otherwise the browser does as it always does.
    if (!finger || event.touches.length > 0 || !event.cancelable) return
    const key = buttonOf(event.target)
    // A finger that slid off its button has thought better of it.
    if (
      !key ||
      !(rested(finger) || key === buttonOf(document.elementFromPoint(finger.clientX, finger.clientY)))
    )
      return
    event.preventDefault()
    if (open.value && !swallow && !key.disabled)
      key.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true, detail: 1 }))
  }

  /** Asking what lies below a finger makes a browser place everything first: not for one that only trembled. */
  function rested({ clientX, clientY }: Touch): boolean {
    return began !== null && Math.hypot(clientX - began.clientX, clientY - began.clientY) < trembling
  }

  /** A click from a keyboard or a switch has no finger behind it: it counts if its key went down on this screen. */
  function sieveClick(event: MouseEvent): void {
    if (event.detail > 0 ? !open.value || swallow : !open.value && !pressed) stop(event)
  }

  /** A key went down, and not because it stays down. */
  function key(): void {
    pressed = true
  }

  function stop(event: Event): void {
    event.stopPropagation()
    event.preventDefault()
  }

  onScopeDispose(() => clearTimeout(timer))

  return { open, close, sieve, lift, key }
}

/** The button that something is, or stands in. */
export function buttonOf(target: EventTarget | null): HTMLButtonElement | null {
  return target instanceof Element ? target.closest('button') : null
}
