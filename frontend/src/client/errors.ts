import type { Problem, Text } from './types'

/** The two codes that are born on this side of the line. */
export const unreachable = 'hub.unreachable'
export const unexpected = 'hub.unexpected'

/** Why the hall did not do what was asked. Pages switch on `code` and show `text` to people. */
export class HallError extends Error {
  override readonly name = 'HallError'

  constructor(
    /** Stable, such as `ticket.not-waiting`; see the API's document. */
    readonly code: string,
    /** The hall's sentence for people, where the hall sent one. */
    readonly text: Text | null = null,
    /** The whole problem, for members such as retryAt. */
    readonly problem: Partial<Problem> = {},
    cause?: unknown,
  ) {
    super(code, { cause })
  }

  /** When the same request may succeed, where the hall knows. */
  get retryAt(): Date | null {
    return this.problem.retryAt ? new Date(this.problem.retryAt) : null
  }
}

/** Reads a problem as the API or a Wails binding gives it; anything else becomes hub.unexpected. */
export function toHallError(raw: unknown): HallError {
  if (raw instanceof HallError) return raw
  if (typeof raw === 'object' && raw !== null && 'code' in raw && typeof raw.code === 'string') {
    const problem = raw as Partial<Problem> & { code: string }
    const text = typeof problem.message === 'object' ? problem.message : null
    return new HallError(problem.code, text, problem)
  }
  return new HallError(unexpected, null, {}, raw)
}
