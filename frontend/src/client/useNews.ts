import { computed, onScopeDispose, shallowRef, watch } from 'vue'
import type { HallFeed, Live } from './client'
import type { Hall } from './types'

/** News that come together are drawn together, so long (milliseconds) after the first of them. */
const together = 250
/** So long (milliseconds) after a finger went down nothing is drawn but what it asked for … */
const still = 300
/** … unless news have waited so long (milliseconds): fingers that never rest must not keep them away. */
const most = 600

/**
 * The hall as a screen shows it, and its clock without the seconds. A busy hall tells of ten things a second, and a small
 * machine that drew each of them at once would be drawing whenever somebody touches it, or is called. What is `urgent`
 * to a screen, such as a call to a board, it draws as it comes.
 */
export function useNews(
  { hall, now }: Pick<HallFeed, 'hall' | 'now'>,
  urgent: (news: Hall, shown: Hall) => boolean = () => false,
) {
  const shown = shallowRef(hall.value)
  let timer: ReturnType<typeof setTimeout> | undefined
  let down = -Infinity
  /** When the oldest news that wait came. */
  let since = 0

  function wait(): void {
    since = performance.now()
    timer = setTimeout(draw, together)
  }

  function draw(): void {
    timer = undefined
    const early = Math.min(down + still, since + most) - performance.now()
    if (early > 0) timer = setTimeout(draw, early)
    else shown.value = hall.value
  }

  watch(
    hall,
    (news) => {
      // The first is what the page waits for.
      if (!shown.value || !news || urgent(news, shown.value)) shown.value = news
      else if (timer === undefined) wait()
    },
    { flush: 'sync' },
  )
  onScopeDispose(() => clearTimeout(timer))

  const minutes = computed(() => Math.floor(now.value.getTime() / 60_000))
  return {
    hall: shown as Live<Hall | null>,
    minute: computed(() => new Date(minutes.value * 60_000)),
    /** A finger went down. */
    hold: () => void (down = performance.now()),
  }
}
