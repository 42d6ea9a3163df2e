import type { Act, Calm } from './screens'

/** A calm screen's buttons, by their words under kiosk.button. The first is the safe way on. */
export interface CalmButton {
  label: string
  act: Act
}

const back: CalmButton = { label: 'back', act: 'back' }
const goOn: CalmButton = { label: 'continue', act: 'continue' }
const general: CalmButton = { label: 'general', act: 'general' }
const urgent: CalmButton = { label: 'urgent', act: 'help' }
const desk: CalmButton = { label: 'desk', act: 'desk' }

const buttons: Record<Calm, CalmButton[]> = {
  paperOut: [goOn, back],
  coverOpen: [goOn, { label: 'toDesk', act: 'desk' }, back],
  jammed: [goOn, back],
  tooHot: [goOn, back],
  printerSilent: [goOn, { label: 'tryAgain', act: 'tryPrinter' }, back],
  unplugged: [goOn, desk, back],
  printerFault: [goOn, back],
  slipLeft: [goOn, back],
  mended: [goOn],
  stopped: [urgent, back],
  early: [back, urgent],
  dayOff: [back],
  later: [{ label: 'takeFirst', act: 'continue' }, general, back],
  closed: [general, back],
  serviceStopped: [general, back],
  onCall: [{ label: 'take', act: 'continue' }, general, back],
  paused: [{ label: 'take', act: 'continue' }, general, back],
  crowded: [{ label: 'take', act: 'continue' }, general, back],
  takenHere: [
    { label: 'takeNew', act: 'takeNew' },
    { label: 'noSlip', act: 'reprintLast' },
    { label: 'back', act: 'home' },
  ],
  leaderNone: [general, back],
  leaderEnds: [general, back],
  otherOffice: [general, back],
  refused: [desk, back],
  hubLost: [{ label: 'tryAgain', act: 'tryHub' }],
  outOfUse: [{ label: 'help', act: 'help' }],
  unconfirmed: [
    { label: 'tryAgain', act: 'tryTake' },
    { label: 'back', act: 'home' },
  ],
  slipWaiting: [{ label: 'ok', act: 'finish' }],
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
  helpAsking: [{ label: 'ok', act: 'back' }],
  helpKnown: [{ label: 'ok', act: 'back' }],
  help: [{ label: 'ok', act: 'back' }],
}

/** The buttons of a calm screen. The general window does not send to itself. */
export function buttonsOf(calm: Calm, { isGeneral = false } = {}): CalmButton[] {
  return buttons[calm].filter(({ act }) => !isGeneral || act !== 'general')
}

/** Whether the screen is about a slip that is in the slot, so that it points there. */
export function pointsToSlot(calm: Calm): boolean {
  return calm === 'slipWaiting' || calm === 'slipLeft' || calm === 'reprinted'
}

/** Whether the screen is about a number that its visitor holds, so that its code belongs there. */
export function showsTicket(calm: Calm): boolean {
  return calm === 'failed' || calm === 'unknown'
}
