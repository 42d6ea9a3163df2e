import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeClient } from '@/client/fake'
import type { Window } from '@/client/types'
import { show } from '../show'
import App from './App.vue'
import { ems } from './flow/useFit'

let client: FakeClient
let page: VueWrapper

function hang(address: string): void {
  history.replaceState(null, '', address)
  page = show(App, client)
}

/** What the hall says of window 3 from now on. */
function tell(change: Partial<Window>): Promise<void> {
  const window = client.hall.value?.windows.find(({ id }) => id === '3') as Window
  client.receiveChange({ revision: client.revision.value, windows: [{ ...window, ...change }] })
  return page.vm.$nextTick()
}

const lines = () => page.findAll('[data-line]').map((line) => line.text())
const trust = () => page.get('[data-trust]').attributes('data-trust')
const blinking = () => page.find('.blinking').exists()

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient({ playing: true })
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.useRealTimers()
})

describe('the strip above a window', () => {
  it('shows the lines of its window as the hall lays them out, and nothing of its own', async () => {
    hang('/strip/3')
    await tell({ strip: ['请C012号'] })
    expect(lines()).toEqual(['请C012号'])
    await tell({ strip: ['请C012号 3号窗口', '后面还有5个号'] })
    expect(lines()).toEqual(['请C012号 3号窗口', '后面还有5个号'])
    await tell({ strip: ['不用等', ''] })
    expect(lines()).toEqual(['不用等'])
    expect(page.find('.note').exists()).toBe(false)
  })

  it('finds its window by the number on the sign where the id is another', async () => {
    const hall = client.hall.value
    const windows = hall?.windows.map((one) =>
      one.id === '3' ? { ...one, id: 'north', strip: ['还没开'] } : one,
    )
    if (hall && windows) client.receiveHall({ ...hall, windows })
    hang('/strip/3')
    await page.vm.$nextTick()
    expect(lines()).toEqual(['还没开'])
  })

  it('blinks for ten seconds after a call and after a recall, and not for old calls', async () => {
    hang('/strip/3')
    await client.act('3', { name: 'finish', outcome: 'resolved' })
    await tell({ strip: ['请坐着等'] })
    expect(blinking()).toBe(false)

    await client.act('3', { name: 'next' })
    await tell({ strip: ['请C014号'] })
    expect(blinking()).toBe(true)
    await vi.advanceTimersByTimeAsync(9_000)
    expect(blinking()).toBe(true)
    await vi.advanceTimersByTimeAsync(2_000)
    expect(blinking()).toBe(false)

    await client.act('3', { name: 'recall' })
    await page.vm.$nextTick()
    expect(blinking()).toBe(true)
    await client.act('3', { name: 'start' })
    await page.vm.$nextTick()
    expect(blinking()).toBe(false)
  })

  it('says after ten seconds that it may be old, and after a minute shows nothing that it knew', async () => {
    hang('/strip/3')
    await tell({ strip: ['请C012号'] })
    const hush = vi.spyOn(client, 'tick').mockReturnValue()
    await vi.advanceTimersByTimeAsync(9_000)
    expect(trust()).toBe('live')
    await vi.advanceTimersByTimeAsync(2_000)
    expect(trust()).toBe('aging')
    expect(lines()).toEqual(['请C012号'])
    expect(page.get('.note').text()).toBe('画面可能不是最新的')
    await vi.advanceTimersByTimeAsync(50_000)
    expect(trust()).toBe('lost')
    expect(lines()).toEqual(['请听叫号'])
    expect(page.text()).not.toContain('C012')
    expect(page.get('.note').text()).toBe('和大厅断开了')

    hush.mockRestore()
    client.tick()
    await page.vm.$nextTick()
    expect(lines()).toEqual(['请C012号'])
  })

  it.each(['/strip/77', '/strip/'])('says calmly of %s that there is no such window', async (address) => {
    hang(address)
    await page.vm.$nextTick()
    expect(lines()).toEqual(['没有这个窗口'])
  })

  it('says that it is connecting until it has heard of the hall', async () => {
    client.hall.value = null
    hang('/strip/3')
    await page.vm.$nextTick()
    expect(lines()).toEqual(['正在连接'])
  })
})

it('guesses the width of letters that cannot be measured', () => {
  expect(ems('不用等')).toBe(3)
  expect(ems('请A012号')).toBeCloseTo(4.48)
})
