import { describe, expect, it } from 'vitest'
import { fakeHall } from '@/client/fake/hall'
import type { Hall, Issuing, Leader, Service } from '@/client/types'
import { languages, pick, type Language } from '@/locales'
import zhCommon from '@/locales/zh/common'
import zhKiosk from '@/locales/zh/kiosk'
import { makeWords } from '@/words/words'
import { buttonsOf } from '../flow/calm'
import type { Calm } from '../flow/screens'
import { gridOf, pageOf } from './pages'
import { commonWords, knowsPinyin, nextLetters, servicesForLetters, servicesForWord } from './search'
import { homeTiles, sameTiles, type Writing } from './tiles'
import { hangsHigh, layoutOf, panelOf } from './useLayout'

const hall = fakeHall()
const now = new Date('2026-11-23T09:41:00+08:00')
const ids = (services: { id: string }[]) => services.map(({ id }) => id)

/** Chinese without a page around it. */
const writing: Writing = {
  t(key, holes = {}) {
    const found = key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], {
      common: zhCommon,
      kiosk: zhKiosk,
    })
    return String(found).replace(/\{(\w+)\}/g, (_, hole: string) => String(holes[hole]))
  },
  pick: (text) => pick(text, 'zh'),
  words: makeWords((languages.get('zh') as Language).words, 'zh'),
  now,
}

describe('the tiles', () => {
  const tiles = homeTiles(hall, writing)
  const tile = (id: string) => tiles.find((one) => one.id === id)

  it('are twenty services, the leader second and other offices last', () => {
    expect(tiles).toHaveLength(22)
    expect(tiles.map(({ id }) => id).slice(0, 3)).toEqual(['general', 'leader', 'housing'])
    expect(tiles.at(-1)?.id).toBe('others')
  })

  it('name the window, but never a discreet one', () => {
    expect(tile('natural-resources')?.place).toEqual(['自然资源 ', '3号', '窗口'])
    expect(tile('discipline')?.place).toEqual(['纪检监察'])
  })

  it('name a room instead of a number', () => {
    const windows = hall.windows.map((one) =>
      one.id === '7' ? ({ ...one, room: 'mediation' } as const) : one,
    )
    const justice = homeTiles({ ...hall, windows }, writing).find(({ id }) => id === 'justice')
    expect(justice?.place).toEqual(['司法 ', '人民调解室'])
  })

  it('count numbers, and promise no wait only where somebody sits', () => {
    expect(tile('natural-resources')?.status).toBe('5个号')
    expect(tile('civil-affairs')?.status).toBe('不用等')
    const empty = { ...hall, services: hall.services.map((one) => ({ ...one, staffed: false })) }
    expect(homeTiles(empty, writing).find(({ id }) => id === 'civil-affairs')?.status).not.toBe('不用等')
  })

  it('say when, by shape and word', () => {
    expect(tile('water')).toMatchObject({ shape: 'clock', status: '下午2:30起', away: true })
    expect(tile('urban-management')).toMatchObject({ shape: 'bars', status: '暂停到10:00', away: false })
  })

  it('promise no end of a pause that has passed', () => {
    const services = hall.services.map((one) =>
      one.id === 'housing'
        ? { ...one, availability: 'paused' as const, until: '2026-11-23T10:00:00+08:00' }
        : one,
    )
    const status = (at: string) =>
      homeTiles({ ...hall, services }, { ...writing, now: new Date(`2026-11-23T${at}:00+08:00`) }).find(
        ({ id }) => id === 'housing',
      )?.status
    expect(status('09:41')).toBe('暂停到10:00')
    expect(status('10:01')).not.toContain('10:00')
  })

  it('stay the same ones while they say the same', () => {
    const before = homeTiles(hall, writing)
    const services = hall.services.map((one) => (one.id === 'housing' ? { ...one, waiting: 77 } : one))
    const after = sameTiles(before, homeTiles({ ...hall, services }, writing))
    expect(after.filter((tile) => !before.includes(tile)).map(({ id }) => id)).toEqual(['housing'])
    expect(sameTiles(undefined, before)).toEqual(before)
  })

  it('look open before the day has begun', () => {
    const services = hall.services.map((one) => ({ ...one, availability: 'closed' as const, windows: [] }))
    const before = homeTiles({ ...hall, services, phase: 'closed', day: '' }, writing)
    expect(before.filter(({ kind, away }) => kind === 'service' && away)).toEqual([])
    const after = homeTiles({ ...hall, services }, writing)
    expect(after.filter(({ kind, away }) => kind === 'service' && !away)).toEqual([])
  })
})

