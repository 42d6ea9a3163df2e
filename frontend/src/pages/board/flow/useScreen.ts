import { useWindowSize } from '@vueuse/core'
import { computed, type ComputedRef } from 'vue'
import type { Board } from '@/client/types'

/** The page as it is read, and whether it must turn itself for that: a screen may hang otherwise than its system thinks. */
export interface Standing {
  width: number
  height: number
  turned: boolean
}

export function useScreen(board: () => Board | null): ComputedRef<Standing> {
  const { width, height } = useWindowSize()
  return computed(() => {
    const wanted = board()?.orientation
    const upright = height.value > width.value
    const turned = (wanted === 'portrait' && !upright) || (wanted === 'landscape' && upright)
    return turned
      ? { width: height.value, height: width.value, turned }
      : { width: width.value, height: height.value, turned }
  })
}
