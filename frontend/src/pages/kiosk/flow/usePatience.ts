import { onScopeDispose, ref, watch } from 'vue'

/** How long a screen waits for a touch, in seconds, and what happens then. */
export interface Patience {
  seconds: number
  then: () => void
  /** A touch does not start the time anew; only a button ends it. */
  firm?: boolean
}

/** Counts a screen's time down. `left` is what remains, in whole seconds; null when the screen waits for ever. */
export function usePatience(of: () => Patience | null) {
  const left = ref<number | null>(null)
  let timer: ReturnType<typeof setInterval> | undefined

  function restart(): void {
    clearInterval(timer)
    const patience = of()
    left.value = patience?.seconds ?? null
    if (!patience) return
    timer = setInterval(() => {
      left.value = Math.max(0, (left.value ?? 0) - 1)
      if (left.value > 0) return
      clearInterval(timer)
      patience.then()
    }, 1000)
  }

  // Synchronously, lest a screen that follows at once inherits the time of the one before.
  watch(of, restart, { immediate: true, flush: 'sync' })
  onScopeDispose(() => clearInterval(timer))

  return {
    left,
    /** Somebody touched the screen. */
    touched: () => {
      if (!of()?.firm) restart()
    },
  }
}
