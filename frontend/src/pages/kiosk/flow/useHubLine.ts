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
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(
    () => client.connection.value.state,
    (state) => {
      clearTimeout(timer)
      if (state === 'silent') timer = setTimeout(on.lost, grace)
      if (state === 'live') on.back()
    },
    { immediate: true },
  )
  onScopeDispose(() => clearTimeout(timer))

  /** Asks the hall something; any answer means that numbers may be had again. */
  async function tryAgain(): Promise<void> {
    if (trying.value) return
    trying.value = true
    const [reached] = await Promise.all([
      client.printers().then(
        () => true,
        () => false,
      ),
      new Promise((done) => setTimeout(done, shortestTry)),
    ])
    trying.value = false
    if (reached) on.back()
  }

  return { trying, tryAgain }
}
