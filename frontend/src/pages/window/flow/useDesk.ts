import { computed, ref, shallowRef, watch } from 'vue'
import { useWindow, type HallFeed, type WindowCalls } from '@/client'
import type { ActionName, DayPrinted, Slip, Undo, WindowAction, WindowTicket } from '@/client/types'
import { legality, type Legality } from './legality'

/** For so long (milliseconds) the same button or key pressed again is taken for the same press. */
const samePress = 1000

/** What nobody does while the whole hall pauses. */
const calls: ActionName[] = ['next', 'call']

/** What the page says about the last press. */
export type Note =
  | { kind: 'nobody' }
  | { kind: 'refused'; error: unknown }
  | { kind: 'slip'; says: 'printing' | 'voided'; number: string }
  | { kind: 'day'; state: DayPrinted['state'] }
  | { kind: 'undone'; undo: Undo }
  | { kind: 'done'; action: WindowAction; ticket: WindowTicket | null; persons: number }

/** A clerk's window: the state, what may be pressed now, and one command for one press. */
export function useDesk(client: HallFeed & WindowCalls, id: string) {
  const { view, error, busy, act } = useWindow(client, id)
  const live = computed(() => client.connection.value.state === 'live' && view.value !== null)
  const note = shallowRef<Note | null>(null)
  const persons = ref(1)
  let last = { command: '', at: -Infinity }

  const ticket = computed(() => view.value?.ticket ?? null)
  // The clerk's own correction stays while the same ticket does.
  watch(
    () => ticket.value?.id,
    () => (persons.value = ticket.value?.persons ?? 1),
    { immediate: true },
  )

  const may = (name: ActionName): Legality => legality(view.value, name, client.now.value)

  /** Can this be pressed? Never on a picture of the hall that may be old. */
  const can = (name: ActionName): boolean =>
    live.value && may(name).legal && !(calls.includes(name) && isPaused())

  /** The hall's pause is told at once; what this window may do is read again only after it. */
  const isPaused = () => client.hall.value?.pause !== undefined

  async function press(action: WindowAction): Promise<boolean> {
    const now = performance.now()
    const command = JSON.stringify(action)
    if (!can(action.name) || busy.value) return false
    if (last.command === command && now - last.at < samePress) return false
    last = { command, at: now }
    const undo = action.name === 'undo' ? view.value?.undo : undefined
    const before = 'ticket' in action ? listed(action.ticket) : ticket.value
    const count = persons.value
    try {
      const done = await act(action)
      if (!done) note.value = { kind: 'nobody' }
      else
        note.value = undo
          ? { kind: 'undone', undo }
          : { kind: 'done', action, ticket: before, persons: count }
      return done
    } catch (cause) {
      note.value = { kind: 'refused', error: cause }
      return false
    }
  }

  /** Prints a slip of a ticket: its number once more, where it was sent on to, or what became of the matter. */
  const print = (one: WindowTicket, slip: Slip, to = '') =>
    about(one, 'printing', () => client.reprint(one.id, slip, to))

  /** Voids a number whose slip did not come out. */
  const discard = (one: WindowTicket) => about(one, 'voided', () => client.void(one.id))

  async function about({ number }: WindowTicket, says: 'printing' | 'voided', what: () => Promise<unknown>) {
    if (!live.value) return
    try {
      await what()
      note.value = { kind: 'slip', says, number }
    } catch (cause) {
      note.value = { kind: 'refused', error: cause }
    }
  }

  /** Whether the day's slip is on its way: a printer takes a few seconds to say what became of it. */
  const printingDay = ref(false)

  async function printDay(): Promise<void> {
    if (!live.value || printingDay.value) return
    printingDay.value = true
    try {
      const { state } = await client.printDay()
      note.value = { kind: 'day', state }
    } catch (cause) {
      note.value = { kind: 'refused', error: cause }
    }
    printingDay.value = false
  }

  /** A ticket of the window's lists. */
  function listed(ticketId: string): WindowTicket | null {
    const { waiting = [], held = [], missed = [] } = view.value ?? {}
    return [...waiting, ...held, ...missed].find(({ id }) => id === ticketId) ?? null
  }

  return {
    view,
    error,
    busy,
    live,
    ticket,
    persons,
    note,
    may,
    can,
    press,
    print,
    discard,
    printDay,
    printingDay,
  }
}

export type Desk = ReturnType<typeof useDesk>
