/** What stands in a row of a window, and how wide: in units, at the size of its drawing. */
import { ems, fit, type Fitted } from './ems'

export interface RowPlan {
  number: number
  name: number
  ticket: number
  status: number
  waiting: number
  /** The font of the status; Latin words are longer than Chinese ones. */
  statusFont: number
  nameFont: number
  /** All of it, with gaps and edges. */
  width: number
}

export const fonts = { number: 38, ticket: 39, waiting: 30, head: 21 }
/** A gap stays 16 pixels of a 1080-line screen in the smallest rows. */
export const gap = 20.5
const [padding, border] = [14, 3]

/** The shape before a status, and the air behind it, in ems. */
const shapeWide = 1.35

/** Names of more characters than this take two lines. */
const longestName = 4.2

export interface RowTexts {
  numbers: readonly string[]
  names: readonly string[]
  tickets: number
  statuses: readonly string[]
  /** Latin letters are smaller, so that a row of them is not much wider. */
  latin: boolean
}

export function rowPlan({ numbers, names, tickets, statuses, latin }: RowTexts): RowPlan {
  const [nameFont, statusFont] = latin ? [22, 20] : [31, 27]
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(ems))
  const plan = {
    number: Math.max(1.2, widest(numbers)) * fonts.number,
    name: latin ? 158 : Math.max(2, Math.min(longestName, widest(names))) * nameFont,
    ticket: tickets * fonts.ticket,
    status: (shapeWide + widest(statuses)) * statusFont,
    waiting: 1.2 * fonts.waiting,
  }
  const width = Object.values(plan).reduce((sum, one) => sum + one, 0)
  return { ...plan, statusFont, nameFont, width: width + 4 * gap + 2 * (padding + border) }
}

/** A status in its place: what is said only at the end of a day is longer than what rows are laid out for. */
export function fitStatus(word: string, { status: width, statusFont }: RowPlan): Fitted {
  return fit(word, width - shapeWide * statusFont, [
    [statusFont, 1],
    [0.82 * statusFont, 1],
    [0.82 * statusFont, 2],
  ])
}

/** A window's name in its place: on one line, else smaller on two, where Work, Social Security fits whole; else cut. */
export function fitName(name: string, { name: width, nameFont }: RowPlan): Fitted {
  return fit(name, width, [
    [nameFont, 1],
    [Math.min(nameFont, 21), 2],
    [18, 2],
  ])
}
