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
  page: 'Page {page} of {pages}',
  connecting: 'Connecting to the hall; please listen',
  aging: 'This may not be the latest',
  old: 'Screen stopped at {time}; listen or look above the window',
} satisfies Like<typeof zh>
