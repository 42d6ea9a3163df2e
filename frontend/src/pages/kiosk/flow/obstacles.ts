import type { Hall, Printer, Service } from '@/client/types'
import type { Calm } from './screens'

/** What stands between a visitor and the second screen; each may be passed once by its button, except stopped. */
export function obstaclesOf(hall: Hall, service: Service | undefined, printer: Printer | null): Calm[] {
  const found = [dayObstacle(hall), service && windowObstacle(hall, service), printerObstacle(printer)]
  return found.filter((calm) => calm !== undefined)
}

/** No more numbers today. A day that has not begun is no obstacle: the first number opens it. */
export function isStopped({ phase, day }: Pick<Hall, 'phase' | 'day'>): boolean {
  return phase === 'stopped' || (phase === 'closed' && day !== '')
}

/** Before the first number of a day no window is open yet, and that says nothing about the day. */
export function isNotYetBegun({ phase, day }: Pick<Hall, 'phase' | 'day'>): boolean {
  return phase === 'closed' && day === ''
}

function dayObstacle(hall: Hall): Calm | undefined {
  return isStopped(hall) ? 'stopped' : undefined
}

/** A service's own obstacle, such as a window that opens later. */
export function windowObstacle(hall: Hall, service: Service): Calm | undefined {
  switch (service.availability) {
    case 'paused':
      return 'paused'
    case 'oncall':
      return 'onCall'
    case 'closed':
      if (service.until) return 'later'
      return isNotYetBegun(hall) ? undefined : 'closed'
    case 'open':
      return undefined
  }
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
