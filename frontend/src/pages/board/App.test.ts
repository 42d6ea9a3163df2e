import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeClient } from '@/client/fake'
import { fakeHall } from '@/client/fake/hall'
import type { Board, Hall } from '@/client/types'
import { show } from '../show'
import App from './App.vue'

let client: FakeClient
let page: VueWrapper

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient()
  page = show(App, client)
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.useRealTimers()
})

const looks = () => page.findAll('[data-call]').map((card) => card.attributes('data-look'))
const shown = () => page.findAll('[data-call]').map((card) => card.attributes('data-call'))
const row = (id: string) => page.get(`[data-window="${id}"]`)
const trust = () => page.get('[data-trust]').attributes('data-trust')

/** Time passes while the hub is heard from. */
async function pass(seconds: number): Promise<void> {
  for (let n = 0; n < seconds; n++) {
    await vi.advanceTimersByTimeAsync(1000)
    client.tick()
  }
  await page.vm.$nextTick()
}

describe('the wall', () => {
  it('shows the calls of the last minute, older ones, and every window', () => {
    expect(shown()).toEqual(['C012', 'B007', 'V015', 'A023'])
    expect(looks()).toEqual(['lead', 'current', 'earlier', 'earlier'])
    expect(page.findAll('[data-window]')).toHaveLength(20)
    expect(row('3').text()).toContain('请到窗口')
    expect(row('12').text()).toContain('暂停到10:00')
    expect(page.text()).toContain('错过叫号不要紧，到窗口说一声，隔3个号叫您')
  })

  // A browser that rounds otherwise would break what fills its place to the last dot.
  it('keeps names that fit on one line there', () => {
    const names = page
      .findAll<HTMLElement>('[data-window] .name')
      .map(({ element }) => element.style.whiteSpace)
    expect(new Set(names)).toEqual(new Set(['nowrap']))
  })

  it('names no department of a discreet window', () => {
    expect(row('10').text()).toContain('接待')
    expect(page.text()).not.toContain('纪检')
    expect(page.get('[data-call="A023"]').text()).toBe('A02310号窗口')
  })

  it('pulses a call for ten seconds and calls it 正在叫号 for a minute', async () => {
    expect(page.get('[data-call="C012"]').classes()).toContain('pulse')
    expect(row('3').classes()).toContain('pulse')
    await pass(10)
    expect(page.get('[data-call="C012"]').classes()).not.toContain('pulse')
    expect(row('3').classes()).not.toContain('pulse')
    await pass(50)
    expect(page.get('[data-call="C012"]').attributes('data-look')).toBe('earlier')
    expect(page.text()).not.toContain('正在叫号')
  })

  it('shows two calls of one instant alike', async () => {
    await pass(30)
    for (const id of ['1', '11']) await client.act(id, { name: 'finish', outcome: 'resolved' })
    await Promise.all(['1', '11'].map((id) => client.act(id, { name: 'next' })))
    await page.vm.$nextTick()
    expect(looks().slice(0, 2)).toEqual(['fresh', 'fresh'])
  })

  it('says so when nobody was called yet', async () => {
    const { value } = client.hall
    if (value) client.receiveHall({ ...value, calls: [] })
    await page.vm.$nextTick()
    expect(page.text()).toContain('还没开始叫号，请坐着等')
  })
})