describe('the tiles of a hall with hours', () => {
  const [, another] = hall.services
  const leaders = { ...another, id: 'leader', topic: { ...another?.topic, icon: 'leader' } } as Service
  const turn: Leader = {
    post: { zh: '副县长', en: 'Deputy County Head' },
    name: { zh: '某某', en: 'N. N.' },
    from: '2026-11-23T09:00:00+08:00',
    until: '2026-11-23T11:30:00+08:00',
    service: 'leader',
  }
  const nextLeader = { ...turn, from: '2026-11-25T09:00:00+08:00', until: '2026-11-25T11:30:00+08:00' }
  const tileOf = (id: string, more: Partial<Hall>) =>
    homeTiles({ ...hall, ...more }, writing).find((one) => one.id === id)
  const withLeaders = (own: Partial<Service>) => ({ services: [...hall.services, { ...leaders, ...own }] })

  it.each<[Issuing, string]>([
    [{ state: 'early', from: '2026-11-23T14:30:00+08:00' }, '下午2:30起'],
    [{ state: 'off', from: '2026-11-24T08:30:00+08:00' }, '今天休息'],
    [{ state: 'stopped' }, '取号结束'],
  ])('promise nothing while no numbers are given: %o', (issuing, status) => {
    expect(tileOf('housing', { issuing })).toMatchObject({ status, away: true })
  })

  it('say of each service what its own hours say', () => {
    const change = (own: Partial<Service>) => ({
      services: hall.services.map((one) => (one.id === 'housing' ? { ...one, ...own } : one)),
    })
    expect(tileOf('housing', change({ issuing: 'off' }))?.status).toBe('今天不开')
    expect(tileOf('housing', change({ issuing: 'stopped' }))?.status).toBe('取号结束')
    const from = '2026-11-23T14:30:00+08:00'
    expect(tileOf('housing', change({ staffed: false, from }))?.status).toBe('下午2:30起')
  })

  it('promise no short wait while the whole hall pauses', () => {
    const pause = { reason: 'meeting', until: '2026-11-23T10:00:00+08:00' } as const
    expect(tileOf('civil-affairs', { pause })?.status).toBe('暂停到10:00')
  })

  it('offer a leader only while the rota says so, once', () => {
    const services = withLeaders({ staffed: false, waiting: 3, availability: 'closed' })
    expect(tileOf('leader', { ...services, leader: turn })).toMatchObject({
      kind: 'leader',
      head: '要见领导',
      status: '3个号',
      away: false,
    })
    expect(homeTiles({ ...hall, ...services, leader: turn }, writing)).toHaveLength(22)
  })

  it('say when the next leader comes', () => {
    const services = withLeaders({ issuing: 'off' })
    expect(tileOf('leader', { ...services, nextLeader })).toMatchObject({
      place: ['下次：星期三'],
      status: '今天没有',
      away: true,
    })
    expect(tileOf('leader', services)?.place).toEqual(['领导接访室'])
    expect(tileOf('leader', { ...withLeaders({ issuing: 'stopped' }), nextLeader })?.status).toBe('取号结束')
  })
})

describe('pages of tiles', () => {
  const list = Array.from({ length: 22 }, (_, index) => index)

  it('show every tile once', () => {
    for (const form of ['tall', 'wide', 'small'] as const)
      for (const large of [false, true])
        for (const low of [false, true]) {
          const grid = gridOf(form, { large, low })
          const { pages } = pageOf(list, 0, grid)
          const shown = Array.from({ length: pages }, (_, page) => pageOf(list, page, grid).items).flat()
          expect(shown).toEqual(list)
        }
  })

  it('fit the upright panel without turning, and six large ones', () => {
    expect(pageOf(list, 0, gridOf('tall')).pages).toBe(1)
    expect(pageOf(list, 0, gridOf('tall', { large: true })).items).toHaveLength(6)
  })

  it('never lead beyond the last', () => {
    expect(pageOf(list, 9, gridOf('tall', { low: true }))).toMatchObject({ page: 3, items: [18, 19, 20, 21] })
  })
})

