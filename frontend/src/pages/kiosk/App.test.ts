import { flushPromises, mount, type VueWrapper } from '@vue/test-utils'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { ShallowRef } from 'vue'
import { HallError, provideClient } from '@/client'
import { FakeClient } from '@/client/fake'
import type { Hall, LanguageTexts } from '@/client/types'
import { installLanguages } from '@/locales'
import App from './App.vue'
import { fetchScreens } from './screens/later'

const messages = import.meta.glob<Record<string, unknown>>('../../locales/*/{common,kiosk}.ts', {
  eager: true,
  import: 'default',
})

let client: FakeClient & { exit?: (password: string) => Promise<boolean> }
let page: VueWrapper

beforeAll(() => fetchScreens())
beforeEach(() => {
  sessionStorage.clear()
  vi.useFakeTimers()
  vi.stubGlobal('innerWidth', 1080)
  vi.stubGlobal('innerHeight', 1920)
  client = new FakeClient({ playing: true })
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.useRealTimers()
  vi.unstubAllGlobals()
})

function open(): void {
  const plugin = {
    install(app: Parameters<typeof installLanguages>[0]) {
      void installLanguages(app, messages, {}, client)
      provideClient(app, client)
    },
  }
  page = mount(App, { global: { plugins: [plugin] }, attachTo: document.body })
}

const seconds = async (n: number) => {
  await vi.advanceTimersByTimeAsync(n * 1000)
  await flushPromises()
}
const screen = () => page.attributes('data-screen')

/** A whole touch, once the screen takes touches. */
async function touch(selector: string): Promise<void> {
  await seconds(0.6)
  await page.get(selector).trigger('pointerdown', { pointerId: 1, isPrimary: true })
  await page.get(selector).trigger('pointerup', { pointerId: 1, isPrimary: true })
  await page.get(selector).trigger('click', { detail: 1 })
  // What the visitor need not wait for is done afterwards.
  await seconds(0.3)
}

it('leads in two touches from the first screen to a number', async () => {
  open()
  await touch('[data-service="natural-resources"]')
  expect(page.text()).toContain('前面有5个号，大约等15到40分钟')
  await touch('[data-action="take"]')
  expect(screen()).toBe('ticket')
  expect(page.get('[data-number]').text()).toBe('C031')
  expect(page.text()).toContain('叫到号后，请到')
  expect(page.text()).toContain('3号窗口')
  expect(page.text()).toContain('正在打小票')
  await seconds(1)
  expect(page.text()).toContain('请拿好小票')
  expect(page.get('[data-action="done"]').text()).toMatch(/^好了（\d秒后回首页）$/)
  await touch('[data-action="done"]')
  expect(screen()).toBe('home')
})

it('does not take a second touch of a double tap for the next screen', async () => {
  const take = vi.spyOn(client, 'take')
  open()
  await touch('[data-service="housing"]')
  await page.get('[data-action="take"]').trigger('pointerdown', { pointerId: 1, isPrimary: true })
  await page.get('[data-action="take"]').trigger('click', { detail: 1 })
  expect(take).not.toHaveBeenCalled()
  expect(page.attributes('data-ready')).toBe('false')
})

it('keeps the first screen below what lies over it, where nothing and nobody finds it', async () => {
  open()
  const home = page.get('.home').element
  await touch('[data-aid="large"]')
  await touch('.pager button:last-child')
  await touch('[data-service]')
  await seconds(0.1)
  expect(page.get('.home').element).toBe(home)
  expect(home).toHaveProperty('inert', true)
  await touch('[data-action="back"]')
  await seconds(0.1)
  expect(home).toHaveProperty('inert', false)
  expect(page.text()).toContain('第1页，共4页')
})

it('lets nothing of a search or a visit stand there for the next', async () => {
  open()
  await touch('[data-aid="search"]')
  await touch('[data-letter="S"]')
  expect(page.find('.found').exists()).toBe(true)
  await touch('[data-action="back"]')
  await touch('[data-service="housing"]')
  await touch('[data-persons="many"]')
  await touch('[data-action="back"]')
  await touch('[data-service="general"]')
  expect(page.get('[data-persons="1"]').attributes('aria-pressed')).toBe('true')
  await touch('[data-action="back"]')
  await touch('[data-aid="search"]')
  expect(page.find('.found').exists()).toBe(false)
})

it('shows nothing of a discreet office’s window', async () => {
  open()
  expect(page.get('[data-service="discipline"]').text()).not.toContain('窗口')
  await touch('[data-service="discipline"]')
  expect(page.get('.office').text()).toBe('纪检监察')
})

it('changes the heading with the answer, and nothing that was said', async () => {
  open()
  await touch('[data-service="natural-resources"]')
  await touch('[data-persons="3"]')
  await touch('[data-answer="1"]')
  expect(page.get('h1').text()).toBe('房产证、漏水、物业')
  expect(page.get('[data-persons="3"]').attributes('aria-pressed')).toBe('true')
  expect(page.text()).toContain('征地的什么钱？')
})

