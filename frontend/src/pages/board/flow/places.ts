import type { Call, Window } from '@/client/types'
import type { Words } from '@/words/words'

/** Where a number is called to: a window by its number, a room by its name. */
export function placeText(
  place: Pick<Call, 'windowNumber' | 'room'> | Pick<Window, 'number' | 'room'>,
  { t, words }: { t: (key: string) => string; words: Words },
): string {
  if (place.room) return t(`board.room.${place.room}`)
  return words.window('number' in place ? place.number : place.windowNumber)
}
