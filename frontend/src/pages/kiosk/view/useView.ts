import { computed, ref, watch } from 'vue'
import { applyTheme } from '@/design/scale'

export type Aid = 'large' | 'clear' | 'low' | 'read'

/**
 * How this visitor has set the screen. Everything goes back when they have gone; `low` is where the machine stands so
 * high that the low layout is the usual one.
 */
export function useView({ low = false } = {}) {
  const usual = { large: false, clear: false, low, read: false }
  const aids = ref<Record<Aid, boolean>>({ ...usual })

  watch(
    () => aids.value.clear,
    (clear) => applyTheme(clear ? 'clear' : 'paper'),
  )

  return {
    aids,
    /** Whether the visitor needs longer. */
    large: computed(() => aids.value.large),
    slowly: computed(() => aids.value.large || aids.value.clear || aids.value.read),
    toggle: (aid: Aid) => (aids.value = { ...aids.value, [aid]: !aids.value[aid] }),
    restore: (kept: Partial<Record<Aid, boolean>>) => (aids.value = { ...usual, ...kept }),
    /** Most visitors change nothing, and then nothing is drawn anew for the next. */
    reset() {
      if (Object.entries(usual).some(([aid, on]) => aids.value[aid as Aid] !== on)) aids.value = { ...usual }
    },
  }
}
