import type { Like } from '../types'
import type zh from '../zh/window'

export default {
  title: 'Window',
} satisfies Like<typeof zh>
