import { describe, expect, it } from 'vitest'
import { emsOf } from './ems'
import { layout, type Asked } from './layout'
import { rowPlan } from './rows'
import { glyphFor } from './sight'

const row = rowPlan({
  numbers: ['20'],
  names: ['农业农村'],
  tickets: 2.73,
  statuses: ['暂停到00:00'],
  latin: false,
}).width

const ask = (more: Partial<Asked> = {}): Asked => ({
  screen: { width: 1920, height: 1080, inches: 55 },
  metres: 0,
  windows: 20,
  columns: null,
  number: 2.73,
  place: emsOf('20号窗口'),
  row,
  ...more,
})

const screens = [
  [1080, 1920],
  [1920, 1080],
  [3840, 2160],
  [1280, 720],
] as const
const distances = [0, 1, 2, 3, 4, 5, 6, 7, 8, 10, 12, 15, 20]
const table = screens.flatMap(([width, height]) =>
  distances.map((metres) => ({ screen: { width, height, inches: 55 }, metres })),
)

describe.each(table)('$screen.width x $screen.height from $metres m', ({ screen, metres }) => {
  const plans = Array.from({ length: 60 }, (_, n) => {
    const asked = ask({ screen, metres, windows: n + 1 })
    return { asked, plan: layout(asked) }
  })

  it('puts calls and windows onto the screen, with a gap between them', () => {
    for (const { plan } of plans) {
      const { calls, grid, edge, bottom, head, foot, gap, kind } = plan
      const width = screen.width - 2 * edge
      const height = screen.height - edge - bottom - head - foot - 2 * gap
      expect(gap).toBeGreaterThanOrEqual(16)
      expect(calls.width).toBeLessThanOrEqual(width)
      expect(calls.height).toBeLessThanOrEqual(height)
      if (kind === 'beside') expect(calls.width + 16 + grid.width).toBeLessThanOrEqual(width)
      if (kind === 'below') expect(calls.height + 16 + grid.height).toBeLessThanOrEqual(height)
    }
  })

  it('has room for every call, also while both headings stand', () => {
    for (const { plan } of plans) {
      const { slots, card, lead, height, width } = plan.calls
      expect(slots).toBeGreaterThanOrEqual(1)
      expect(card.height * slots + plan.between * (slots + 1) + 2 * plan.title).toBeLessThanOrEqual(height)
      for (const one of lead ? [card, lead] : [card]) {
        const number = 2.73 * one.number
        const place = 1.2 * one.latin + 3 * one.han
        const across = one.stacked ? Math.max(number, place) : number + 16 + place
        expect(across + 2 * one.pad).toBeLessThanOrEqual(width)
        const down = one.stacked ? one.number * 0.76 + 16 + one.latin * 0.76 : one.number * 0.76
        expect(down).toBeLessThanOrEqual(one.height)
      }
    }
  })

  it('has room for every window, on as many pages as that takes', () => {
    for (const { asked, plan } of plans) {
      const { columns, rows, pages, scale, rowHeight, width, height } = plan.grid
      const unit = plan.unit * scale
      expect(columns * rows * pages).toBeGreaterThanOrEqual(asked.windows)
      expect(columns * row * unit + (columns - 1) * 16).toBeLessThanOrEqual(width + 1)
      expect(34 * unit + rows * (rowHeight + 8 * unit)).toBeLessThanOrEqual(height + 1)
      expect(rowHeight).toBeGreaterThanOrEqual(45 * unit)
    }
  })

  it('makes the calls as high as the distance asks, or says from where they can be read', () => {
    for (const { plan } of plans) {
      const { card } = plan.calls
      const glyph = Math.min(card.number, card.latin) * 0.74
      if (plan.reach >= metres) {
        expect(glyph).toBeGreaterThanOrEqual(glyphFor(metres, screen) - 0.5)
        expect(Math.max(card.han * 0.9, glyph)).toBeGreaterThanOrEqual(glyphFor(metres, screen) - 0.5)
      } else {
        expect(metres).toBeGreaterThan(5)
        expect(plan.kind).toBe('apart')
        expect(plan.calls.slots).toBe(1)
      }
    }
  })
})

describe('a 55" screen of 1920 x 1080', () => {
  // The fonts that the rule of 12.2 mm a metre makes there, and how many calls at least.
  it.each([
    [3, 78, 64, 4],
    [5, 130, 106.5, 4],
    [10, 260, 213.5, 2],
  ])('from %i m has digits of %i px, characters of %i px, and %i calls', (metres, digits, han, calls) => {
    const { card, slots } = layout(ask({ metres })).calls
    expect(card.number).toBeGreaterThanOrEqual(digits - 0.5)
    expect(card.latin).toBeGreaterThanOrEqual(digits - 0.5)
    expect(card.han).toBeGreaterThanOrEqual(han - 0.5)
    expect(slots).toBeGreaterThanOrEqual(calls)
  })

  it('shows twenty windows beside the calls on one page', () => {
    const plan = layout(ask())
    expect(plan.kind).toBe('beside')
    expect(plan.grid).toMatchObject({ columns: 2, rows: 10, pages: 1 })
    expect(plan.calls.slots).toBe(5)
  })

  it('gives the windows pages of their own where the calls need it all', () => {
    expect(layout(ask({ metres: 10 })).kind).toBe('apart')
    expect(layout(ask({ metres: 5 })).kind).toBe('beside')
  })

  it('turns pages rather than shrink, and draws fewer windows larger', () => {
    expect(layout(ask({ windows: 60 })).grid.pages).toBe(2)
    expect(layout(ask({ windows: 5 })).grid.scale).toBeGreaterThan(layout(ask()).grid.scale)
    expect(layout(ask({ columns: 1 })).grid.columns).toBe(1)
  })
})

it('stands upright with the windows below the calls', () => {
  const plan = layout(ask({ screen: { width: 1080, height: 1920, inches: 55 } }))
  expect(plan.kind).toBe('below')
  expect(plan.grid).toMatchObject({ columns: 2, rows: 10, pages: 1 })
})

it('has an answer for no windows, and for a tiny screen', () => {
  expect(layout(ask({ windows: 0 })).grid.pages).toBe(1)
  expect(
    layout(ask({ screen: { width: 320, height: 200, inches: 5 }, windows: 60 })).grid.rows,
  ).toBeGreaterThan(0)
})
