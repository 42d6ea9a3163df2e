import { nextTick, onMounted, onScopeDispose, type Ref } from 'vue'
import { topOf } from './useCovers'

const controls = 'button:not(:disabled), input'
/** The button that leads back, on any screen that has one. */
const ways = '[data-act="back"], [data-act="home"], [data-action="back"], [data-action="done"]'

/**
 * Steering without touching: a keyboard, or a switch that sends Tab (next) and Enter (choose). Every screen can be
 * worked so, since all that is pressed is a button; this puts the focus where the next key is expected.
 */
export function useKeys(sheet: Ref<HTMLElement | null>, on: { key: () => void }) {
  /** Whether the visitor was last heard of by a key: whoever touches is shown no focus. */
  let steers = false

  function press(event: KeyboardEvent): void {
    steers = true
    // A key that stays down presses once, lest it goes on through the screens that follow.
    if (event.repeat && event.key === 'Enter') return event.preventDefault()
    if (!event.repeat) on.key()
    if (event.key === 'Escape') topOf(sheet.value)?.querySelector<HTMLElement>(ways)?.click()
  }

  /** Gives the focus of a control that is gone, or can no longer be pressed, to the nearest that can. */
  async function settle(near: EventTarget[] = []): Promise<void> {
    await nextTick()
    const { activeElement: at } = document
    const top = topOf(sheet.value)
    if (at?.matches(controls) && top?.contains(at)) return
    const places = [...near, top].filter((one) => one instanceof Element && one.isConnected) as Element[]
    const next = places.map((place) => place.querySelector<HTMLElement>(controls)).find((one) => one)
    ;((steers && next) || sheet.value)?.focus({ preventScroll: true })
  }

  /** A click of a key; what it does to its button is seen afterwards. */
  function chosen(event: MouseEvent): void {
    if (event.detail === 0) void settle(event.composedPath())
  }

  const touch = () => (steers = false)
  onMounted(() => {
    addEventListener('keydown', press, true)
    addEventListener('pointerdown', touch, true)
  })
  onScopeDispose(() => {
    removeEventListener('keydown', press, true)
    removeEventListener('pointerdown', touch, true)
  })

  return { settle, chosen, steers: () => steers }
}
