import { onScopeDispose, ref } from 'vue'
import type { KioskCalls } from '@/client'
import { HallError, unexpected, unreachable } from '@/client'
import { toHallError } from '@/client/errors'
import type { TakeRequest, TicketTaken } from '@/client/types'

/** sending: nothing to say yet; slow: three seconds passed; unconfirmed: fifteen did, and nobody tries any more. */
export type TakingPhase = 'idle' | 'sending' | 'slow' | 'unconfirmed'

const slowAfter = 3_000
const giveUpAfter = 15_000
const pause = 1_000

/** Codes after which nobody knows whether the number was taken; asking again with the same key finds out. */
const uncertain = new Set([unreachable, unexpected, 'journal.unavailable', 'kiosk.failed'])

export interface TakingEnd {
  taken(ticket: TicketTaken): void
  refused(error: HallError): void
}

/** Takes one number, with one key, through a line that may break. */
export function useTaking(client: Pick<KioskCalls, 'take'>, end: TakingEnd) {
  const phase = ref<TakingPhase>('idle')
  let run = 0
  let again: () => void = () => undefined
  const timers = new Set<ReturnType<typeof setTimeout>>()

  function start(request: TakeRequest, key: string): void {
    if (phase.value === 'sending' || phase.value === 'slow') return
    clear()
    again = () => start(request, key)
    phase.value = 'sending'
    const mine = ++run
    later(slowAfter, () => (phase.value = 'slow'))
    later(giveUpAfter, () => (phase.value = 'unconfirmed'))
    void attempt(mine, request, key)
  }

  async function attempt(mine: number, request: TakeRequest, key: string): Promise<void> {
    try {
      const ticket = await client.take(request, key)
      // An answer that comes after fifteen seconds is still good news while somebody stands here.
      if (mine === run) stop(() => end.taken(ticket))
    } catch (cause) {
      if (mine !== run) return
      const error = toHallError(cause)
      if (!uncertain.has(error.code)) stop(() => end.refused(error))
      else if (phase.value !== 'unconfirmed') later(pause, () => void attempt(mine, request, key))
    }
  }

  function later(milliseconds: number, then: () => void): void {
    timers.add(setTimeout(then, milliseconds))
  }

  function clear(): void {
    for (const timer of timers) clearTimeout(timer)
    timers.clear()
  }

  function stop(then?: () => void): void {
    clear()
    run++
    phase.value = 'idle'
    then?.()
  }

  onScopeDispose(stop)

  return {
    phase,
    start,
    /** Asks once more for the same number. */
    again: () => again(),
    /** The visitor goes; what was asked may still be done, and its number then waits at the desk. */
    stop: () => stop(),
  }
}
