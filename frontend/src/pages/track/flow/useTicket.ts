import { useEventListener, useIntervalFn } from '@vueuse/core'
import { onScopeDispose, ref, shallowRef } from 'vue'
import { toHallError, type HallError } from '@/client/errors'
import type { TrackCalls } from '@/client'
import type { Ticket } from '@/client/types'
import { isNear, isOver } from './near'

/** How long (milliseconds) until a phone asks again: as a rule, when a turn is near, and after the end. */
const [usual, near, after] = [5000, 2000, 10_000]
/** For so long (milliseconds) after the end it still asks: a window may take its last step back. */
const mayTurn = 60_000

/**
 * Follows one number while its page is open. It asks on in a pocket too, as often as the browser lets it. Nothing is
 * stored: the address holds the code.
 */
export function useTicket(client: TrackCalls, code: string) {
  const ticket = shallowRef<Ticket | null>(null)
  /** Why the last request came to nothing; null when it did not. */
  const error = shallowRef<HallError | null>(null)
  /** Seconds since the ticket was read. */
  const age = ref(0)
  let readAt = performance.now()
  let endedAt: number | null = null
  let newest = 0
  let asking = false
  let timer: ReturnType<typeof setTimeout> | undefined

  const measure = () => (age.value = Math.floor((performance.now() - readAt) / 1000))

  /** When to ask again; null when there is nothing more to hear. */
  function pace(): number | null {
    if (error.value?.code === unknown) return null
    if (!ticket.value || error.value) return usual
    if (!isOver(ticket.value)) return isNear(ticket.value) ? near : usual
    return endedAt !== null && performance.now() - endedAt < mayTurn ? after : null
  }

  function plan(): void {
    clearTimeout(timer)
    const pause = pace()
    if (pause !== null) timer = setTimeout(look, pause)
  }

  function receive(news: Ticket): void {
    if (!isOver(news)) endedAt = null
    else endedAt ??= performance.now()
    ticket.value = news
    error.value = null
    readAt = performance.now()
  }

  /** Only the answer to the newest question counts: one that was overtaken tells of an older state. */
  async function ask(question: () => Promise<Ticket>): Promise<HallError | null> {
    const mine = ++newest
    asking = true
    let failure: HallError | null = null
    try {
      const news = await question()
      if (mine === newest) receive(news)
    } catch (cause) {
      failure = toHallError(cause)
    }
    if (mine === newest) {
      asking = false
      measure()
    }
    return failure
  }

  /** What the hall refuses of a look is so: no line, no such number. */
  async function read(): Promise<void> {
    const mine = newest + 1
    const failure = await ask(() => client.ticket(code))
    if (mine !== newest) return
    if (failure) error.value = failure
    plan()
  }

  function look(): void {
    if (!asking && pace() !== null) void read()
  }

  async function cancel(): Promise<void> {
    const mine = newest + 1
    const failure = await ask(() => client.cancel(code))
    if (mine !== newest) return
    if (failure) error.value = failure
    plan()
  }

  /** Says how the reception was; what came in between is the caller's to tell. */
  async function rate(score: number): Promise<HallError | null> {
    clearTimeout(timer)
    const failure = await ask(() => client.rate(code, score))
    plan()
    return failure
  }

  useIntervalFn(measure, 1000)
  useEventListener(document, 'visibilitychange', () => document.visibilityState === 'visible' && look())
  useEventListener(window, 'online', look)
  onScopeDispose(() => {
    clearTimeout(timer)
    newest = Infinity
  })
  void read()

  return { ticket, error, age, read, cancel, rate }
}

/** What the hall answers to a code it does not know, and to one of another day. */
export const unknown = 'ticket.unknown'
/** What it answers when a number has rated already: perhaps this phone, whose answer was lost. */
export const given = 'rating.given'
