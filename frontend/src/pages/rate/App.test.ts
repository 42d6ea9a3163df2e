import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { FakeClient } from '@/client/fake'
import { show } from '../show'
import App from './App.vue'

let client: FakeClient
let page: VueWrapper

const settle = (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds)
const screen = () => page.get('main').attributes('data-screen')

async function open(path = '/rate/3'): Promise<void> {
  history.replaceState(null, '', path)
  page = show(App, client)
  await settle()
}

/** The reception at window 3 ends. */
async function finish(): Promise<void> {
  await client.act('3', { name: 'finish', outcome: 'resolved' })
  await settle()
}

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient()
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.useRealTimers()
  history.replaceState(null, '', '/')
})

it('greets until a reception ends, asks once, thanks, and greets again', async () => {
  await open()
  expect(page.text()).toContain('您好，请坐')
  await finish()
  expect(page.text()).toContain('今天的接待，您满意吗？（不记名）')
  expect(page.findAll('[data-score]').map((one) => one.text())).toEqual([
    '非常满意',
    '满意',
    '基本满意',
    '不满意',
    '非常不满意',
  ])
  const rate = vi.spyOn(client, 'rateAt')
  await page.get('[data-score="2"]').trigger('click')
  await settle()
  expect(rate).toHaveBeenCalledExactlyOnceWith('3', 2)
  expect(page.text()).toBe('谢谢您！')
  await settle(6_000)
  expect(screen()).toBe('hello')
})

it('asks the next visitor nothing about the last one’s reception', async () => {
  await open()
  await finish()
  await client.act('3', { name: 'next' })
  await settle()
  expect(screen()).toBe('asks')
  await client.act('3', { name: 'start' })
  await settle()
  expect(screen()).toBe('hello')
})

it('asks no longer than the hall does, and not while it does not hear the hall', async () => {
  await open()
  await finish()
  client.lose()
  await settle()
  expect(screen()).toBe('hello')
  client.tick()
  await settle()
  expect(screen()).toBe('asks')
  for (let n = 0; n < 101; n++) {
    await settle(3_000)
    client.tick()
  }
  await settle()
  expect(screen()).toBe('hello')
})

it('says so when an answer was not kept, and takes it again', async () => {
  await open()
  await finish()
  client.refuseNext('rating.unavailable')
  await page.get('[data-score="5"]').trigger('click')
  await settle()
  expect(page.get('[role="alert"]').text()).not.toBe('')
  await page.get('[data-score="5"]').trigger('click')
  await settle()
  expect(screen()).toBe('thanks')
})

it('thanks whoever has rated by phone already', async () => {
  await open()
  await finish()
  client.refuseNext('rating.given')
  await page.get('[data-score="4"]').trigger('click')
  await settle()
  expect(screen()).toBe('thanks')
})

it('speaks the visitor’s language until that visitor is done', async () => {
  await open()
  await finish()
  await page.get('[lang="en"]').trigger('click')
  await settle()
  expect(page.text()).toContain('Very satisfied')
  await page.get('[data-score="4"]').trigger('click')
  await settle(6_000)
  expect(page.text()).toContain('您好，请坐')
})

it('says so when there is no such window', async () => {
  await open('/rate/77')
  expect(page.text()).toContain('没有这个窗口')
})
