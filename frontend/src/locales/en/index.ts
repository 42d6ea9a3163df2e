import type { Like } from '../types'
import type zh from '../zh/index'

export default {
  title: 'Choose a page',
} satisfies Like<typeof zh>
