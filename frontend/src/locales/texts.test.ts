// @vitest-environment node
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { fileOf, target, textsOfPages, type PageText } from '../../scripts/texts.mjs'
import { makeWords, type Templates } from '@/words/words'
import chinese from './zh/words'

const texts: PageText[] = textsOfPages()

it('is what the program knows of the pages’ texts: npm run generate', () => {
  expect(readFileSync(target, 'utf8')).toBe(fileOf(texts))
})

it('has each text once, in Chinese and English', () => {
  expect(new Set(texts.map(({ key }) => key)).size).toBe(texts.length)
  const lacking = texts.filter(
    ({ zh, en, zhForms, enForms }) => !(zh && en) && !(zhForms?.['other'] && enForms?.['other']),
  )
  expect(lacking).toEqual([])
})

it('reads the files as they are run', () => {
  const told = texts.filter(({ key }) => key.startsWith('words.month.')).map(({ zh }) => zh)
  expect(told).toEqual(Object.values(chinese.month))
})

/** A language of which only this much is known. */
const words = (own: Partial<Templates>, tag: string) => makeWords({ ...chinese, ...own }, tag)

it('counts in the plurals of the language', () => {
  const numbers = { one: '{n} номер', few: '{n} номера', many: '{n} номеров', other: '{n} номера' }
  const { numbers: told } = words({ numbers }, 'ru')
  expect([1, 3, 5, 21].map(told)).toEqual(['1 номер', '3 номера', '5 номеров', '21 номер'])
})

it('counts hours to 24 where the language does', () => {
  const { time, hours } = words(
    { clock: '{hour24}.{minute}', time: '{clock}', hoursSame: '{from}–{until}' },
    'de',
  )
  const at = (clock: string) => new Date(`2026-11-23T${clock}:00+08:00`)
  expect(time(at('14:30'), 'Asia/Shanghai')).toBe('14.30')
  expect(hours(at('14:30'), at('17:05'), 'Asia/Shanghai')).toBe('14.30–17.05')
})
