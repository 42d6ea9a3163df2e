import type { Like } from '../types'
import type zh from '../zh/kiosk'

export default {
  title: 'Take a number',
} satisfies Like<typeof zh>
