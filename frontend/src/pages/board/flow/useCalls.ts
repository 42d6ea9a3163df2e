import { shallowRef, watch, type Ref } from 'vue'
import type { Call, Hall } from '@/client/types'
import { arrange, emptyStage, remember, type Stage } from './calls'
import type { CallsPlan } from './layout'

/** The calls on the wall, second by second. */
export function useCalls(
  hall: Readonly<Ref<Hall | null>>,
  now: Readonly<Ref<Date>>,
  shows: (window: string) => boolean,
  plan: () => CallsPlan | null,
): Readonly<Ref<Stage>> {
  const stage = shallowRef(emptyStage)
  let known: Call[] = []
  // Each message is looked at by itself: of many in one moment none may fall out before it was seen.
  watch(hall, (next) => (known = remember(known, next?.calls ?? [])), { flush: 'sync', immediate: true })
  const look = () => {
    const { slots, lead } = plan() ?? { slots: 0, lead: null }
    const calls = known.filter(({ window }) => shows(window))
    stage.value = slots > 0 ? arrange(stage.value, calls, now.value, slots, lead !== null) : emptyStage
  }
  watch([hall, now, plan], look, { immediate: true })
  return stage
}
