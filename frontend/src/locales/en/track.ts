import type { Like } from '../types'
import type zh from '../zh/track'

export default {
  title: 'My number',
} satisfies Like<typeof zh>
