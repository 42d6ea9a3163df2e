/** Signs above and below letters take no room. */
const marks = /\p{M}/u

/** About how wide a line is in its own letters' size: a Chinese character or mark is 1, a letter or digit less. */
export function ems(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + widthOf(character), 0)
}

function widthOf(character: string): number {
  const code = character.charCodeAt(0)
  if (code < 0x250) return 0.54
  if (marks.test(character)) return 0
  // Alphabets of other scripts are in fonts of the machine, and wider than ours.
  return code < 0x2000 ? 0.7 : 1
}
