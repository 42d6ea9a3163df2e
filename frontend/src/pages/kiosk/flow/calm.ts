import type { Act, Calm } from './screens'

/** A calm screen's buttons, by their words under kiosk.button. The first is the safe way on. */
export interface CalmButton {
  label: string
  act: Act
}

const back: CalmButton = { label: 'back', act: 'back' }
const general: CalmButton = { label: 'general', act: 'general' }

const buttons: Record<Calm, CalmButton[]> = {
  paperOut: [{ label: 'continue', act: 'continue' }, back],
  coverOpen: [{ label: 'continue', act: 'continue' }, back],
  jammed: [{ label: 'continue', act: 'continue' }, back],
  tooHot: [{ label: 'continue', act: 'continue' }, back],
  printerSilent: [{ label: 'continue', act: 'continue' }, back],
  printerFault: [{ label: 'continue', act: 'continue' }, back],
  stopped: [{ label: 'urgent', act: 'help' }, back],
  later: [{ label: 'takeFirst', act: 'continue' }, general, back],
  closed: [general, back],
  onCall: [{ label: 'take', act: 'continue' }, general, back],
  paused: [{ label: 'take', act: 'continue' }, general, back],
  takenHere: [
    { label: 'takeNew', act: 'takeNew' },
    { label: 'noSlip', act: 'reprintLast' },
    { label: 'back', act: 'home' },
  ],
  leaderNone: [general, back],
  otherOffice: [general, back],
  hubLost: [{ label: 'tryAgain', act: 'tryHub' }],
  unconfirmed: [
    { label: 'tryAgain', act: 'tryTake' },
    { label: 'back', act: 'home' },
  ],
  failed: [
    { label: 'remember', act: 'finish' },
    { label: 'reprint', act: 'reprint' },
    { label: 'giveBack', act: 'giveBack' },
  ],
  unknown: [
    { label: 'done', act: 'finish' },
    { label: 'reprint', act: 'reprint' },
  ],
  giveBack: [
    { label: 'keep', act: 'back' },
    { label: 'confirm', act: 'confirmGiveBack' },
  ],
  kept: [{ label: 'ok', act: 'back' }],
  reprinting: [],
  reprinted: [{ label: 'ok', act: 'finish' }],
  notReprinted: [{ label: 'ok', act: 'finish' }],
  idle: [
    { label: 'stay', act: 'back' },
    { label: 'leave', act: 'finish' },
  ],
  help: [{ label: 'ok', act: 'back' }],
}

/** The buttons of a calm screen. The general window does not send to itself. */
export function buttonsOf(calm: Calm, { isGeneral = false } = {}): CalmButton[] {
  return buttons[calm].filter(({ act }) => !isGeneral || act !== 'general')
}

/** Whether the screen is about a number that its visitor holds, so that its code belongs there. */
export function showsTicket(calm: Calm): boolean {
  return calm === 'failed' || calm === 'unknown'
}
