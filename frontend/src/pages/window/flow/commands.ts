import type { ActionName, Outcome } from '@/client/types'

/** What a button or key of the page asks for; the buttons carry these as data-action. A row's own buttons are not here. */
export type Command = Exclude<ActionName, 'finish' | 'rejoin' | 'resume' | 'call'> | Outcome

/** The key of each command, by the name of the key event. Not F5: without the focus on the page it reloads. */
export const commandOfKey: Readonly<Partial<Record<string, Command>>> = {
  F2: 'recall',
  F3: 'hold',
  F4: 'start',
  F6: 'transfer',
  F7: 'resolved',
  F8: 'referred',
  F9: 'unrecorded',
  'Shift+F2': 'miss',
  'Shift+F6': 'join',
  'Shift+F9': 'pause',
  'Ctrl+z': 'undo',
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
