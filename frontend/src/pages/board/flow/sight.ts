/** What can be read from afar: a glyph must be 0.7 degrees high, 12.2 mm for each metre. */
const millimetresAMetre = 12.2
const inch = 25.4

/** How high a glyph of the pages' font is against its font size. */
export const height = { latin: 0.74, han: 0.9 }

export interface Screen {
  /** Pixels of the page, as it is read: of a page that turns itself, after the turn. */
  width: number
  height: number
  /** The diagonal. */
  inches: number
}

/** Millimetres from one pixel of the page to the next. */
export function pitch({ width, height, inches }: Screen): number {
  return (inches * inch) / Math.hypot(width, height)
}

/** How high (pixels) a glyph must be that is read from so far (metres). */
export function glyphFor(metres: number, screen: Screen): number {
  return (metres * millimetresAMetre) / pitch(screen)
}

/** From how far (metres) a glyph of so many pixels can be read. */
export function reach(glyph: number, screen: Screen): number {
  return (glyph * pitch(screen)) / millimetresAMetre
}
