import { computed, type ComputedRef, type Ref } from 'vue'
import type { Stage } from './calls'
import type { Layout } from './layout'
import { usePager } from './usePager'

export interface Page {
  calls: boolean
  windows: boolean
  /** Which page of the windows, from 0. */
  grid: number
  /** Which of all pages it is, from 0. */
  at: number
  of: number
}

/**
 * Which page stands. Where calls and windows take turns, the calls stand as long as one of them is current: who was
 * called must find the number from afar for a whole minute.
 */
export function usePages(
  plan: Readonly<Ref<Layout | null>>,
  scene: Readonly<Ref<Stage>>,
): { turns: Readonly<Ref<number>>; page: ComputedRef<Page> } {
  const turns = usePager(() => scene.value.all.some(({ fresh }) => fresh))
  const page = computed(() => {
    const { kind, grid } = plan.value ?? { kind: 'beside', grid: { pages: 1 } }
    if (kind !== 'apart') {
      const at = turns.value % grid.pages
      return { calls: true, windows: true, grid: at, at, of: grid.pages }
    }
    const of = grid.pages + 1
    const at = scene.value.all.length > 0 ? 0 : turns.value % of
    return { calls: at === 0, windows: at > 0, grid: Math.max(0, at - 1), at, of }
  })
  return { turns, page }
}
