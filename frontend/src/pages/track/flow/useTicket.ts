import { useEventListener, useIntervalFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { toHallError, type HallError } from '@/client/errors'
import type { TrackCalls } from '@/client'
import type { Ticket } from '@/client/types'

/** How often (milliseconds) a phone in the hand asks; one in the pocket does not. */
const every = 5000

/** States after which nothing more happens to a number. */
const ends: readonly Ticket['state'][] = ['done', 'cancelled', 'left', 'deferred']

/** Follows one number while somebody looks. Nothing is stored: the address holds the code. */
export function useTicket(client: TrackCalls, code: string) {
  const ticket = shallowRef<Ticket | null>(null)
  /** Why the last request came to nothing; null when it did not. */
  const error = shallowRef<HallError | null>(null)
  /** Seconds since the ticket was read. */
  const age = ref(0)
  let readAt = performance.now()
  let newest = 0
  let asking = false

  const over = () => ends.some((state) => state === ticket.value?.state) || error.value?.code === unknown
  const measure = () => (age.value = Math.floor((performance.now() - readAt) / 1000))

  /** Only the answer to the newest question counts: one that was overtaken tells of an older state. */
  async function ask(question: () => Promise<Ticket>): Promise<void> {
    const mine = ++newest
    asking = true
    try {
      const news = await question()
      if (mine !== newest) return
      ticket.value = news
      error.value = null
      readAt = performance.now()
    } catch (cause) {
      if (mine === newest) error.value = toHallError(cause)
    } finally {
      if (mine === newest) asking = false
      measure()
    }
  }

  const read = () => ask(() => client.ticket(code))
  const look = () => {
    if (document.visibilityState === 'visible' && !asking && !over()) void read()
  }

  useIntervalFn(look, every)
  useIntervalFn(measure, 1000)
  useEventListener(document, 'visibilitychange', look)
  useEventListener(window, 'online', look)
  onScopeDispose(() => (newest = Infinity))
  void read()

  return { ticket, error, age, read, cancel: () => ask(() => client.cancel(code)) }
}

/** What the hall answers to a code it does not know, and to one of another day. */
export const unknown = 'ticket.unknown'