it('counts from six on, with a friendly word', async () => {
  open()
  await touch('[data-service="housing"]')
  expect(page.text()).not.toContain('代表')
  await touch('[data-persons="many"]')
  expect(page.get('output').text()).toBe('6')
  expect(page.text()).toContain('推选不超过5名代表')
  await touch('[aria-label="多一个"]')
  expect(page.get('output').text()).toBe('7')
  await touch('[aria-label="少一个"]')
  await touch('[aria-label="少一个"]')
  expect(page.get('[data-persons="5"]').attributes('aria-pressed')).toBe('true')
})

it('speaks English at a touch, and Chinese again for the next visitor', async () => {
  open()
  await touch('[data-aid="language"]')
  await touch('[data-aid="large"]')
  expect(page.text()).toContain('What brings you here?')
  expect(page.classes()).toContain('large')
  expect(page.findAll('[data-service]')).toHaveLength(6)
  await seconds(61)
  expect(page.text()).toContain('您来办什么事？')
  expect(page.classes()).not.toContain('large')
  expect(page.findAll('[data-service]')).toHaveLength(22)
})

it('says calmly that this machine has no voice', async () => {
  open()
  await touch('[data-aid="read"]')
  expect(page.text()).toContain('这台机器还不能读出声')
  expect(page.get('[data-aid="read"]').attributes('aria-pressed')).toBe('false')
})

it('says that the desk knows once a window’s page shows that somebody asks', async () => {
  open()
  await touch('[data-action="help"]')
  expect(page.get('h1').text()).toBe('服务台知道了')
  expect(page.text()).toContain('请在这里等一下，工作人员就来。')
  await touch('[data-act="back"]')
  expect(screen()).toBe('home')
})

it('sends to the service desk when nobody can be told, says where it is, and comes back', async () => {
  client.helped = 'unreached'
  open()
  await touch('[data-service="housing"]')
  await touch('[data-action="help"]')
  expect(page.text()).toContain('请直接到服务台')
  expect(page.text()).toContain('进门右手边。')
  await touch('[data-act="back"]')
  expect(screen()).toBe('visit')
})

it('goes on with a number that was under way when the page began anew, as its visitor had set it', async () => {
  const take = vi.spyOn(client, 'take')
  client.print = 'sending'
  open()
  await touch('[data-aid="large"]')
  await touch('[data-service="general"]')
  await touch('[data-action="take"]')
  expect(page.get('[data-number]').text()).toBe('A031')
  page.unmount()
  open()
  await flushPromises()
  expect(page.get('[data-number]').text()).toBe('A031')
  expect(page.classes()).toContain('large')
  expect(new Set(take.mock.calls.map(([, key]) => key)).size).toBe(1)
  client.print = 'confirmed'
  await seconds(1)
  await touch('[data-action="done"]')
  page.unmount()
  open()
  expect(screen()).toBe('home')
})

it('says before a long wait how long it is', async () => {
  const { services, ...rest } = client.hall.value as Hall
  const long = { waiting: 18, wait: { low: 60, high: 90 } }
  client.receiveHall({
    ...rest,
    services: services.map((one) => (one.id === 'housing' ? { ...one, ...long } : one)),
  })
  open()
  await touch('[data-service="housing"]')
  expect(page.get('h1').text()).toBe('现在人比较多')
  expect(page.text()).toContain('前面有18个号，大约等60到90分钟。请坐着等；有手机的，扫码能看叫到几号。')
})

it('is calm when kiosks are out of use, and open again by itself', async () => {
  open()
  client.receiveHall({ ...(client.hall.value as Hall), kiosksClosed: true })
  await flushPromises()
  expect(page.get('h1').text()).toBe('这台机器暂停使用')
  expect(page.text()).toContain('请到服务台取号。')
  client.receiveHall({ ...(client.hall.value as Hall), kiosksClosed: false })
  await flushPromises()
  expect(screen()).toBe('home')
})

it('leads other offices to the general window', async () => {
  open()
  await touch('[data-service="others"]')
  await touch('[data-office="disabled"]')
  expect(page.get('h1').text()).toBe('残联今天没有窗口')
  await touch('[data-act="general"]')
  expect(page.get('h1').text()).toBe('问进度、提建议')
})

