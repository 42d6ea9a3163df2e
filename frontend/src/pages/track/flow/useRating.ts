import { computed, shallowRef, type ShallowRef } from 'vue'
import type { HallError } from '@/client'
import type { Ticket } from '@/client/types'
import { given } from './useTicket'

/** The rating after the end: asked once, thanked for, and tried again where the line broke. */
export function useRating(
  ticket: Readonly<ShallowRef<Ticket | null>>,
  send: (score: number) => Promise<HallError | null>,
) {
  const busy = shallowRef(false)
  const thanks = shallowRef(false)
  const trouble = shallowRef<HallError | null>(null)

  async function rate(score: number): Promise<void> {
    if (busy.value || thanks.value) return
    busy.value = true
    const failure = await send(score)
    busy.value = false
    thanks.value = !failure || failure.code === given
    trouble.value = thanks.value ? null : failure
  }

  return { busy, thanks, trouble, rate, shown: computed(() => thanks.value || ticket.value?.rate === true) }
}