describe('hours', () => {
  async function change(more: Partial<Hall>): Promise<void> {
    client.receiveHall(structuredClone({ ...(client.hall.value as Hall), ...more }))
    await page.vm.$nextTick()
  }
  const foot = () => page.get('footer').text()
  const tomorrow = '2026-11-24T08:30:00+08:00'

  it('say of a closed window when it opens, if it does', async () => {
    expect(row('17').text()).toContain('14:30开始')
    const windows = (client.hall.value as Hall).windows.map(({ from, ...one }) => ({
      ...one,
      expected: one.id === '4' || !!from,
      ...(one.id === '4' || one.id === '6' ? { status: 'closed' as const } : {}),
    }))
    await change({ windows })
    expect(row('4').text()).toContain('还没开')
    expect(row('6').text()).toContain('今天不开')
  })

  it('name the leader who receives today, and until when', async () => {
    expect(page.find('.leader').exists()).toBe(false)
    const leader = {
      post: { zh: '副县长', en: 'Deputy County Head' },
      name: { zh: '某某某', en: 'N. N.' },
      from: '2026-11-23T09:00:00+08:00',
      until: '2026-11-23T11:30:00+08:00',
    }
    await change({ leader })
    expect(page.get('.leader').text()).toBe('今日接访领导副县长 某某某，09:00到11:30')
  })

  it.each<[Hall['phase'], Hall['issuing'], string]>([
    ['stopped', { state: 'stopped', from: tomorrow }, '今天取号已结束。已经取了号的，都会接待'],
    ['closed', { state: 'stopped', from: tomorrow }, '今天取号已结束'],
    ['closed', { state: 'off', from: tomorrow }, '今天休息'],
    ['closed', { state: 'early', from: '2026-11-23T14:30:00+08:00' }, '14:30开始取号，请先坐一坐'],
    ['open', { state: 'open' }, '错过叫号不要紧，到窗口说一声，隔3个号叫您'],
  ])('tell in %s, %o, first: %s', async (phase, issuing, line) => {
    await change({ phase, issuing: issuing as NonNullable<Hall['issuing']> })
    expect(foot()).toBe(line)
  })

  it('then tell when the hall opens again', async () => {
    await change({ phase: 'closed', issuing: { state: 'off', from: tomorrow } })
    await pass(10)
    expect(foot()).toBe('下次开门：明天上午8:30')
  })

  it('tell of one row of numbers for all windows that they are not called in its order', async () => {
    await pass(10)
    expect(foot()).toBe('错过叫号不要紧，到窗口说一声，隔3个号叫您')
    await change({ services: (client.hall.value as Hall).services.map((one) => ({ ...one, series: '' })) })
    expect(foot()).toBe('各窗口分开叫号')
  })

  it('promise no short wait where others wait, or where no numbers are given', async () => {
    expect(row('4').text()).toContain('不用等')
    const windows = (client.hall.value as Hall).windows.map((one) =>
      one.id === '4' ? { ...one, waiting: 2 } : one,
    )
    await change({ windows })
    expect(row('4').text()).toContain('请坐着等')
    await change({ phase: 'stopped', issuing: { state: 'stopped', from: tomorrow } })
    expect(row('4').text()).toContain('请坐着等')
    expect(row('7').text()).toContain('今天取号已结束')
    expect(page.text()).not.toContain('不用等')
  })

  it('are not promised on once they have passed', async () => {
    await change({
      phase: 'paused',
      pause: { reason: 'meeting', until: '2026-11-23T09:42:00+08:00' },
      at: '2026-11-23T10:00:00+08:00',
    })
    expect(row('12').text()).toContain('暂停服务')
    expect(foot()).toBe('大厅暂停叫号，号都有效，请坐着等')
  })

  it('say that the whole hall pauses, and promise no short wait', async () => {
    await change({ phase: 'paused', pause: { reason: 'meeting', until: '2026-11-23T10:30:00+08:00' } })
    expect(foot()).toBe('大厅暂停叫号到10:30，号都有效，请坐着等')
    expect(row('4').text()).toContain('暂停到10:30')
    await change({ pause: { reason: 'meeting' } })
    expect(foot()).toBe('大厅暂停叫号，号都有效，请坐着等')
    expect(page.text()).not.toContain('不用等')
  })
})

