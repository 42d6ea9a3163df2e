/** About how wide a line is in its own letters' size: a Chinese character or mark is 1, a Latin letter or digit less. */
export function ems(text: string): number {
  return Array.from(text).reduce((sum, character) => sum + (character.charCodeAt(0) < 0x2000 ? 0.54 : 1), 0)
}
