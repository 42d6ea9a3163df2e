import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { defineComponent, h, type App } from 'vue'
import { FakeClient } from '@/client/fake'
import type { LanguageTexts } from '@/client/types'
import { installLanguages, useLanguage } from '.'

const inside = {
  '../zh/kiosk.ts': { take: '取号', greeting: '您好', tile: { leaderNext: '下次：{day}' } },
  '../en/kiosk.ts': { take: 'Take a number', greeting: 'Welcome' },
}
const uyghur: LanguageTexts = {
  tag: 'ug',
  name: 'ئۇيغۇرچە',
  direction: 'rtl',
  fallback: 'en',
  own: true,
  texts: {
    kiosk: { take: 'نومۇر ئېلىش', tile: { leaderNext: 'a@b | {day} $1' } },
    words: { numbers: { other: '{n} نومۇر' }, window: 7 },
  },
  names: { 住建: 'قۇرۇلۇش' },
}

let hall: FakeClient
let page: VueWrapper
let language: ReturnType<typeof useLanguage>

const Page = defineComponent(() => {
  language = useLanguage()
  const { t, words, pick } = language
  const says = () => [
    t('kiosk.take'),
    t('kiosk.greeting'),
    t('kiosk.tile.leaderNext', { day: 'D' }),
    words.value.numbers(3),
    words.value.window(3),
    pick({ zh: '住建', en: 'Housing' }),
    pick({ zh: '水利', en: 'Water' }),
  ]
  return () => h('p', says().join('; '))
})

beforeEach(() => {
  vi.useFakeTimers()
  hall = new FakeClient()
})
afterEach(() => {
  page.unmount()
  hall.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

async function open(lang = ''): Promise<void> {
  if (lang) vi.stubGlobal('location', { search: `?lang=${lang}` })
  let ready = Promise.resolve()
  const plugin = { install: (app: App) => void (ready = installLanguages(app, inside, {}, hall)) }
  page = mount(Page, { global: { plugins: [plugin] } })
  await vi.advanceTimersByTimeAsync(0)
  await Promise.race([ready, flushPromises()])
}

const chinese = '取号; 您好; 下次：D; 3个号; 3号窗口; 住建; 水利'
const further = 'نومۇر ئېلىش; 您好; a@b | D $1; 3 نومۇر; Window 3; قۇرۇلۇش; Water'
const direction = () => document.documentElement.dir
const tag = () => document.documentElement.lang

it('speaks a language of the hall as far as it goes, and from the right', async () => {
  hall.further.push(uyghur)
  await open()
  expect(language.choices.value.map(({ name }) => name)).toEqual(['中文', 'English', 'ئۇيغۇرچە'])
  expect(await language.choose('ug')).toBe(true)
  await flushPromises()
  expect(page.text()).toBe(further)
  expect([tag(), direction()]).toEqual(['ug', 'rtl'])
  language.reset()
  await flushPromises()
  expect(page.text()).toBe(chinese)
  expect([tag(), direction()]).toEqual(['zh-CN', 'ltr'])
})

it('stays as it is when the texts do not come', async () => {
  hall.further.push(uyghur)
  await open()
  hall.mute = true
  expect(await language.choose('ug')).toBe(false)
  expect(page.text()).toBe(chinese)
  hall.mute = false
  expect(await language.choose('ug')).toBe(true)
})

it('stays as it is for a language that nobody has', async () => {
  await open('xx')
  await vi.advanceTimersByTimeAsync(3_000)
  expect(page.text()).toBe(chinese)
  language.reset()
  await flushPromises()
  expect(page.text()).toBe(chinese)
})

it('takes the hall’s own words for those inside the page', async () => {
  const own = { ...uyghur, tag: 'zh', name: '汉语', direction: 'ltr', fallback: 'zh', names: {} } as const
  hall.further.push({
    ...own,
    texts: { kiosk: { take: '拿个号' }, words: { numbers: { other: '{n}张号' } } },
  })
  await open()
  await flushPromises()
  expect(page.text()).toBe('拿个号; 您好; 下次：D; 3张号; 3号窗口; 住建; 水利')
  expect(language.choices.value[0]?.name).toBe('汉语')
  expect(tag()).toBe('zh-CN')
})

it('begins in a language of the hall, and goes back to it', async () => {
  hall.further.push(uyghur)
  await open('ug')
  expect(page.text()).toBe(further)
  void language.choose('en')
  await flushPromises()
  expect(tag()).toBe('en')
  language.reset()
  await flushPromises()
  expect(tag()).toBe('ug')
})

it('begins in Chinese while the hall does not answer, and in its own language once it does', async () => {
  hall.further.push(uyghur)
  hall.mute = true
  await open('ug')
  expect(page.text()).toBe(chinese)
  hall.mute = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(page.text()).toBe(further)
})

it('does not take the language from a visitor because another’s texts come late', async () => {
  hall.further.push(uyghur)
  await open()
  let come: () => void = () => undefined
  vi.spyOn(hall, 'language').mockImplementation(() => new Promise((done) => (come = () => done(uyghur))))
  const late = language.choose('ug')
  // The visitor has gone.
  language.reset()
  come()
  await late
  await flushPromises()
  expect(page.text()).toBe(chinese)
})
