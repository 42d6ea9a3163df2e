import type { Like } from '../types'
import type zh from '../zh/strip'

export default {
  title: 'Window strip',
  connecting: 'Connecting',
  aging: 'This may not be the latest',
  lost: 'Please listen',
  lostNote: 'Connection to the hall is lost',
  unknown: 'No such window',
} satisfies Like<typeof zh>