it('has a code for the phone only where phones reach the hall', async () => {
  client.print = 'none'
  open()
  await touch('[data-service="housing"]')
  await touch('[data-action="take"]')
  await seconds(1)
  expect(page.find('.code').exists()).toBe(true)
  page.unmount()
  sessionStorage.clear()
  const taken = await client.take({ service: 'housing', persons: 1, priority: false, language: 'zh' }, 'k')
  vi.spyOn(client, 'take').mockResolvedValue({ ...taken, track: '', wait: null })
  open()
  await touch('[data-service="housing"]')
  await touch('[data-action="take"]')
  expect(page.get('[data-number]').text()).toBe(taken.number)
  expect(page.find('.code').exists()).toBe(false)
  expect(page.text()).not.toContain('大约等')
})

it('points to a slip that is still in the slot, in both languages', async () => {
  client.receiveHall({
    ...(client.hall.value as Hall),
    printers: [{ id: 'hub', state: 'ok', reason: 'slip-waiting', paper: 'ok', unconfirmed: [] }],
  })
  open()
  await touch('[data-service="housing"]')
  await touch('[data-act="continue"]')
  await touch('[data-action="take"]')
  await seconds(1)
  await touch('[data-action="done"]')
  expect(screen()).toBe('calm-slipWaiting')
  expect(page.get('h1').text()).toBe('请拿好小票')
  expect(page.text()).toContain('小票还在出纸口。')
  expect(page.find('.slot-arrow.below').exists()).toBe(true)
  await touch('[data-act="finish"]')
  await touch('[data-aid="language"]')
  await touch('[data-service="housing"]')
  expect(page.get('h1').text()).toBe('Please take your slip')
  expect(page.text()).toContain('It is still in the slot.')
})

it('lets staff out who hold the corner and know the password', async () => {
  client.exit = vi.fn((password: string) => Promise.resolve(password === '12'))
  open()
  await page.get('[data-corner]').trigger('pointerdown', { pointerId: 1, isPrimary: true })
  await seconds(4)
  expect(page.find('[role="dialog"]').exists()).toBe(false)
  await seconds(2)
  const digit = (text: string) => page.findAll('[role="dialog"] .key').find((key) => key.text() === text)
  await digit('1')?.trigger('click')
  await page.get('[role="dialog"]').trigger('submit')
  await flushPromises()
  expect(page.text()).toContain('密码不对')
  await digit('1')?.trigger('click')
  await digit('2')?.trigger('click')
  await page.get('[role="dialog"]').trigger('submit')
  await flushPromises()
  expect(page.text()).not.toContain('密码不对')
  expect(client.exit).toHaveBeenCalledTimes(2)
})

it('has no way out in a browser', () => {
  open()
  expect(page.find('[data-corner]').exists()).toBe(false)
})

const uyghur: LanguageTexts = {
  tag: 'ug',
  name: 'ئۇيغۇرچە',
  direction: 'rtl',
  fallback: 'zh',
  own: true,
  texts: { kiosk: { visit: { take: 'نومۇر ئېلىش' } } },
  names: {},
}

it('opens a choice where there are more than two languages, and takes a number in the one that was chosen', async () => {
  client.further.push(uyghur)
  open()
  await touch('[data-aid="languages"]')
  expect(screen()).toBe('languages')
  const names = page
    .findAll('[data-language]')
    .map((one) => [one.text(), one.attributes('dir'), one.attributes('lang')])
  expect(names).toEqual([
    ['中文', 'ltr', 'zh-CN'],
    ['English', 'ltr', 'en'],
    ['ئۇيغۇرچە', 'rtl', 'ug'],
  ])
  await touch('[data-language="ug"]')
  expect(screen()).toBe('home')
  expect(document.documentElement.dir).toBe('rtl')
  const take = vi.spyOn(client, 'take')
  await touch('[data-service="natural-resources"]')
  expect(page.get('[data-action="take"]').text()).toBe('نومۇر ئېلىش')
  await touch('[data-action="take"]')
  expect(take.mock.calls[0]?.[0].language).toBe('ug')
  // Whoever comes next finds the hall's first language.
  await seconds(30)
  expect(screen()).toBe('home')
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['zh-CN', 'ltr'])
})

it('says so when a language does not open, and stays in the one it has', async () => {
  client.further.push(uyghur)
  open()
  await touch('[data-aid="languages"]')
  client.mute = true
  await touch('[data-language="ug"]')
  expect(screen()).toBe('home')
  expect(page.text()).toContain('这种语言现在打不开')
  expect(document.documentElement.lang).toBe('zh-CN')
})

it('leaves the choice of a language by itself', async () => {
  client.further.push(uyghur)
  open()
  await touch('[data-aid="languages"]')
  await seconds(61)
  expect(screen()).toBe('calm-idle')
  await seconds(21)
  expect(screen()).toBe('home')
})

/** A finger goes down on something, and stays. */
async function rest(selector: string): Promise<void> {
  await seconds(0.6)
  await page.get(selector).trigger('pointerdown', { pointerId: 1, isPrimary: true })
}

/** The finger leaves, somewhere else. */
async function slideOff(): Promise<void> {
  await page.trigger('pointerup', { pointerId: 1, isPrimary: true })
  await seconds(0.3)
}

