import type { Like } from '../types'
import type zh from '../zh/track'

export default {
  title: 'My number',
  goTo: 'When called, go to {window}',
  soon: 'Almost your turn, please return',
  now: 'Your turn: {window}',
  turn: 'Your turn',
  pause: {
    window: 'The window is paused; numbers stay valid, calls go on in order',
    windowUntil: 'The window is paused until {time}; numbers stay valid, calls go on in order',
    hall: 'Calls pause; all numbers stay valid, please sit',
    hallUntil: 'Calls pause until {time}; all numbers stay valid, please sit',
  },
  missed: 'You were called; your number is still valid, please tell {window}',
  bell: {
    off: 'Ring when it is my turn',
    on: 'It will ring at your turn',
    stopped: 'Sound has stopped, tap again',
    hint: 'With the screen locked or in another app it may not ring: please listen',
    hintVibrates:
      'It vibrates at your turn. With the screen locked or in another app it may not: please listen',
  },
  rating: {
    ask: 'How was your reception today? (anonymous)',
    score: {
      5: 'Very satisfied',
      4: 'Satisfied',
      3: 'Mostly satisfied',
      2: 'Dissatisfied',
      1: 'Very dissatisfied',
    },
    thanks: 'Thank you',
  },
  tablet: {
    title: 'Rating',
    hello: 'Welcome, please sit down',
    text: 'Afterwards, please tap here how it was. Nobody learns whose answer it is.',
    unknown: 'There is no such window',
    unknownText: 'Staff, please check the address.',
  },
  seated: 'Please sit; listen and watch',
  expired: 'This number has expired',
  expiredText: 'Numbers are valid for one day. If you took it today, please ask the service desk.',
  lost: "Connection lost, please watch the hall's screen",
  loading: 'Looking up your number',
  giveUp: 'Give up my number',
  askTitle: 'Give back {number}?',
  askText: 'It will not be called.',
  keep: 'Keep',
  give: 'Give back',
} satisfies Like<typeof zh>
