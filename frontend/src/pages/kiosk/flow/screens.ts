import type { PrintState } from '@/client/types'

/** The calm screens: what is so, what stays valid, what to do next. Their words stand in the messages under calm. */
export type Calm =
  // before a number is taken
  | 'paperOut'
  | 'coverOpen'
  | 'jammed'
  | 'tooHot'
  | 'printerSilent'
  | 'unplugged'
  | 'printerFault'
  | 'slipLeft'
  | 'mended'
  | 'stopped'
  | 'early'
  | 'dayOff'
  | 'later'
  | 'closed'
  | 'serviceStopped'
  | 'onCall'
  | 'paused'
  | 'crowded'
  | 'takenHere'
  | 'leaderNone'
  | 'leaderEnds'
  | 'otherOffice'
  | 'refused'
  // no numbers here now
  | 'hubLost'
  | 'outOfUse'
  | 'unconfirmed'
  // after a number is taken
  | 'slipWaiting'
  | 'failed'
  | 'unknown'
  | 'giveBack'
  | 'kept'
  | 'reprinting'
  | 'reprinted'
  | 'notReprinted'
  // at any time
  | 'idle'
  | 'helpAsking'
  | 'helpKnown'
  | 'help'

/** What the kiosk shows. `under` is the screen that comes back afterwards, `at` when the hall said to come again. */
export type Screen =
  | { name: 'home' }
  | { name: 'search' }
  | { name: 'others' }
  | { name: 'languages' }
  | { name: 'visit' }
  | { name: 'ticket' }
  | { name: 'calm'; calm: Calm; under: Screen; service?: string; office?: string; at?: Date | null }

/** A screen that lies over the first. */
export type Over = Exclude<Screen['name'], 'home'>

/** What a visitor has said on the second screen. Nothing of it must be said. */
export interface Visit {
  /** The service of the tile that was touched. */
  asked: string
  /** The answer to the follow-up question, by its place; null: not answered. */
  answer: number | null
  /** The service the number will be for. */
  service: string
  persons: number
  priority: boolean
}

/** A line on the home screen that tells what happened before it. */
export interface Bar {
  says: 'notPrinted' | 'cancelled' | 'noVoice' | 'noLanguage'
  number: string
}

export type Printing = PrintState['state']

/** What a button of a calm screen does. */
export type Act =
  | 'home'
  | 'back'
  | 'continue'
  | 'general'
  | 'takeNew'
  | 'reprint'
  | 'reprintLast'
  | 'finish'
  | 'giveBack'
  | 'confirmGiveBack'
  | 'tryTake'
  | 'tryHub'
  | 'tryPrinter'
  | 'help'
  | 'desk'
