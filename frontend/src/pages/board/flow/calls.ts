import type { Call } from '@/client/types'

/** A call says 正在叫号 for so long (seconds); then it is one of 最近叫过. */
export const currentFor = 60
/** For so long (seconds) a call pulses, and no page turns. */
export const freshFor = 10
/** Where more calls are current than fit, each stands for so long (seconds) before others take its place. */
export const roundFor = 5
const round = roundFor * 1000
/** A call that never stood is kept for so long (seconds); later it would send people to a window that waits no more. */
const dueFor = 300

export interface ShownCall extends Call {
  /** Told apart by ticket and revision, so that a recall appears anew. */
  key: string
  fresh: boolean
}

/** The calls as the wall shows them at some moment, newest first. */
export interface Stage {
  current: ShownCall[]
  earlier: ShownCall[]
  /** The newest call stands alone and is larger than the others. */
  lead: boolean
  /** Every call that is still current, also those whose turn to stand is not now. */
  all: ShownCall[]
  /** For how long (milliseconds) each current call has stood, by its key. */
  stood: ReadonlyMap<string, number>
  at: number
}

export const emptyStage: Stage = { current: [], earlier: [], lead: false, all: [], stood: new Map(), at: 0 }

export const keyOf = ({ ticket, revision }: Call) => `${ticket} ${revision}`

/**
 * What the wall remembers beside the hall's last ten calls: those that the hall dropped because many came at once. The
 * newest come first; of each ticket only its newest call counts.
 */
export function remember(known: readonly Call[], told: readonly Call[], kept = 10): Call[] {
  if (told.length < kept) return [...told]
  const tickets = new Set(told.map(({ ticket }) => ticket))
  return [...told, ...known.filter(({ ticket }) => !tickets.has(ticket))].slice(0, 100)
}

/**
 * Puts calls on a wall that has so many slots. While more are current than fit they take turns: who has stood least
 * stands next, and stays for a round. So none is lost, however many come in one instant.
 */
export function arrange(
  before: Stage,
  calls: readonly Call[],
  now: Date,
  slots: number,
  leads: boolean,
): Stage {
  const at = now.getTime()
  const stood = standing(before, at)
  const shown = calls.map((call) => ({ ...call, key: keyOf(call), age: (at - Date.parse(call.at)) / 1000 }))
  // What is first heard of late, after a break, is shown; it is not owed a round as something new.
  for (const { key, age } of shown) {
    if (age < currentFor && !stood.has(key)) stood.set(key, age < freshFor ? 0 : round)
  }
  const due = (key: string) => (stood.get(key) ?? round) < round
  const all = shown
    .map((call) => ({ ...call, fresh: call.age < freshFor || (call.age < dueFor && due(call.key)) }))
    .filter(({ age, fresh }) => age < currentFor || fresh)
  const current = turn(before, all, stood, slots)
  const ended = shown.filter(({ key }) => !all.some((one) => one.key === key))
  const lead =
    leads && current.length > 0 && all.length < slots && all.filter(({ fresh }) => fresh).length <= 1
  const free = Math.max(0, slots - current.length - Number(lead))
  const earlier = ended.slice(0, free).map((call) => ({ ...call, fresh: false }))
  const keys = new Set(all.map(({ key }) => key))
  return { current, earlier, lead, all, stood: new Map([...stood].filter(([key]) => keys.has(key))), at }
}

/** How long each call has stood by now. */
function standing({ current, stood, at: then }: Stage, at: number): Map<string, number> {
  const more = new Map(stood)
  // A machine that slept, or a clock that was put right, has shown nothing meanwhile.
  const passed = Math.min(2000, Math.max(0, at - then))
  for (const { key } of current) more.set(key, (more.get(key) ?? 0) + passed)
  return more
}

function turn(
  before: Stage,
  all: readonly ShownCall[],
  stood: ReadonlyMap<string, number>,
  slots: number,
): ShownCall[] {
  if (all.length <= slots) return [...all]
  const stands = new Set(before.current.map(({ key }) => key))
  const rounds = (key: string) => Math.floor((stood.get(key) ?? 0) / round)
  const ranked = all.map((call, n) => ({
    call,
    n,
    rank: [rounds(call.key), stands.has(call.key) ? 0 : 1, -n] as const,
  }))
  ranked.sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2])
  return ranked
    .slice(0, slots)
    .sort((a, b) => a.n - b.n)
    .map(({ call }) => call)
}
