import type { Like } from '../types'
import type zh from '../zh/board'

export default {
  title: 'Board',
} satisfies Like<typeof zh>
