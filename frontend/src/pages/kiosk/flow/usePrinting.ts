import { onScopeDispose, ref } from 'vue'
import type { KioskCalls } from '@/client'
import type { PrintState } from '@/client/types'
import type { Printing } from './screens'

const askEvery = 500
/** A job that has not ended by then, in milliseconds, has an end that nobody knows. */
const patience = 60_000

/** Follows a slip until it is known what became of it. */
export function usePrinting(client: Pick<KioskCalls, 'job' | 'reprint'>) {
  const state = ref<Printing>('none')
  let timer: ReturnType<typeof setTimeout> | undefined
  let run = 0

  function follow(print: PrintState): void {
    stop()
    // By way of a state that is open, so that the same end twice is told twice.
    state.value = 'reserved'
    state.value = print.job || print.state === 'none' ? print.state : 'none'
    if (isOpen(state.value)) poll(run, print.job, patience)
  }

  function poll(mine: number, job: string, left: number): void {
    timer = setTimeout(() => void ask(mine, job, left - askEvery), askEvery)
  }

  async function ask(mine: number, job: string, left: number): Promise<void> {
    const news = await client.job(job).catch(() => null)
    if (mine !== run) return
    if (news) state.value = news.state
    if (!isOpen(state.value)) return
    if (left > 0) poll(mine, job, left)
    else state.value = 'unknown'
  }

  /** Prints the slip of a ticket once more. A hall that cannot be asked cannot print either. */
  async function reprint(ticket: string): Promise<void> {
    stop()
    const mine = run
    state.value = 'reserved'
    const print = await client
      .reprint(ticket)
      .catch((): PrintState => ({ job: '', state: 'failed', reason: '', slip: 'ticket' }))
    if (mine !== run) return
    if (print.state === 'failed') state.value = 'failed'
    else follow(print)
  }

  function stop(): void {
    run++
    clearTimeout(timer)
  }

  onScopeDispose(stop)

  return { state, follow, reprint, stop }
}

/** Whether the slip may still come out. */
export function isOpen(state: Printing): boolean {
  return state === 'reserved' || state === 'sending'
}

/** Whether the slip came out, as far as its printer can tell. */
export function isPrinted(state: Printing): boolean {
  return state === 'confirmed' || state === 'sent'
}
