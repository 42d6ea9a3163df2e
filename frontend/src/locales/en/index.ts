import type { Like } from '../types'
import type zh from '../zh/index'

export default {
  title: 'Queue',
  what: 'Visitors take a number and sit down, windows call and receive them, and the board tells everybody which number goes where.',
  other: '中文',
  steps: {
    title: 'New here? Four steps',
    take: 'Take a number',
    takeText: 'Two taps on the kiosk',
    slip: 'See its slip',
    slipText: 'Number, window, QR code',
    slipNone: 'It prints once there is a printer',
    call: 'Call it',
    callText: 'Open a window, press “Next”',
    wall: 'See the board',
    wallText: 'Number and window are there at once',
  },
  kiosk: 'Kiosk',
  kioskText: 'For visitors: a touch screen at the door',
  window: 'Window',
  windowText: 'For clerks: call, receive, send on',
  board: 'Board',
  boardText: 'For everybody in the hall: on the wall',
  slipAlt: 'The newest slip',
  lost: 'Connection lost, trying again',
  slips: 'Write the slips',
  voice: 'Record a voice',
  api: 'API',
} satisfies Like<typeof zh>
