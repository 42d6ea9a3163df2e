import type { Words } from '@/words/words'

/** Elapsed time as a clerk needs it: seconds in the first minute, whole minutes after. */
export function span(words: Words, seconds: number): string {
  return seconds < 60 ? words.duration(seconds) : words.minutes(seconds)
}
