import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { HallError, unreachable } from '@/client'
import { FakeClient } from '@/client/fake'
import { show } from '../show'
import App from './App.vue'

let client: FakeClient
let page: VueWrapper

async function scan(code: string): Promise<void> {
  history.replaceState(null, '', `/T/${code}`)
  page = show(App, client)
  await vi.advanceTimersByTimeAsync(0)
}

const state = () => page.get('[data-state]').attributes('data-state')
let visibility: DocumentVisibilityState

beforeEach(() => {
  vi.useFakeTimers()
  visibility = 'visible'
  vi.spyOn(document, 'visibilityState', 'get').mockImplementation(() => visibility)
  client = new FakeClient({ playing: true })
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.restoreAllMocks()
  vi.useRealTimers()
})

describe('a number on a phone', () => {
  it('says how many numbers are before it, the range, and where to go when called', async () => {
    await scan('C018')
    expect(page.text()).toContain('等候叫号')
    expect(page.text()).toContain('前面还有4个号')
    expect(page.text()).toContain('大约等12到32分钟')
    expect(page.text()).toContain('叫到号后，请到3号窗口')
    expect(page.text()).not.toContain('快到您了')
  })

  it.each([
    ['C015', 'waiting', '快到您了，请回到大厅'],
    ['C012', 'called', '到您了！请到3号窗口'],
    ['A024', 'serving', '正在接待1号窗口'],
    ['C010', 'missed', '刚才叫过您，号还有效，请到3号窗口说一声'],
  ])('%s is %s: %s', async (code, is, text) => {
    await scan(code)
    expect(state()).toBe(is)
    expect(page.text()).toContain(text)
  })

  it('answers a wrong code and an expired one alike, calmly, and asks no more', async () => {
    const ask = vi.spyOn(client, 'ticket')
    await scan('NOSUCHCODE')
    expect(page.text()).toContain('这个号已到期')
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ask).toHaveBeenCalledTimes(1)
  })

  it('notices its call within five seconds, and rests in a pocket', async () => {
    await scan('C014')
    const ask = vi.spyOn(client, 'ticket')
    await client.act('3', { name: 'finish', outcome: 'resolved' })
    await client.act('3', { name: 'next' })
    await vi.advanceTimersByTimeAsync(5000)
    expect(state()).toBe('called')

    visibility = 'hidden'
    const before = ask.mock.calls.length
    await vi.advanceTimersByTimeAsync(60_000)
    expect(ask).toHaveBeenCalledTimes(before)
    await client.act('3', { name: 'start' })
    visibility = 'visible'
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(0)
    expect(state()).toBe('serving')
  })

  it('keeps what it knew when the hall cannot be reached, says so, and comes back', async () => {
    await scan('C018')
    const lost = vi.spyOn(client, 'ticket').mockRejectedValue(new HallError(unreachable))
    await vi.advanceTimersByTimeAsync(11_000)
    expect(page.text()).toContain('和大厅断开了，请看大厅屏幕')
    expect(page.text()).toContain('前面还有4个号')
    expect(page.text()).toContain('11秒前更新')
    lost.mockRestore()
    await vi.advanceTimersByTimeAsync(5000)
    expect(page.text()).not.toContain('断开')
    expect(page.text()).toContain('刚刚更新')
  })

  it('is given back after a question, and kept by its first button', async () => {
    await scan('C018')
    const cancel = vi.spyOn(client, 'cancel')
    await page.get('[data-action="cancel"]').trigger('click')
    expect(page.text()).toContain('不要C018号了？')
    await page.get('dialog button').trigger('click')
    expect(page.find('dialog').exists()).toBe(false)
    expect(cancel).not.toHaveBeenCalled()

    await page.get('[data-action="cancel"]').trigger('click')
    await page.get('[data-action="confirm-cancel"]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(state()).toBe('cancelled')
    expect(page.text()).toContain('号已退掉')
    expect(page.find('[data-action="cancel"]').exists()).toBe(false)
  })

  it('stores nothing', async () => {
    await scan('C018')
    expect(localStorage.length + sessionStorage.length).toBe(0)
    expect(document.cookie).toBe('')
  })
})
