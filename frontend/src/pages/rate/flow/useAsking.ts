import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { HallError, type HallFeed, type RatingCalls } from '@/client'
import { toHallError } from '@/client/errors'
import type { Asking } from '@/client/types'

/** So long (milliseconds) a visitor is thanked. */
const thankFor = 6_000

/**
 * Whether a window's tablet asks how the reception was. It asks the hall again with every revision, so that the next
 * visitor is never asked about the last one's reception; what it does not know, it does not ask.
 */
export function useAsking(client: HallFeed & RatingCalls, id: string, onGone: () => void) {
  const asking = shallowRef<Asking>({ asks: false, until: null })
  const thanks = ref(false)
  const busy = ref(false)
  const trouble = shallowRef<HallError | null>(null)
  let reading = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  const live = computed(() => client.connection.value.state === 'live')
  const asks = computed(() => {
    const { asks: some, until } = asking.value
    return live.value && some && (until === null || Date.parse(until) > client.now.value.getTime())
  })

  async function read(): Promise<void> {
    const mine = ++reading
    const news = await client.asking(id).catch(() => null)
    if (news && mine === reading) asking.value = news
  }

  async function rate(score: number): Promise<void> {
    if (busy.value || thanks.value || !asks.value) return
    busy.value = true
    trouble.value = null
    try {
      await client.rateAt(id, score)
      thank()
    } catch (cause) {
      const error = toHallError(cause)
      // Somebody's phone was quicker, or the tap came twice: it is counted all the same.
      if (error.code === 'rating.given') thank()
      else trouble.value = error
    }
    busy.value = false
    void read()
  }

  function thank(): void {
    thanks.value = true
    timer = setTimeout(() => {
      thanks.value = false
      onGone()
    }, thankFor)
  }

  // The next visitor finds nothing of the last one's.
  watch(asks, (now) => {
    if (now) return
    trouble.value = null
    if (!thanks.value) onGone()
  })
  watch([client.revision, live], () => void read(), { immediate: true })
  onScopeDispose(() => clearTimeout(timer))

  return { asks, thanks, busy, trouble, rate }
}
