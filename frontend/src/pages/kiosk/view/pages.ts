import type { Form } from './useLayout'

export interface Grid {
  columns: number
  rows: number
}

/** How many tiles stand on a page. Where all of them fit there is no pager. */
export function gridOf(form: Form, { large = false, low = false, tiles = 22 } = {}): Grid {
  if (form === 'wide') return large ? { columns: 2, rows: 4 } : { columns: 3, rows: 8 }
  if (form === 'small') return large ? { columns: 1, rows: 3 } : { columns: 2, rows: 3 }
  if (low) return { columns: large ? 1 : 2, rows: 3 }
  if (large) return { columns: 1, rows: 6 }
  return { columns: 2, rows: tiles > 22 ? 10 : 11 }
}

/** One page of a list. A page that does not exist becomes the nearest that does. */
export function pageOf<T>(list: readonly T[], page: number, { columns, rows }: Grid) {
  const size = columns * rows
  const pages = Math.max(1, Math.ceil(list.length / size))
  const shown = Math.min(Math.max(page, 0), pages - 1)
  return { items: list.slice(shown * size, (shown + 1) * size), page: shown, pages }
}
