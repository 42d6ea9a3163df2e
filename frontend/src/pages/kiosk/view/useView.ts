import { computed, ref, watch } from 'vue'
import { applyTheme } from '@/design/scale'

export type Aid = 'large' | 'clear' | 'low' | 'read'

/** How this visitor has set the screen. Everything goes back when they have gone. */
export function useView() {
  const aids = ref<Record<Aid, boolean>>({ large: false, clear: false, low: false, read: false })

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
    reset: () => (aids.value = { large: false, clear: false, low: false, read: false }),
  }
}
