import type { Board, Hall } from '@/client/types'

/** What an address chooses: `?board=ID`, and for trying out, over what the board says, `?windows=1-10,15&columns=1`. */
export interface Choice {
  board: string | null
  /** Window numbers, or null for those of the board. */
  windows: ReadonlySet<number> | null
  /** Columns of windows, or null for the board's. */
  columns: number | null
}

export function readChoice(query: string): Choice {
  const asked = new URLSearchParams(query)
  const numbers = (asked.get('windows') ?? '').split(',').flatMap(range)
  const columns = Number(asked.get('columns'))
  return {
    board: asked.get('board') || null,
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

/** The board that an address asks for, the first where it asks for none; null when the hall has no such board. */
export function boardOf(hall: Hall, choice: Choice): Board | null {
  const boards = hall.boards?.length ? hall.boards : [plain(hall)]
  const board = choice.board === null ? boards[0] : boards.find(({ id }) => id === choice.board)
  if (!board) return null
  const { windows } = choice
  const chosen = windows && hall.windows.filter(({ number }) => windows.has(number)).map(({ id }) => id)
  return { ...board, ...(chosen && { windows: chosen }), columns: choice.columns ?? board.columns }
}

/** A hall that tells of no boards has one with everything on it. */
function plain({ name, windows, notices }: Hall): Board {
  return {
    id: 'main',
    name,
    windows: windows.map(({ id }) => id),
    columns: 0,
    distanceMetres: 0,
    screenInches: 55,
    orientation: '',
    notices,
    leader: true,
    speaks: false,
  }
}
