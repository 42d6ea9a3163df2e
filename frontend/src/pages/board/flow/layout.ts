/**
 * Where everything stands on the wall, and how large. A pure function of the screen and of what is to be shown; the
 * page draws exactly what it says.
 *
 * The newest calls are what must be read from the board's distance: number and window get the glyph height that it
 * asks for. The windows are for whoever stands near; they go beside the calls, below them, or, where neither leaves
 * room, on pages of their own. A board without a distance is drawn as large as calls and windows let each other be.
 */
import type { Ems } from './ems'
import { glyphFor, height, reach, type Screen } from './sight'

export interface Asked {
  screen: Screen
  /** From how far the calls must be read; 0 fills the screen. */
  metres: number
  /** How many windows the board shows, and in how many columns; null for as many as look best. */
  windows: number
  columns: number | null
  /** The widest number that may be called, in ems. */
  number: number
  /** The widest place that a number may be called to. */
  place: Ems
  /** What a row of a window needs, in units at the size of its drawing. */
  row: number
}

/** A box, in pixels. */
export interface Box {
  width: number
  height: number
}

/** How a call is written. */
export interface CardPlan extends Box {
  /** The number above its window instead of beside it. */
  stacked: boolean
  /** Font sizes: the number's, and the place's for its Latin and its Chinese part; and of the name, 0 for no room. */
  number: number
  latin: number
  han: number
  name: number
  pad: number
}

export interface CallsPlan extends Box {
  /** How many calls stand at once. */
  slots: number
  card: CardPlan
  /** The newest call alone, over two slots; null where all are alike. */
  lead: CardPlan | null
}

export interface GridPlan extends Box {
  columns: number
  rows: number
  pages: number
  /** The size of a row against its drawing. */
  scale: number
  rowHeight: number
}

export interface Layout {
  /** beside and below: calls and windows together. apart: in turn. */
  kind: 'beside' | 'below' | 'apart'
  upright: boolean
  /** One unit of the drawing, in pixels. */
  unit: number
  /** Edge of the page, at the bottom too, gap between its parts, and the heights of its head and foot. */
  edge: number
  bottom: number
  gap: number
  head: number
  foot: number
  /** The height of a heading. */
  title: number
  /** Between cards. */
  between: number
  calls: CallsPlan
  grid: GridPlan
  /** From how far (metres) the calls can be read. */
  reach: number
}

/** At its drawing a row is so high, with its gap to the next and to the next column. */
const drawn = { height: 50, gap: 8, aside: 24, head: 34 }
/** Rows are drawn no smaller than this part of their drawing; then they go on the next page. */
const least = 0.79
const most = 1.7
/** No two things on the wall stand closer (pixels). */
const apartness = 16
const mostCalls = 5
/** What a glyph may lose because fonts are whole quarters of a pixel. */
const lost = 0.2

export function layout(asked: Asked): Layout {
  const frame = frameOf(asked.screen)
  const body = {
    width: asked.screen.width - 2 * frame.edge,
    height: asked.screen.height - frame.edge - frame.bottom - frame.head - frame.foot - 2 * frame.gap,
  }
  const glyph = glyphFor(asked.metres, asked.screen)
  const all = candidates(asked, frame, body, glyph).filter((one) => one.grid.scale >= least)
  // What fills the screen stands as the screen does; a distance takes what room there is.
  const usual = frame.upright ? 'below' : 'beside'
  const together = asked.metres
    ? all.filter(({ calls }) => calls.slots >= 2 && glyphOf(calls) >= glyph)
    : all.filter(({ kind }) => kind === usual)
  const [best] = together.sort((a, b) => b.score - a.score)
  const { kind, calls, grid } = best ?? apart(asked, frame, body, glyph)
  return { ...frame, kind, calls, grid, reach: reach(glyphOf(calls), asked.screen) }
}

type Frame = Omit<Layout, 'kind' | 'calls' | 'grid' | 'reach'>

function frameOf({ width, height }: Screen): Frame {
  const upright = height > width
  const unit = upright ? Math.min(width / 1080, height / 1920) : Math.min(width / 1920, height / 1080)
  const px = (units: number) => Math.max(apartness, Math.round(units * unit))
  return {
    upright,
    unit,
    edge: px(upright ? 32 : 36),
    bottom: px(16),
    gap: px(20),
    head: px(upright ? 150 : 84),
    foot: px(upright ? 116 : 84),
    title: px(40),
    between: px(16),
  }
}

interface Candidate {
  kind: Layout['kind']
  calls: CallsPlan
  grid: GridPlan
  score: number
}

/** Every way to put calls and windows on one page. */
function candidates(asked: Asked, frame: Frame, body: Box, glyph: number): Candidate[] {
  const shares = Array.from({ length: 53 }, (_, n) => 0.22 + n / 100)
  return shares.flatMap((share) => {
    const across = Math.round((body.width - frame.gap * 1.8) * share)
    const down = Math.round((body.height - frame.gap) * share)
    return [
      candidate(
        'beside',
        asked,
        frame,
        glyph,
        { ...body, width: across },
        { ...body, width: Math.floor(body.width - frame.gap * 1.8 - across) },
      ),
      candidate(
        'below',
        asked,
        frame,
        glyph,
        { ...body, height: down },
        { ...body, height: body.height - frame.gap - down },
      ),
    ]
  })
}

