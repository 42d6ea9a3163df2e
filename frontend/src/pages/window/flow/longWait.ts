import type { WindowTicket } from '@/client/types'

/** From so many seconds on a wait is marked: the reports count it as 等候超30分钟. */
export const longWait = 30 * 60

/** How long a ticket has waited, in seconds. */
export const waited = ({ arrivedAt }: WindowTicket, now: Date): number =>
  (now.getTime() - Date.parse(arrivedAt)) / 1000
