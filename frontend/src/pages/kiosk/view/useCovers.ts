import { computed, shallowRef, watch, type Ref } from 'vue'
import type { Live } from '@/client'
import type { Hall } from '@/client/types'
import type { KioskFlow } from '../flow/useKioskFlow'
import type { Over, Screen } from '../flow/screens'
import { afterPaint } from './afterPaint'
import { others } from './tiles'
import { buttonOf } from './useTouchGate'

/** What lies on the lower cover; a number, and what there is to be said, lie on the upper. */
const lower: Over[] = ['visit', 'search', 'others', 'languages']

/**
 * Two covers lie over the first screen, so that what comes next can be drawn, unseen, beside what stands. It is drawn while
 * the finger still rests on what leads there: an old machine needs about as long for that as a finger stays. `takes` is
 * whether the screen takes a touch now.
 */
export function useCovers(flow: KioskFlow, hall: Live<Hall | null>, takes: Ref<boolean>) {
  /** What comes when the finger leaves that rests on the screen. */
  const coming = shallowRef<Screen | null>(null)

  const drawn = computed(() => {
    const { value: screen } = flow.screen
    // What a calm screen was called from stays below it as it is.
    const all = [screen, coming.value, screen.name === 'calm' ? screen.under : null].map(over)
    const on = (layer: 'upper' | 'lower') => {
      const name = all.find((one) => one && lower.includes(one) === (layer === 'lower'))
      return name ? [{ layer, name }] : []
    }
    return [...on('upper'), ...on('lower')]
  })

  /** What a button is likely to lead to. If something else comes, that is drawn when it comes. */
  function foresee(key: HTMLButtonElement): Screen | null {
    const { service, office, aid, action, act } = key.dataset
    if (aid === 'search') return { name: 'search' }
    if (action === 'help') return { name: 'calm', calm: 'helpAsking', under: flow.screen.value }
    if (office)
      return { name: 'calm', calm: 'otherOffice', office: key.textContent.trim(), under: flow.screen.value }
    if (action === 'take') return { name: 'ticket' }
    if (service === others) return { name: 'others' }
    const id = action === 'general' || act === 'general' ? hall.value?.general : service
    return id ? flow.foresee(id) : null
  }

  /** What was drawn ahead goes, if it did not come: later, since nothing that comes instead must wait for it. */
  function lift(): void {
    afterPaint(() => {
      if (flow.taking.value === 'idle') coming.value = null
    })
  }
  // A number is on its way for longer than a finger rests.
  watch(flow.taking, (phase) => {
    if (phase === 'idle') lift()
  })

  return {
    drawn,
    /** What the upper cover says, if it says something. */
    calm: computed(() => [flow.screen.value, coming.value].find((one) => one?.name === 'calm') ?? null),
    /** A finger went down. */
    rest(target: EventTarget | null) {
      const key = takes.value && buttonOf(target)
      if (key) coming.value = foresee(key)
    },
    /** No finger is on the screen any more. */
    lift,
  }
}

/** What stands on a sheet: the cover that is seen, or all of it. */
export function topOf(sheet: HTMLElement | null): HTMLElement | null {
  return sheet?.querySelector<HTMLElement>('.cover:not(.away)') ?? sheet
}

function over(screen: Screen | null): Over | null {
  return screen && screen.name !== 'home' ? screen.name : null
}
