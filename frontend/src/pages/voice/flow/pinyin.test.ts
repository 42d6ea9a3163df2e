import { describe, expect, it } from 'vitest'
import { aligned, withMark } from './pinyin'

describe('tones as marks', () => {
  it.each([
    ['qing3', 'qǐng'],
    ['hao4', 'hào'],
    ['chuang1', 'chuāng'],
    ['kou3', 'kǒu'],
    ['jiu3', 'jiǔ'],
    ['shui3', 'shuǐ'],
    ['jie1', 'jiē'],
    ['nü3', 'nǚ'],
    ['lu:4', 'lǜ'],
    ['le5', 'le'],
    ['A', 'A'],
  ])('%s is %s', (numbered, marked) => expect(withMark(numbered)).toBe(marked))
})

describe('syllables under characters', () => {
  it('gives each character its own, and punctuation none', () => {
    expect(aligned('请坐，等', 'qing3 zuo4, deng3')).toEqual([
      { text: '请', sound: 'qǐng' },
      { text: '坐', sound: 'zuò' },
      { text: '，', sound: '' },
      { text: '等', sound: 'děng' },
    ])
  })

  it('does not guess where their numbers differ, or where there is no pinyin', () => {
    expect(aligned('一百', 'yi4')).toBeNull()
    expect(aligned('三', 'san1 hao4')).toBeNull()
    expect(aligned('number', '')).toBeNull()
  })
})
