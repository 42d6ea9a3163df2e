import type { Hall, Leader, Printer, Service } from '@/client/types'
import { opensAt } from '@/words/status'
import type { Calm } from './screens'

/** What stands between a visitor and the second screen; each may be passed once, if it has a button for that. */
export function obstaclesOf(
  hall: Hall,
  service: Service | undefined,
  printer: Printer | null,
  now: Date,
): Calm[] {
  const found = [dayObstacle(hall), service && windowObstacle(hall, service, now), printerObstacle(printer)]
  return found.filter((calm) => calm !== undefined)
}

const dayCalms = { open: undefined, early: 'early', off: 'dayOff', stopped: 'stopped' } as const

/** Why the hall gives no numbers now. */
export function dayObstacle({ issuing }: Pick<Hall, 'issuing'>): 'early' | 'dayOff' | 'stopped' | undefined {
  return dayCalms[issuing?.state ?? 'open']
}

/** Whether a calm screen tells of the hall's hours, so that their news change it. */
export function isDays(calm: Calm): boolean {
  return Object.values<Calm | undefined>(dayCalms).includes(calm)
}

/** Before the first number of a day no window is open yet, and that says nothing about the day. */
export function isNotYetBegun({ phase, day }: Pick<Hall, 'phase' | 'day'>): boolean {
  return phase === 'closed' && day === ''
}

/** The service with an id; undefined in a hall without one, and while no hall is heard. */
export function serviceOf(hall: Hall | null, id: string | undefined): Service | undefined {
  return hall?.services.find((one) => one.id === id)
}

/** The service by which leaders are seen; undefined in a hall without one. */
export function leaderService({ leader, nextLeader, services }: Hall): Service | undefined {
  const id = leader?.service || nextLeader?.service
  return services.find((one) => (id ? one.id === id : one.topic.icon === 'leader'))
}

/** A service's own obstacle, such as a window that opens later. */
export function windowObstacle(hall: Hall, service: Service, now: Date): Calm | undefined {
  const leaders = service === leaderService(hall)
  if (service.issuing === 'off') return leaders ? 'leaderNone' : 'closed'
  if (service.issuing === 'stopped') return leaders && hall.leader ? 'leaderEnds' : 'serviceStopped'
  if (leaders && hall.leader && endsBefore(hall.leader, service, now)) return 'leaderEnds'
  if (service.availability === 'paused') return 'paused'
  if (opensAt(hall, service, now)) return 'later'
  if (service.availability === 'oncall') return 'onCall'
  // Leaders come by their rota, whether their window is open or not.
  if (service.availability === 'open' || leaders || isNotYetBegun(hall))
    return isCrowded(service) ? 'crowded' : undefined
  return 'closed'
}

/** From so long a wait (minutes, at the least) visitors are told before they take a number, and can choose. */
const longWait = 60
/** The same where no wait is known yet, in numbers. */
const manyNumbers = 15

function isCrowded({ wait, waiting }: Service): boolean {
  return wait ? wait.low >= longWait : waiting >= manyNumbers
}

/** Whether kiosks give no numbers, on purpose or because the hall has nothing to take one for. */
export function isOutOfUse({ kiosksClosed, services }: Hall): boolean {
  return kiosksClosed === true || services.length === 0
}

/** Whether a leader has gone before one's turn even if all goes fast. */
function endsBefore({ until }: Leader, { wait }: Service, now: Date): boolean {
  return !!until && now.getTime() + (wait?.low ?? 0) * 60_000 >= Date.parse(until)
}

/** What the cause that a printer tells, or that its line shows, means to a visitor. */
const causes: Record<string, Calm> = {
  overheated: 'tooHot',
  cutter: 'jammed',
  jam: 'jammed',
  unplugged: 'unplugged',
  'port-missing': 'unplugged',
  silent: 'printerSilent',
}

/** Why there is no slip now, or another's is still in the slot. */
export function printerObstacle(printer: Printer | null): Calm | undefined {
  switch (printer?.state) {
    case 'ok':
      return printer.reason === 'slip-waiting' ? 'slipLeft' : undefined
    case 'paper-out':
      return 'paperOut'
    case 'cover-open':
      return 'coverOpen'
    case 'silent':
      return 'printerSilent'
    case 'error':
    case 'offline':
      return causes[printer.reason] ?? 'printerFault'
    default:
      // none and unknown: a hall without a printer says so with the number, not before it.
      return undefined
  }
}

const printers: Calm[] = [...Object.values(causes), 'paperOut', 'coverOpen', 'printerFault', 'slipLeft']

/** Whether a calm screen tells of the printer, so that its news change it. */
export function isPrinters(calm: Calm): boolean {
  return printers.includes(calm)
}
