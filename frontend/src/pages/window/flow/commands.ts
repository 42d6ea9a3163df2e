import type { ActionName, Outcome } from '@/client/types'

/** What the hall offers and this page has no button for yet. */
type Unoffered = 'hold' | 'resume' | 'join' | 'part' | 'undo'

/** What a button or key of the page asks for; the buttons carry these as data-action. */
export type Command = Exclude<ActionName, 'finish' | 'rejoin' | 'call' | Unoffered> | Outcome

/** The key of each command, by the name of the key event. Not F5: without the focus on the page it reloads. */
export const commandOfKey: Readonly<Partial<Record<string, Command>>> = {
  F2: 'recall',
  F4: 'start',
  F6: 'transfer',
  F7: 'resolved',
  F8: 'referred',
  F9: 'unrecorded',
  'Shift+F2': 'miss',
  'Shift+F9': 'pause',
  ' ': 'next',
}

/** The hall's action behind a command. */
export function actionOf(command: Command): ActionName {
  switch (command) {
    case 'resolved':
    case 'referred':
    case 'unrecorded':
      return 'finish'
    default:
      return command
  }
}
