import type { Call } from '@/client/types'

/** A call says 正在叫号 for so long (seconds); then it is one of 最近叫过. */
export const currentFor = 60
/** For so long (seconds) a call pulses, and no page turns. */
export const freshFor = 10
/** How many calls fit beside the windows. */
const [mostCurrent, mostAll] = [6, 4]

export interface ShownCall extends Call {
  /** Told apart by ticket and time, so that a recall appears anew. */
  key: string
  fresh: boolean
}

/** The calls as the wall shows them at some moment, newest first. */
export interface Stage {
  current: ShownCall[]
  earlier: ShownCall[]
  /** True when several calls are so new that none may be larger than the others. */
  equal: boolean
}

/** Sorts calls onto the wall. Two of one instant are both current, and both fresh. */
export function stage(calls: readonly Call[], now: Date): Stage {
  const shown = calls.map((call) => {
    const age = (now.getTime() - Date.parse(call.at)) / 1000
    return { ...call, age, key: `${call.ticket} ${call.times}`, fresh: age < freshFor }
  })
  const current = shown.filter(({ age }) => age < currentFor).slice(0, mostCurrent)
  const earlier = shown.filter(({ age }) => age >= currentFor).slice(0, Math.max(0, mostAll - current.length))
  return {
    current,
    earlier,
    equal: current.filter(({ fresh }) => fresh).length > 1 || current.length > mostAll,
  }
}