function candidate(
  kind: Layout['kind'],
  asked: Asked,
  frame: Frame,
  glyph: number,
  forCalls: Box,
  forGrid: Box,
): Candidate {
  const calls = callsIn(forCalls, asked, frame, glyph)
  const grid = gridIn(forGrid, asked, frame)
  const paging = grid.pages - 1
  const size = Math.log(glyphOf(calls) / frame.unit) + 2 * Math.log(Math.min(grid.scale, 1.25))
  const score = asked.metres ? calls.slots - 0.7 * paging + grid.scale : size - 3 * paging
  return { kind, calls, grid, score }
}

/** Calls have the whole page, and the windows have it after them. */
function apart(asked: Asked, frame: Frame, body: Box, glyph: number): Omit<Candidate, 'score'> {
  return { kind: 'apart', calls: callsIn(body, asked, frame, glyph), grid: gridIn(body, asked, frame) }
}

/** The lower of the two heights that must be read. */
function glyphOf({ card }: CallsPlan): number {
  return Math.min(card.number * height.latin, card.latin * height.latin)
}

/** As many calls as can be read from afar, each in a slot of its own. */
function callsIn(box: Box, asked: Asked, frame: Frame, glyph: number): CallsPlan {
  const fits = (slots: number) => callsOf(slots, box, asked, frame, glyph)
  for (let slots = mostCalls; slots > 1 && glyph > 0; slots--) {
    const calls = fits(slots)
    if (glyphOf(calls) >= glyph) return calls
  }
  return fits(glyph > 0 ? 1 : mostCalls)
}

function callsOf(slots: number, box: Box, asked: Asked, frame: Frame, glyph: number): CallsPlan {
  // Both headings keep their room, so that calls do not jump when one of them comes or goes.
  const free = box.height - 2 * frame.title - (slots + 1) * frame.between
  const slot = { width: box.width, height: Math.floor(free / slots) }
  const card = cardIn(slot, asked, glyph)
  const double = { width: slot.width, height: 2 * slot.height + frame.between }
  return { ...box, slots, card, lead: slots >= 4 ? cardIn(double, asked, glyph) : null }
}

/** The larger of the two ways to write a call into a box. */
function cardIn(box: Box, asked: Asked, glyph: number): CardPlan {
  const [best] = [card(box, asked, glyph, false), card(box, asked, glyph, true)].sort(
    (a, b) => b.number - a.number,
  )
  return best as CardPlan
}

/**
 * In heights of the number's glyph, a card is so high: edges, and then the place beside the number, or below it. Where
 * the distance is given, the place is as high as the number; else it may be smaller, and leaves room for the name.
 */
function card(box: Box, { number, place }: Asked, glyph: number, stacked: boolean): CardPlan {
  const ratio = glyph > 0 ? 1 : 0.78
  const pad = glyph > 0 ? 0.1 : 0.2
  const wide = place.latin + (place.han * height.latin) / height.han
  const across = stacked ? Math.max(number, ratio * wide) : number + 0.45 + ratio * wide
  const down = stacked ? 1.34 + ratio : 1
  const airy = box.height / (down + (stacked ? 0.75 : 0.9))
  // Air is given up where the distance asks for it, and no more of it than that.
  const high = Math.min(
    (box.width * height.latin) / (across + 2 * pad),
    Math.max(airy, Math.min(glyph + lost, box.height / (down + 0.4))),
  )
  const font = high / height.latin
  // Beside a stacked place, or below it, is room for the name.
  const left = box.height / high - ratio - 0.75
  const name = stacked ? 0.36 : left > 0.2 ? Math.min(0.42, left / 1.3) : 0
  return {
    ...box,
    stacked,
    number: floor(font),
    latin: floor(ratio * font),
    han: floor((ratio * font * height.latin) / height.han),
    name: floor(name * font),
    pad: floor(pad * font),
  }
}

/** Fonts in quarters of a pixel, rounded down but for what floating point lost. */
const floor = (size: number) => Math.floor(size * 4 + 1e-6) / 4

/** The fewest pages on which rows are large enough, and the columns in which they are largest there. */
function gridIn(box: Box, asked: Asked, frame: Frame): GridPlan {
  const counts = asked.columns ? [asked.columns] : [1, 2, 3, 4]
  const title = asked.metres ? frame.title : 0
  const place = { width: box.width, height: box.height - title }
  for (let pages = 1; ; pages++) {
    const onPage = Math.max(1, Math.ceil(asked.windows / pages))
    const [best] = counts
      .map((columns) => rowsIn(place, onPage, columns, asked.row, frame.unit))
      .sort((a, b) => b.scale - a.scale)
    if (best && (best.scale >= least || onPage === 1)) return { ...box, ...best, pages }
  }
}

function rowsIn(box: Box, count: number, columns: number, row: number, unit: number) {
  const rows = Math.ceil(count / columns)
  const aside = Math.max(apartness, drawn.aside * unit)
  const wide = (box.width - (columns - 1) * aside) / columns / row / unit
  const high = box.height / unit / (drawn.head + rows * (drawn.height + drawn.gap))
  const scale = Math.min(wide, high, most)
  const free = (box.height - drawn.head * scale * unit) / rows - drawn.gap * scale * unit
  return { columns, rows, scale, rowHeight: Math.floor(Math.min(free, 1.7 * drawn.height * scale * unit)) }
}