describe('a board of the configuration', () => {
  const change = async (more: Partial<Hall>) => {
    client.receiveHall(structuredClone({ ...(client.hall.value as Hall), ...more }))
    await page.vm.$nextTick()
  }
  const [main] = fakeHall().boards as [Board]

  it('shows its own windows in its own order, its name, its notices, and calls to its windows only', async () => {
    const own = {
      ...main,
      windows: ['5', '3'],
      name: { zh: '东厅', en: 'East' },
      notices: [{ zh: '请勿吸烟', en: '' }],
    }
    await change({ boards: [own], leader: null })
    expect(page.findAll('[data-window]').map((one) => one.attributes('data-window'))).toEqual(['5', '3'])
    expect(page.get('h1').text()).toBe('东厅')
    expect(shown()).toEqual(['C012', 'V015'])
    await pass(10)
    expect(page.get('footer').text()).toContain('请勿吸烟')
  })

  it('leaves out the leader where it is told to', async () => {
    const leader = { post: { zh: '副县长', en: '' }, name: { zh: '某某某', en: '' }, from: '', until: '' }
    await change({ leader } as unknown as Partial<Hall>)
    expect(page.find('.leader').exists()).toBe(true)
    await change({ boards: [{ ...main, leader: false }] })
    expect(page.find('.leader').exists()).toBe(false)
  })

  it('shows a notice as it is written, and cuts one without an end', async () => {
    await change({ boards: [{ ...main, notices: [{ zh: '<b>请坐</b>'.repeat(1250), en: '' }] }] })
    await pass(10)
    const text = page.get('footer').text()
    expect(text).toMatch(/^<b>请坐<\/b>.*…$/)
    expect(text.length).toBeLessThan(300)
    expect(page.find('footer b').exists()).toBe(false)
  })

  it('names a room where it would name a window', async () => {
    const { windows, calls } = client.hall.value as Hall
    const room = 'joint' as const
    await change({
      windows: windows.map((one) => (one.id === '3' ? { ...one, room } : one)),
      calls: calls.map((one) => (one.window === '3' ? { ...one, room } : one)),
    })
    expect(page.get('[data-call="C012"]').text()).toBe('C012联合接访室')
  })

  it('turns itself where the screen hangs otherwise than its system thinks', async () => {
    expect(page.get('.wall').classes()).not.toContain('turned')
    await change({ boards: [{ ...main, orientation: 'portrait' }] })
    expect(page.get('.wall').classes()).toContain('turned')
  })

  it('claims no sound where there is none, and asks nobody to touch it', async () => {
    await change({ boards: [{ ...main, speaks: true }] })
    await pass(5)
    expect(client.speaks).toBeNull()
    expect(page.text()).not.toContain('声音还没打开')
  })

  it('that the hall does not have leads to those it has, and appears once it is there', async () => {
    page.unmount()
    vi.stubGlobal('location', { search: '?board=west', protocol: 'http:' })
    page = show(App, client)
    await page.vm.$nextTick()
    expect(page.text()).toContain('没有叫“west”的大屏')
    expect(page.findAll('a').map((link) => link.attributes('href'))).toEqual(['?board=main'])
    await change({ boards: [main, { ...main, id: 'west', windows: ['4'] }] })
    expect(page.findAll('[data-window]')).toHaveLength(1)
    vi.unstubAllGlobals()
  })
})

it('has a screen in every state, which a display’s program waits for', async () => {
  const screen = () => page.get('[data-trust]').attributes('data-screen')
  expect(screen()).toBe('board')
  client.hall.value = null
  await page.vm.$nextTick()
  expect(screen()).toBe('connecting')
  page.unmount()
  vi.stubGlobal('location', { search: '?board=west', protocol: 'http:' })
  page = show(App, client)
  client.receiveHall(fakeHall())
  await page.vm.$nextTick()
  expect(screen()).toBe('boards')
  vi.unstubAllGlobals()
})

describe('a lost hub', () => {
  it('is doubted after ten seconds, not believed after sixty, and catches up', async () => {
    client.lose()
    await vi.advanceTimersByTimeAsync(9000)
    expect(trust()).toBe('live')
    await vi.advanceTimersByTimeAsync(2000)
    expect(trust()).toBe('aging')
    expect(page.text()).toContain('画面可能不是最新的')
    await vi.advanceTimersByTimeAsync(50_000)
    expect(trust()).toBe('old')
    expect(page.text()).toContain('画面停在09:41，请听叫号，或看窗口上方的小屏')

    // What was called meanwhile comes as a whole; a call of a while ago is shown and does not pulse.
    const { value } = client.hall
    const at = new Date(client.now.value.getTime() - 30_000).toISOString()
    const [first] = value?.calls ?? []
    if (value && first) {
      const missed = { ...first, ticket: 'D003', window: '4', windowNumber: 4, at }
      client.receiveHall({ ...value, calls: [missed, ...value.calls], at: client.now.value.toISOString() })
    }
    await page.vm.$nextTick()
    expect(trust()).toBe('live')
    expect(page.get('[data-call="D003"]').attributes('data-look')).toBe('lead')
    expect(page.get('[data-call="D003"]').classes()).not.toContain('pulse')
  })
})
