import { useEventListener, useWakeLock } from '@vueuse/core'
import { watch, type ShallowRef } from 'vue'
import type { Ticket } from '@/client/types'
import { isNear, isSoon } from './near'

/** Milliseconds of vibration and rest: for a turn that has come, and for one that comes soon. */
const [now, soon] = [[500, 200, 500, 200, 900], [250]]
/** How often the bell rings for a turn. */
const rings = 2

/** Whether this phone can vibrate at all; iOS cannot. */
export const canVibrate = (): boolean => 'vibrate' in navigator

/** Whether somebody has touched the page; browsers that do not tell decide for themselves. */
const touched = () => (navigator as Partial<Navigator>).userActivation?.hasBeenActive ?? true

/**
 * Calls the holder of a number when its turn comes, again with each recall, and softly when it is near. Browsers
 * vibrate only in a page that is seen and was touched once, so a call in the pocket is made up for when the page is
 * seen again. Near its turn the screen stays on, where the browser lets a page ask for that (it asks nobody).
 */
export function useAttention(
  ticket: Readonly<ShallowRef<Ticket | null>>,
  ring: (times: number) => void,
): void {
  /** What was called for and not felt, because nobody saw the page. */
  let owed: number[] | null = null

  function vibrate(pattern: number[]): void {
    if (!canVibrate()) return
    owed = document.visibilityState === 'visible' ? null : pattern
    if (!owed && touched()) navigator.vibrate(pattern)
  }

  watch(
    () => occasionOf(ticket.value),
    (occasion) => {
      owed = null
      if (occasion === 'soon') vibrate(soon)
      else if (occasion) {
        vibrate(now)
        ring(rings)
      }
    },
  )
  useEventListener(document, 'visibilitychange', () => owed && vibrate(owed))

  const { isSupported, request, release } = useWakeLock()
  watch(
    () => isSupported.value && !!ticket.value && isNear(ticket.value),
    (wanted) => void (wanted ? request('screen') : release()).catch(() => undefined),
  )
}

/** What a phone calls its holder for; empty for nothing. Each call of a number is another. */
function occasionOf(ticket: Ticket | null): string {
  if (ticket?.state === 'called') return `called ${ticket.window?.id ?? ''} ${ticket.times ?? 1}`
  return ticket && isSoon(ticket) ? 'soon' : ''
}
