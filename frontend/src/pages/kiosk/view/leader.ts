import type { Leader, Text } from '@/client/types'

/** A leader's post and name. */
export function leaderWords(leader: Leader | null | undefined, pick: (text: Text) => string): string {
  return leader ? [pick(leader.post), pick(leader.name)].filter(Boolean).join(' ') : ''
}