describe('the layout', () => {
  it.each([
    [1080, 1920, null, 'tall', 1],
    [540, 960, null, 'tall', 0.5],
    [1920, 1080, null, 'wide', 1],
    [1280, 633, null, 'wide', 633 / 1080],
    [1080, 1920, 268, 'tall', 1],
    [1080, 1920, 398, 'tall', 1],
    [1280, 800, 217, 'small', (1280 / 217) * 0.248],
  ] as const)('of %d by %d pixels, %s mm wide, is %s', (width, height, panel, form, unit) => {
    const layout = layoutOf(width, height, panel)
    expect(layout.form).toBe(form)
    expect(layout.unit).toBeCloseTo(unit, 2)
    expect(layout.width * layout.unit).toBeLessThanOrEqual(width + 0.01)
    expect(layout.height * layout.unit).toBeLessThanOrEqual(height + 0.01)
  })

  it('keeps 20 mm for a finger on a tablet', () => {
    const { unit } = layoutOf(1280, 800, 217)
    expect((81 * unit * 217) / 1280).toBeGreaterThanOrEqual(20)
  })
})

describe('search', () => {
  it.each([
    ['讨工钱', ['social-security']],
    ['没水喝', ['water']],
    ['退伍', ['veterans']],
    ['村干部', ['discipline']],
    ['补贴', ['civil-affairs', 'agriculture', 'forestry']],
  ])('leads %s to %s', (word, services) => {
    expect(ids(servicesForWord(hall.services, word)).sort()).toEqual([...services].sort())
  })

  it('knows every word it offers', () => {
    expect(commonWords).toHaveLength(24)
    expect(commonWords.filter((word) => servicesForWord(hall.services, word).length === 0)).toEqual([])
    expect(Object.keys(zhKiosk.word)).toEqual(commonWords)
  })

  it('finds by the first letters of the pinyin', () => {
    expect(knowsPinyin).toBe(true)
    expect(ids(servicesForLetters(hall.services, 'TGQ', 'zh'))).toEqual(['social-security'])
    expect(ids(servicesForLetters(hall.services, 'FCZ', 'zh'))).toContain('housing')
    expect(servicesForLetters(hall.services, '', 'zh')).toEqual([])
  })

  it('offers only letters that lead further', () => {
    const next = nextLetters(hall.services, 'TG', 'zh')
    expect(next.has('Q')).toBe(true)
    for (const letter of next) expect(servicesForLetters(hall.services, `TG${letter}`, 'zh')).not.toEqual([])
    expect(nextLetters(hall.services, '', 'zh').has('I')).toBe(false)
  })

  it('finds by the first letters of English words', () => {
    expect(ids(servicesForLetters(hall.services, 'HOU', 'en'))).toContain('housing')
  })
})

describe('calm screens', () => {
  const calms = Object.keys(zhKiosk.calm) as Calm[]

  it('have a title of at most twelve characters', () => {
    const long = calms.filter((calm) => {
      const title = zhKiosk.calm[calm].title.replace('{number}', 'C012').replace('{office}', '水利')
      return (
        [
          ...title
            .replace('{time}', '下午')
            .replace('C012', '号')
            .replace(/[，：？]/g, ''),
        ].length > 12
      )
    })
    expect(long).toEqual([])
  })

  it('each lead on, but while paper comes', () => {
    expect(calms.filter((calm) => buttonsOf(calm).length === 0)).toEqual(['reprinting'])
  })

  it('do not send from the general window to itself', () => {
    expect(buttonsOf('paused', { isGeneral: true }).map(({ act }) => act)).toEqual(['continue', 'back'])
    expect(buttonsOf('paused').map(({ act }) => act)).toEqual(['continue', 'general', 'back'])
  })
})

describe('a panel that hangs so high that a wheelchair does not reach', () => {
  it.each([
    [null, false],
    [800, false],
    [850, false],
    [860, true],
    [900, true],
  ])('its lower edge at %s mm: the low layout is the usual one: %s', (edge, high) =>
    expect(hangsHigh(edge, null)).toBe(high),
  )

  it('is told in the address, with what makes sense only', () => {
    expect(panelOf('?panel=217&edge=900')).toEqual({ panel: 217, edge: 900 })
    expect(panelOf('?panel=x&edge=90000')).toEqual({ panel: null, edge: null })
  })
})
