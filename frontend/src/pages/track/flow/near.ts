import type { Ticket } from '@/client/types'

/** With so few numbers before it, its holder should be back in the hall. */
const soonAt = 2

/** States after which nothing more happens to a number. */
const ends: readonly Ticket['state'][] = ['done', 'cancelled', 'left', 'deferred']

/** Whether a number's turn is near: 快到您了. */
export const isSoon = ({ state, ahead }: Ticket): boolean => state === 'waiting' && ahead <= soonAt

/** Whether a number has ended. */
export const isOver = ({ state }: Ticket): boolean => ends.includes(state)

/** Whether anything may happen to a number at any moment. */
export const isNear = (ticket: Ticket): boolean =>
  isSoon(ticket) || ticket.state === 'called' || ticket.state === 'missed'