it('draws the next screen while a finger still rests, where nobody sees or finds it until the finger leaves', async () => {
  open()
  await rest('[data-service="housing"]')
  expect(screen()).toBe('home')
  expect(page.get('.home').element).toHaveProperty('inert', false)
  const drawn = page.get('.cover')
  expect(drawn.classes()).toContain('away')
  expect(drawn.element).toHaveProperty('inert', true)
  expect(drawn.get('h1').text()).toBe('房产证、漏水、物业')
  await page.get('[data-service="housing"]').trigger('click', { detail: 1 })
  expect(screen()).toBe('visit')
  expect(page.get('.cover').element).toBe(drawn.element)
  expect(drawn.classes()).not.toContain('away')
  await slideOff()
  expect(drawn.element).toHaveProperty('inert', false)
})

it('leaves nothing behind of a screen that was drawn for a finger that slid off', async () => {
  open()
  for (const way of ['[data-service="housing"]', '[data-aid="search"]', '[data-action="help"]']) {
    await rest(way)
    expect(page.find('.cover.away').exists()).toBe(true)
    await slideOff()
    expect(page.find('.cover').exists()).toBe(false)
    expect(screen()).toBe('home')
  }
})

it('draws a number only when it has come, and nothing of it when the hall refuses', async () => {
  let refuse: (cause: unknown) => void = () => undefined
  vi.spyOn(client, 'take').mockReturnValue(new Promise((_, reject) => (refuse = reject)))
  open()
  await touch('[data-service="housing"]')
  await touch('[data-action="take"]')
  expect(screen()).toBe('visit')
  expect(page.find('.cover.upper.away .number-card').exists()).toBe(true)
  expect(page.find('[data-number]').exists()).toBe(false)
  expect(page.get('[data-action="take"]').text()).toBe('正在取号……')
  refuse(new HallError('day.stopped'))
  await seconds(0.3)
  expect(screen()).toBe('calm-stopped')
  expect(page.find('.number-card').exists()).toBe(false)
})

it('lets nobody leave a number that is on its way, by touch or by key, before that can be seen', async () => {
  vi.spyOn(client, 'take').mockReturnValue(new Promise(() => undefined))
  open()
  await touch('[data-service="housing"]')
  await rest('[data-action="take"]')
  await page.trigger('pointerup', { pointerId: 1, isPrimary: true })
  await page.get('[data-action="take"]').trigger('click', { detail: 1 })
  await page.get('[data-action="help"]').trigger('click', { detail: 1 })
  expect(screen()).toBe('visit')
  dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  await flushPromises()
  expect(screen()).toBe('visit')
  await seconds(0.2)
  expect(page.get('[data-action="back"]').attributes('disabled')).toBeDefined()
})

it('leaves what a visitor said as it is while a finger rests on another way', async () => {
  open()
  await touch('[data-service="housing"]')
  await touch('[data-persons="3"]')
  await rest('[data-action="general"]')
  expect(page.get('h1').text()).toBe('房产证、漏水、物业')
  await slideOff()
  await touch('[data-action="help"]')
  await touch('[data-act="back"]')
  expect(page.get('[data-persons="3"]').attributes('aria-pressed')).toBe('true')
})

it('says that it gets ready when a page begins anew with a number before it has heard the hall', async () => {
  open()
  await touch('[data-service="housing"]')
  await touch('[data-action="take"]')
  page.unmount()
  ;(client.hall as ShallowRef<Hall | null>).value = null
  vi.spyOn(client, 'take').mockReturnValue(new Promise(() => undefined))
  open()
  await flushPromises()
  expect(screen()).toBe('visit')
  expect(page.get('.cover:not(.away)').text()).toBe('正在准备，请稍等')
})

it('shows the first screen to the next visitor before it is Chinese again, and takes no touch until it is', async () => {
  open()
  await touch('[data-aid="language"]')
  await touch('[data-service="housing"]')
  await touch('[data-action="take"]')
  await seconds(1)
  await rest('[data-action="done"]')
  await page.trigger('pointerup', { pointerId: 1, isPrimary: true })
  await page.get('[data-action="done"]').trigger('click', { detail: 1 })
  expect(screen()).toBe('home')
  expect(page.attributes('data-ready')).toBe('false')
  await seconds(0.3)
  expect(page.attributes('data-ready')).toBe('false')
  expect(page.get('.home').text()).toContain('您来办什么事？')
})

it('comes back from help to a search as far as it was', async () => {
  open()
  await touch('[data-aid="search"]')
  await touch('[data-letter="S"]')
  await touch('.search [data-action="help"]')
  await touch('[data-act="back"]')
  expect(screen()).toBe('search')
  expect(page.find('.found').exists()).toBe(true)
})
