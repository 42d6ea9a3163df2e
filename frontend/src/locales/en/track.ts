import type { Like } from '../types'
import type zh from '../zh/track'

export default {
  title: 'My number',
  goTo: 'When called, go to {window}',
  soon: 'Almost your turn, please return',
  now: 'Your turn: {window}',
  missed: 'You were called; your number is still valid, please tell {window}',
  seated: 'Please sit; listen and watch',
  expired: 'This number has expired',
  expiredText: 'Numbers are valid for one day. If you took it today, please ask the service desk.',
  lost: 'Connection lost, please watch the hall’s screen',
  loading: 'Looking up your number',
  giveUp: 'Give up my number',
  askTitle: 'Give back {number}?',
  askText: 'It will not be called.',
  keep: 'Keep',
  give: 'Give back',
  other: '中文',
} satisfies Like<typeof zh>
