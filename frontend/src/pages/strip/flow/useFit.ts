import { useEventListener, useResizeObserver } from '@vueuse/core'
import { nextTick, shallowRef, watch, type MaybeRefOrGetter, type ShallowRef } from 'vue'
import { toValue } from 'vue'

/** How much of its line a letter fills: what is left keeps two lines and the screen's edges apart. */
const [across, high] = [0.97, 0.92]

/** An estimate in ems, for where letters cannot be measured: a Chinese one is 1, any other 0.62. */
export const ems = (line: string) => [...line].reduce((sum, one) => sum + (one > '~' ? 1 : 0.62), 0)

/**
 * The largest size of letters (pixels) at which lines fit a box, one above the other. The lines are measured as they
 * stand there, and again when the font has come or the box has changed.
 */
export function useFit(box: Readonly<ShallowRef<HTMLElement | null>>, lines: MaybeRefOrGetter<string[]>) {
  const size = shallowRef(0)

  function fit(): void {
    if (!box.value) return
    const { clientWidth, clientHeight } = box.value
    const rows = [...box.value.children].filter((row) => row.textContent)
    const widest = Math.max(...rows.map((row) => widthOf(row, size.value)), 0.1)
    size.value = Math.floor(
      Math.min((clientWidth * across) / widest, (clientHeight * high) / Math.max(rows.length, 1)),
    )
  }

  useResizeObserver(box, fit)
  watch(
    () => toValue(lines).join('\n'),
    () => void nextTick(fit),
    { immediate: true },
  )
  // The font comes in pieces, each with the first of its letters.
  useEventListener(() => document.fonts, 'loadingdone', fit)
  return size
}

/** How wide a row is in ems. */
function widthOf(row: Element, size: number): number {
  const width = row.getBoundingClientRect().width
  return size > 0 && width > 0 ? width / size : ems(row.textContent ?? '')
}
