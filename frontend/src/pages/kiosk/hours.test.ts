import { flushPromises, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeClient } from '@/client/fake'
import type { Hall, Leader, Service } from '@/client/types'
import { show } from '../show'
import App from './App.vue'
import { fetchScreens } from './screens/later'

let client: FakeClient
let page: VueWrapper

beforeAll(() => fetchScreens())
beforeEach(() => {
  vi.useFakeTimers()
  vi.stubGlobal('innerWidth', 1080)
  vi.stubGlobal('innerHeight', 1920)
  client = new FakeClient({ playing: true })
  page = show(App, client)
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

/** A whole touch, once the screen takes touches. */
async function touch(selector: string): Promise<void> {
  await vi.advanceTimersByTimeAsync(600)
  await page.get(selector).trigger('pointerdown', { pointerId: 1, isPrimary: true })
  await page.get(selector).trigger('pointerup', { pointerId: 1, isPrimary: true })
  await page.get(selector).trigger('click', { detail: 1 })
  // What the visitor need not wait for is done afterwards.
  await vi.advanceTimersByTimeAsync(300)
  await flushPromises()
}

async function change(more: Partial<Hall>): Promise<void> {
  client.receiveHall({ ...(client.hall.value as Hall), ...more })
  // News that come together are drawn together.
  await vi.advanceTimersByTimeAsync(300)
  await flushPromises()
}
const serve = (id: string, own: Partial<Service>) =>
  change({
    services: (client.hall.value as Hall).services.map((one) => (one.id === id ? { ...one, ...own } : one)),
  })

const says = () => [page.get('h1').text(), page.get('p').text()]
const bar = () => page.get('.bar').text()

const tomorrow = '2026-11-24T08:30:00+08:00'
const wednesday = '2026-11-25T09:00:00+08:00'
const turn = (from: string, until: string): Leader => ({
  post: { zh: '副县长', en: 'Deputy County Head' },
  name: { zh: '某某某', en: 'N. N.' },
  from,
  until,
  service: 'leader',
})

describe('before a number is taken', () => {
  it.each<[Hall['issuing'], string, string[]]>([
    [
      { state: 'early', from: '2026-11-23T14:30:00+08:00' },
      '下午2:30开始取号，请先坐一坐',
      ['下午2:30开始取号', '请先坐一坐。', '返回', '急事，请服务台帮忙'],
    ],
    [
      { state: 'off', from: tomorrow },
      '今天休息。下次开门：明天上午8:30',
      ['今天休息', '下次开门：明天上午8:30。', '返回'],
    ],
    [{ state: 'off' }, '今天休息', ['今天休息', '请改日再来。', '返回']],
    [
      { state: 'stopped', from: tomorrow },
      '今天取号已结束。已经取了号的，都会接待',
      [
        '今天取号已结束',
        '已经取了号的，都会接待。下次取号：明天上午8:30，不用预约。',
        '急事，请服务台帮忙',
        '返回',
      ],
    ],
    [
      { state: 'stopped' },
      '今天取号已结束。已经取了号的，都会接待',
      ['今天取号已结束', '已经取了号的，都会接待。', '急事，请服务台帮忙', '返回'],
    ],
  ])('the hall says when it gives them: %o', async (issuing, line, screen) => {
    await change({ issuing: issuing as NonNullable<Hall['issuing']> })
    expect(bar()).toBe(line)
    await touch('[data-service="housing"]')
    expect([...says(), ...page.findAll('.cover .key').map((key) => key.text())]).toEqual(screen)
  })

  it('a window says when it opens', async () => {
    await touch('[data-service="water"]')
    expect(says()).toEqual(['水利窗口下午2:30开始', '可以先取号，到时间再叫您；急的话，综合窗口先接待。'])
  })

  it.each([
    [wednesday, '综合窗口先接待您，帮您联系。下次：星期三上午。'],
    [undefined, '综合窗口先接待您，帮您联系。'],
  ])('a window that does not open today, but %s', async (from, text) => {
    await serve('water', { issuing: 'off', ...(from && { from }) })
    await touch('[data-service="water"]')
    expect(says()).toEqual(['这个窗口今天不开', text])
  })

  it('a service that has stopped', async () => {
    await serve('water', { issuing: 'stopped', from: tomorrow })
    await touch('[data-service="water"]')
    const text = '已经取了号的，都会接待。综合窗口现在可以先接待您。下次：明天上午。'
    expect(says()).toEqual(['这里今天取号已结束', text])
  })

  it.each([
    [20, '一般20分钟内到。请坐着等，到了就叫您。'],
    [0, '请坐着等，到了就叫您。'],
  ])('staff who come when called, within %d minutes', async (onCallMinutes, text) => {
    const windows = (client.hall.value as Hall).windows.map((one) => ({ ...one, onCallMinutes }))
    await change({ windows })
    await serve('transport', { availability: 'oncall', staffed: false })
    await touch('[data-service="transport"]')
    expect(says()).toEqual(['取了号，工作人员就过来', text])
  })

  it('a pause of the whole hall, in which numbers are given', async () => {
    await change({ pause: { reason: 'meeting', until: '2026-11-23T10:00:00+08:00' }, phase: 'paused' })
    expect(bar()).toBe('大厅暂停叫号到上午10:00，号都有效，请坐着等')
    await touch('[data-service="housing"]')
    expect(page.attributes('data-screen')).toBe('visit')
  })

  it('promises no end of a pause that should be over', async () => {
    const until = '2026-11-23T09:30:00+08:00'
    await change({ pause: { reason: 'meeting', until }, phase: 'paused' })
    expect(bar()).toBe('大厅暂停叫号，号都有效，请坐着等')
    await change({ pause: undefined as never, phase: 'open' })
    await serve('housing', { availability: 'paused', until })
    await touch('[data-service="housing"]')
    expect(page.get('h1').text()).toBe('窗口暂停服务')
  })
})

describe('a number that is refused', () => {
  it.each([
    ['day.early', '2026-11-23T14:30:00+08:00', '下午2:30开始取号', '请先坐一坐。'],
    ['day.off', tomorrow, '今天休息', '下次开门：明天上午8:30。'],
    ['day.stopped', tomorrow, '今天取号已结束', '已经取了号的，都会接待。下次取号：明天上午8:30，不用预约。'],
    ['service.off', wednesday, '这个窗口今天不开', '综合窗口先接待您，帮您联系。下次：星期三上午。'],
    [
      'service.stopped',
      wednesday,
      '这里今天取号已结束',
      '已经取了号的，都会接待。综合窗口现在可以先接待您。下次：星期三上午。',
    ],
    ['ticket.nonsense', undefined, '这个号现在取不了', '请到服务台问一声。已经取的号都有效，照常叫号。'],
  ])('for %s', async (code, retryAt, title, text) => {
    await touch('[data-service="housing"]')
    client.refuseNext(code, null, retryAt ? { retryAt } : {})
    await touch('[data-action="take"]')
    expect(says()).toEqual([title, text])
  })
})

describe('leaders', () => {
  const rota = async (own: Partial<Service>, more: Partial<Hall>) => {
    const { services } = client.hall.value as Hall
    const [first] = services
    const leaders = { ...(first as Service), id: 'leader', name: { zh: '领导接访', en: 'Leaders' }, ...own }
    await change({ services: [...services, leaders], ...more })
  }
  const nextLeader = turn('2026-12-02T09:00:00+08:00', '2026-12-02T11:30:00+08:00')

  it('are named on the first screen, with their hours, and give numbers', async () => {
    await rota({}, { leader: turn('2026-11-23T09:00:00+08:00', '2026-11-23T11:30:00+08:00') })
    expect(bar()).toBe('今日接访领导：副县长 某某某，上午9:00到11:30')
    expect(page.findAll('[data-service]')).toHaveLength(22)
    await touch('[data-service="leader"]')
    const take = vi.spyOn(client, 'take')
    await touch('[data-action="take"]')
    expect(take.mock.calls[0]?.[0]).toMatchObject({ service: 'leader' })
  })

  it('who come later today', async () => {
    const from = '2026-11-23T14:30:00+08:00'
    await rota({ staffed: false, from }, { leader: turn(from, '2026-11-23T17:00:00+08:00') })
    expect(page.get('[data-service="leader"]').text()).toContain('下午2:30起')
    await touch('[data-service="leader"]')
    expect(page.get('h1').text()).toBe('领导接访窗口下午2:30开始')
  })

  it('who come another day', async () => {
    await rota({ issuing: 'off' }, { nextLeader })
    expect(page.get('[data-service="leader"]').text()).toContain('今天没有')
    await touch('[data-service="leader"]')
    const text = '下次：12月2日上午，副县长 某某某。综合窗口现在可以先接待您。'
    expect(says()).toEqual(['今天没有领导接访', text])
  })

  it('who go before one’s turn', async () => {
    const leader = turn('2026-11-23T09:00:00+08:00', '2026-11-23T10:00:00+08:00')
    await rota({ waiting: 9, wait: { low: 40, high: 80 } }, { leader, nextLeader })
    await touch('[data-service="leader"]')
    expect(says()).toEqual(['领导接访快结束了', '综合窗口可以先接待您，或改到12月2日上午。'])
  })
})
