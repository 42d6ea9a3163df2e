/** The place for the windows, in units of the page, beside or below the calls. */
const places = { wide: { width: 1148, height: 800 }, tall: { width: 1000, height: 850 } }
/** What one row needs at the size of its drawing, its gaps to the next row and column, in units. */
const row = { width: 558, height: 50, gap: 8, aside: 24 }
/** Rows are drawn no smaller than this part of their drawing; then they go on the next page. */
const least = 0.85
const most = 2

/** How the windows stand on the wall. */
export interface Layout {
  columns: number
  /** Rows of a page. */
  rows: number
  pages: number
  /** The size of a row against its drawing. */
  scale: number
}

/** Finds the columns and pages in which so many windows are largest. */
export function layout(count: number, tall: boolean, columns: number | null): Layout {
  const place = tall ? places.tall : places.wide
  const choices = columns ? [columns] : [1, 2, 3]
  for (let pages = 1; ; pages++) {
    const onPage = Math.ceil(count / pages)
    const [best] = choices.map((one) => fit(onPage, one, place)).sort((a, b) => b.scale - a.scale)
    if (!best) throw new RangeError('no columns')
    if (best.scale >= least || onPage <= 1) return { ...best, pages }
  }
}

function fit(count: number, columns: number, { width, height }: { width: number; height: number }) {
  const rows = Math.max(1, Math.ceil(count / columns))
  const wide = ((width + row.aside) / columns - row.aside) / row.width
  const high = (height / rows - row.gap) / row.height
  return { columns, rows, scale: Math.min(wide, high, most) }
}
