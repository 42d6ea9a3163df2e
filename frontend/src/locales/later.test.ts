import { flushPromises, mount } from '@vue/test-utils'
import { afterEach, expect, it, vi } from 'vitest'
import { defineComponent, h, type App } from 'vue'
import { installLanguages, useLanguage } from '.'

const zh = { '../zh/kiosk.ts': { take: '取号' } }
const Page = defineComponent(() => {
  const { t, choose } = useLanguage()
  return () => h('button', { onClick: () => choose('en') }, t('kiosk.take'))
})

afterEach(() => vi.unstubAllGlobals())

/** A page whose English words come when the test lets them. */
function open(load: () => Promise<Record<string, unknown>>) {
  let ready = Promise.resolve()
  const plugin = {
    install: (app: App) => void (ready = installLanguages(app, zh, { '../en/kiosk.ts': load })),
  }
  const page = mount(Page, { global: { plugins: [plugin] } })
  return { page, ready }
}

it('stands in Chinese before the other words have come, and says them once they have', async () => {
  let come: (words: Record<string, unknown>) => void = () => undefined
  const { page } = open(() => new Promise((done) => (come = done)))
  expect(page.text()).toBe('取号')
  await page.trigger('click')
  expect(page.text()).toBe('取号')
  come({ take: 'Take a number' })
  await flushPromises()
  expect(page.text()).toBe('Take a number')
})

it('waits for the words of a page that begins in them', async () => {
  vi.stubGlobal('location', { search: '?lang=en' })
  const { page, ready } = open(async () => ({ take: 'Take a number' }))
  await ready
  await flushPromises()
  expect(page.text()).toBe('Take a number')
})

it('stays with Chinese where they never come', async () => {
  const { page } = open(() => Promise.reject(new Error('gone')))
  await page.trigger('click')
  await flushPromises()
  expect(page.text()).toBe('取号')
})
