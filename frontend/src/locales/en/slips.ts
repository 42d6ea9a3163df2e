import type { Like } from '../types'
import type zh from '../zh/slips'

export default {
  title: 'What stands on the slips',
  what: 'Choose a slip, change its text, and see at once what will be printed. One line is one line of paper; a line whose value is not known is left out.',
  home: 'Start page',
  other: '中文',
  own: 'changed',
  names: {
    ticket: 'Ticket',
    large: 'Large print',
    transfer: 'Transfer',
    outcome: 'Outcome',
    day: 'Day-close',
    test: 'Test page',
  },
  text: 'The text of the slip',
  width: 'Paper {width} mm',
  english: 'With English',
  reprint: 'Reprint',
  save: 'Save',
  reset: 'Give back the usual one',
  saved: 'Saved. The next slip is printed like this.',
  given: 'The usual slip is back.',
  bytes: '{bytes} bytes, {seconds} s at 9600 baud',
  picture: 'What would be printed',
} satisfies Like<typeof zh>
