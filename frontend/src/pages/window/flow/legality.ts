import type { Action, ActionName, WindowView } from '@/client/types'

/** Whether the hall lets a window do something, and what it waits for where it does not yet. */
export interface Legality {
  legal: boolean
  /** Seconds until time alone makes it legal; 0 when time is not what is missing. */
  seconds: number
  /** Calls that are due before; 0 when none are, or when the hall does not tell. */
  callsLeft: number
}

const illegal: Legality = { legal: false, seconds: 0, callsLeft: 0 }

/** Reads the hall's own list of what is legal: the rules live there and nowhere on this page. */
export function legality(view: Pick<WindowView, 'actions'> | null, name: ActionName, now: Date): Legality {
  const action: Action | undefined = view?.actions.find((one) => one.name === name)
  if (!action) return illegal
  const seconds = action.from ? Math.max(0, Math.ceil((Date.parse(action.from) - now.getTime()) / 1000)) : 0
  const callsLeft = action.callsLeft ?? 0
  return { legal: seconds === 0 && callsLeft === 0, seconds, callsLeft }
}
