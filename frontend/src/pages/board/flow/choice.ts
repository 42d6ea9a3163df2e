/** What an address chooses: `?windows=1-10,15&columns=1`. */
export interface Choice {
  /** Window numbers, or null for all. */
  windows: ReadonlySet<number> | null
  /** Columns of windows, or null for as many as look best. */
  columns: number | null
}

export function readChoice(query: string): Choice {
  const asked = new URLSearchParams(query)
  const numbers = (asked.get('windows') ?? '').split(',').flatMap(range)
  const columns = Number(asked.get('columns'))
  return {
    windows: numbers.length ? new Set(numbers) : null,
    columns: Number.isInteger(columns) && columns >= 1 && columns <= 4 ? columns : null,
  }
}

/** `3` or `1-10`; anything else chooses nothing. */
function range(text: string): number[] {
  const [, low = '', high = low] = /^\s*(\d{1,3})(?:\s*-\s*(\d{1,3}))?\s*$/.exec(text) ?? []
  if (!low) return []
  return Array.from({ length: Math.max(0, Number(high) - Number(low) + 1) }, (_, n) => Number(low) + n)
}
