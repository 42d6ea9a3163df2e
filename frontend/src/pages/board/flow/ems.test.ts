import { describe, expect, it } from 'vitest'
import { ems, emsOf, fit, piecesOf } from './ems'

describe('a text', () => {
  it('is as wide as its characters', () => {
    expect(ems('号窗口')).toBe(3)
    expect(ems('20')).toBeCloseTo(1.2)
    expect(ems('W088')).toBeGreaterThan(ems('A012'))
  })

  it('is written in two sizes, so that digits are as high as characters', () => {
    expect(piecesOf('3号窗口')).toEqual([
      { text: '3', han: false },
      { text: '号窗口', han: true },
    ])
    expect(emsOf('20号窗口')).toEqual({ latin: 1.2, han: 3 })
    expect(emsOf('联合接访室')).toEqual({ latin: 0, han: 5 })
    expect(piecesOf('')).toEqual([])
  })
})

describe('fitting', () => {
  const ladder = [
    [36, 1],
    [30, 2],
  ] as const

  it('takes the largest size in which all of it stands', () => {
    expect(fit('号'.repeat(10), 360, ladder)).toEqual({ text: '号'.repeat(10), font: 36, lines: 1 })
    expect(fit('号'.repeat(11), 360, ladder)).toEqual({ text: '号'.repeat(11), font: 30, lines: 1 })
    expect(
      fit('Consumer, Market', 150, [
        [22, 1],
        [21, 2],
      ]).font,
    ).toBe(21)
  })

  it('cuts what is longer, and says so', () => {
    const { text, font } = fit('号'.repeat(10_000), 360, ladder)
    expect(font).toBe(30)
    expect(text).toMatch(/^号{22,23}…$/)
  })

  it('never cuts inside of what is read as one character', () => {
    const family = '👨‍👩‍👧‍👦'
    const { text } = fit(family.repeat(200), 100, [[30, 1]])
    expect(text.replaceAll(family, '')).toBe('…')
    expect(fit('é'.repeat(500), 100, [[30, 1]]).text.replaceAll('é', '')).toBe('…')
  })

  it('leaves markup as it is written, and lines as spaces', () => {
    expect(fit('<b>坐好</b>\n谢谢', 800, ladder).text).toBe('<b>坐好</b> 谢谢')
  })

  it('has an answer for a word without an end, for no room, and for nothing', () => {
    expect(fit('x'.repeat(9999), 360, ladder).text.endsWith('…')).toBe(true)
    expect(fit('号码', 5, ladder).text).toBe('…')
    expect(fit('', 360, ladder)).toEqual({ text: '', font: 36, lines: 1 })
  })
})
