import { describe, expect, it } from 'vitest'
import { fakeHall } from '@/client/fake/hall'
import { initials } from '@/words/initials'
import { search } from './search'

const { services } = fakeHall()
const found = (typed: string) => search(services, typed).map(({ name }) => name.zh)

describe('finding a department', () => {
  it.each([
    ['rs', ['人社']],
    ['ZRZY', ['自然资源']],
    ['j', ['检察院', '纪检监察', '教育', '交通']],
    ['民', ['民政', '法院', '检察院']],
    ['15', ['医保']],
    ['housing', ['住建']],
    ['xyz', []],
  ])('%s', (typed, names) => {
    expect(found(typed)).toEqual(names)
  })

  it('shows all before anything is typed', () => {
    expect(found('  ')).toHaveLength(services.length)
  })
})

describe('initials', () => {
  it.each([
    ['综合', 'ZH'],
    ['退役军人', 'TYJR'],
    ['阿坝', 'AB'],
    ['12345热线', '12345RX'],
    ['（全天）', 'QT'],
    ['', ''],
  ])('%s are %s', (text, letters) => {
    expect(initials(text)).toBe(letters)
  })

  it('hold at both ends of a letter, as dictionaries order it', () => {
    const ends = {
      A: '阿奥',
      B: '八不',
      C: '擦错',
      D: '搭多',
      F: '发福',
      G: '嘎过',
      H: '哈货',
      J: '机军',
      K: '卡阔',
    }
    for (const [letter, characters] of Object.entries(ends))
      expect(initials(characters)).toBe(letter + letter)
  })
})
