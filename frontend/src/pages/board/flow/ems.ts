/**
 * How wide a text stands in the pages' font, in ems, told without drawing it: so the layout stays a pure function and
 * is right before the font has come. Each figure is the font's at its boldest, rounded up; a text never comes out wider.
 */
const wide: Partial<Record<string, number>> = { W: 0.93, M: 0.87, m: 0.98, w: 0.88 }

function em(character: string): number {
  const known = wide[character]
  if (known) return known
  if (/[0-9]/.test(character)) return 0.6
  if (/[A-Z]/.test(character)) return 0.79
  if (/[a-z]/.test(character)) return 0.66
  if (character === ' ') return 0.24
  if (/[:.,;'|!·-]/.test(character)) return 0.4
  if (character <= '\u024f') return 0.8
  // Whatever is beyond the basic plane may be a picture, which is wider than a character.
  return character > '\uffff' ? 1.4 : 1
}

export function ems(text: string): number {
  return [...text].reduce((sum, character) => sum + em(character), 0)
}

/** Latin letters and digits stand lower than Chinese at the same font size, so a text is measured in two parts. */
export interface Ems {
  latin: number
  han: number
}

export function emsOf(text: string): Ems {
  const pieces = piecesOf(text)
  const sum = (han: boolean) =>
    pieces.filter((piece) => piece.han === han).reduce((all, piece) => all + ems(piece.text), 0)
  return { latin: sum(false), han: sum(true) }
}

export interface Piece {
  text: string
  han: boolean
}

/** 3号窗口 is 3 and 号窗口: digits get the larger font that makes them as high as the characters. */
export function piecesOf(text: string): Piece[] {
  return (text.match(/[\u2e80-\uffff]+|[^\u2e80-\uffff]+/g) ?? []).map((piece) => ({
    text: piece,
    han: /^[\u2e80-\uffff]/.test(piece),
  }))
}

/** A text with the size that it is written in. */
export interface Fitted {
  text: string
  font: number
  /** Into how many lines it may break. Drawn on one, it must be kept there: engines round widths each their own way. */
  lines: number
}

/** Sizes to try, largest first, each with as many lines as there is room for. */
export type Ladder = readonly (readonly [font: number, lines: number])[]

/** The first size in which the whole text fits; where there is none, the last, cut at a character with an ellipsis. */
export function fit(text: string, width: number, ladder: Ladder): Fitted {
  const plain = text.replace(/\s+/gu, ' ').trim()
  for (const [font, lines] of ladder) {
    const breaks = plain.length < 400 ? broken(plain, width / font) : Infinity
    if (breaks <= lines) return { text: plain, font, lines: breaks }
  }
  const [font, lines] = ladder.at(-1) ?? [0, 1]
  return { text: cut(plain, width / font, lines), font, lines }
}

/** Into how many lines a text breaks that are so many ems wide: between words, and anywhere in Chinese. */
function broken(text: string, width: number): number {
  let lines = 1
  let filled = 0
  for (const token of text.match(/[\u2e80-\uffff][，。：；？！、）”]?|[^\s\u2e80-\uffff]+ ?|\s/gu) ?? []) {
    const wide = ems(token)
    if (filled + ems(token.trimEnd()) <= width) filled += wide
    else {
      // A word that is longer than a line breaks where the line ends.
      lines += Math.max(1, Math.ceil(wide / width) - (filled > 0 ? 0 : 1))
      filled = wide > width ? wide % width : wide
    }
  }
  return lines
}

const graphemes = new Intl.Segmenter('zh', { granularity: 'grapheme' })

/** Cuts where one thing that is read as a character ends, never inside of it. */
function cut(text: string, width: number, lines: number): string {
  // No more is looked at than could fit: a text may be as long as it likes.
  const segments = [...graphemes.segment(text.slice(0, Math.ceil(width * lines * 8)))].map(
    ({ segment }) => segment,
  )
  let [fits, not] = [0, segments.length + 1]
  const shortened = (count: number) => `${segments.slice(0, count).join('').trimEnd()}…`
  while (not - fits > 1) {
    const middle = Math.floor((fits + not) / 2)
    if (broken(shortened(middle), width) <= lines) fits = middle
    else not = middle
  }
  return shortened(fits)
}
