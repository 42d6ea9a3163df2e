import type { Like } from '../types'
import type zh from '../zh/board'

export default {
  title: 'Calls',
  calling: 'Now calling',
  called: 'Called before',
  none: 'No calls yet, please take a seat',
  head: {
    window: 'No.',
    name: 'Office',
    status: 'Status',
    number: 'Number',
    waiting: 'In line',
  },
  hint: 'Missed your call? Tell the window; you are called after {numbers}',
  hintSoon: 'Missed your call? Tell the window',
  stopped: 'No more numbers today. Everyone who holds one will be received',
  over: 'No more numbers today',
  early: 'Numbers from {time}; please take a seat',
  off: 'Closed today',
  next: 'Open again {time}',
  paused: 'Calls pause until {time}; all numbers stay valid, please sit',
  pausedOpen: 'Calls pause; all numbers stay valid, please sit',
  leader: 'Leader on duty today',
  leaderHours: '{from} to {until}',
  page: 'Page {page} of {pages}',
  connecting: 'Connecting to the hall; please listen',
  aging: 'This may not be the latest',
  old: 'Screen stopped at {time}; listen or look above the window',
} satisfies Like<typeof zh>
