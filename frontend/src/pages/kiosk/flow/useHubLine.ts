import { onScopeDispose, ref, watch } from 'vue'
import type { KioskClient } from '@/client'

/** A line that is back within this many milliseconds was never worth a word. */
const grace = 3_000
/** Shorter than this a try looks like a button that does nothing. */
const shortestTry = 600

/** Tells when the hall can no longer be heard, and when it can again. */
export function useHubLine(
  client: Pick<KioskClient, 'connection' | 'printers'>,
  on: { lost: () => void; back: () => void },
) {
  const trying = ref(false)
  const lost = ref(false)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => client.connection.value.state,
    (state) => {
      clearTimeout(timer)
      if (state === 'silent') timer = setTimeout(lose, grace)
      if (state === 'live') recover()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  function lose(): void {
    lost.value = true
    on.lost()
  }

  function recover(): void {
    lost.value = false
    on.back()
  }

  /** Asks the hall something; any answer means that numbers may be had again. */
  async function tryAgain(): Promise<void> {
    const reached = client.printers().then(
      () => true,
      () => false,
    )
    await show(reached)
    if (await reached) recover()
  }

  /** Lets whoever pressed see that something is being tried. */
  async function show(attempt: Promise<unknown>): Promise<void> {
    trying.value = true
    await Promise.all([attempt, new Promise((done) => setTimeout(done, shortestTry))])
    trying.value = false
  }

  return { lost, trying, tryAgain, show }
}
