import type { VueWrapper } from '@vue/test-utils'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { FakeClient } from '@/client/fake'
import type { DayPrinted, Hall, Printer } from '@/client/types'
import { show } from '../show'
import ClerkDesk from './ClerkDesk.vue'

let client: FakeClient
let page: VueWrapper

async function open(id: string): Promise<void> {
  page = show(ClerkDesk, client, { id })
  await vi.waitFor(() => expect(page.find('.desk').exists()).toBe(true))
}

const button = (action: string) => page.get<HTMLButtonElement>(`[data-action="${action}"]`)
const grey = (action: string) => button(action).element.disabled
const number = () => page.find('[data-number]').attributes('data-number')

async function key(name: string, init: KeyboardEventInit = {}): Promise<void> {
  document.body.dispatchEvent(new KeyboardEvent('keydown', { key: name, bubbles: true, ...init }))
  await vi.advanceTimersByTimeAsync(0)
}

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient()
})
afterEach(() => {
  page.unmount()
  client.close()
  vi.useRealTimers()
})

describe('a ticket was called', () => {
  beforeEach(() => open('3'))

  it('shows it, with who waits and who missed', () => {
    expect(number()).toBe('C012')
    expect(page.text()).toContain('3号窗口 · 自然资源')
    expect(page.text()).toContain('今天接待11批次34人次')
    expect(page.text()).toContain('已叫，等人到')
    expect(page.text()).toContain('等候5个号')
    expect(page.text()).toContain('已等35分钟')
    expect(page.get('footer').text()).toContain('C014已等35分钟')
    expect(page.get('header').text()).toContain('现场答复解决 6 · 交（转）办 5')
    expect(page.text()).toContain('人来了，排上')
  })

  it('does not call another: the big button says what comes first, and space does nothing', async () => {
    expect(button('next').text()).toBe('先选结果，再叫下一位')
    expect(grey('next')).toBe(true)
    await key(' ')
    expect(number()).toBe('C012')
  })

  it('says why 过号 is grey, until it is allowed', async () => {
    expect(grey('miss')).toBe(true)
    expect(button('miss').text()).toContain('再叫2遍、满1分钟后，可以按过号')
    for (let n = 0; n < 2; n++) {
      client.tick()
      await vi.advanceTimersByTimeAsync(11_000)
      client.tick()
      await key('F2')
    }
    expect(button('recall').text()).toContain('10秒后可以再叫')
    expect(grey('miss')).toBe(false)
    await key('F2', { shiftKey: true })
    expect(page.get('[data-list="missed"]').text()).toContain('C012')
  })

  it('is received, finished by key with the corrected party, and the next is called by space', async () => {
    await key('F4')
    expect(page.text()).toContain('正在接待')
    await page.get('[aria-label="多一人"]').trigger('click')
    await key('F8')
    expect(page.text()).toContain('C012：交（转）办，2人')
    expect(page.text()).toContain('今天接待12批次36人次')
    expect(button('next').text()).toContain('下一位 C014')
    await key(' ')
    expect(number()).toBe('C014')
  })

  it('offers the outcome slip after an outcome, and the transfer slip after a transfer', async () => {
    const print = vi.spyOn(client, 'reprint')
    await key('F4')
    await key('F8')
    await page.get('select').setValue('housing')
    await button('print-outcome').trigger('click')
    expect(print.mock.calls[0]?.slice(1)).toEqual(['outcome', 'housing'])
    await vi.advanceTimersByTimeAsync(0)
    expect(page.text()).toContain('C012的小票正在打印')
  })

  it('what another clerk does is on the screen at once', async () => {
    await client.act('3', { name: 'finish', outcome: 'resolved' })
    await vi.advanceTimersByTimeAsync(0)
    expect(page.find('[data-number]').exists()).toBe(false)
  })

  it('goes to another window, found by its initials', async () => {
    await key('F6')
    const field = document.querySelector<HTMLInputElement>('.ask-box input')
    if (!field) throw new Error('no picker')
    await vi.advanceTimersByTimeAsync(20)
    expect(document.activeElement).toBe(field)
    field.value = 'rs'
    field.dispatchEvent(new Event('input'))
    await vi.advanceTimersByTimeAsync(0)
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }))
    await vi.advanceTimersByTimeAsync(0)
    expect(page.find('[data-number]').exists()).toBe(false)
    expect(page.text()).toContain('C012已转到人社，号不变')
    const there = await client.window('5')
    expect(there.waiting.at(-1)).toMatchObject({ number: 'C012', transferred: true })
  })
})

describe('the hub is lost', () => {
  it('says since when, allows nothing, and comes back by itself', async () => {
    await open('3')
    client.lose()
    await vi.advanceTimersByTimeAsync(0)
    expect(page.get('[role="alert"]').text()).toBe('和大厅断开了。下面是09:41的情况，现在不能叫号，正在重连')
    const buttons = page.findAll<HTMLButtonElement>('main [data-action], aside button')
    expect(buttons.filter(({ element }) => !element.disabled)).toEqual([])
    await key('F7')
    expect(number()).toBe('C012')
    client.tick()
    await vi.advanceTimersByTimeAsync(0)
    expect(page.find('[role="alert"]').exists()).toBe(false)
    expect(grey('resolved')).toBe(false)
  })
})

describe('a window without a ticket', () => {
  it('has nobody to call', async () => {
    await open('4')
    expect(button('next').text()).toContain('没有人在等')
    expect(grey('next')).toBe(true)
  })

  it('is opened before it calls', async () => {
    await open('17')
    expect(grey('next')).toBe(true)
    await button('open').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.find('[data-action="open"]').exists()).toBe(false)
    expect(page.get('.desk').attributes('data-status')).toBe('idle')
  })

  it('pauses with a reason and a time, and says both', async () => {
    await open('4')
    await key('F9', { shiftKey: true })
    document.querySelector<HTMLButtonElement>('[data-action="confirm-pause"]')?.click()
    await vi.advanceTimersByTimeAsync(0)
    expect(page.text()).toContain('暂停到09:55')
    expect(page.text()).toContain('开会。号都有效，恢复后按顺序叫。')
    await button('open').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.get('.desk').attributes('data-status')).toBe('idle')
  })

  it('asks before it closes, and can be kept open', async () => {
    await open('4')
    await button('close').trigger('click')
    document.querySelector<HTMLButtonElement>('.ask-box [data-action="cancel"]')?.click()
    await vi.advanceTimersByTimeAsync(1000)
    expect(page.get('.desk').attributes('data-status')).toBe('idle')
    await button('close').trigger('click')
    document.querySelector<HTMLButtonElement>('[data-action="confirm-close"]')?.click()
    await vi.advanceTimersByTimeAsync(0)
    expect(page.get('.desk').attributes('data-status')).toBe('closed')
  })
})

describe('a number before its turn', () => {
  beforeEach(async () => {
    await open('3')
    await key('F7')
  })
  const first = (name: string) => page.find(`[data-call="${name}"]`)
  const inBox = (selector: string) => document.querySelector<HTMLElement>(`.ask-box ${selector}`)

  it.each(['at-window', 'frail', 'papers', 'joint', 'deferred', 'other'] as const)(
    'is called for a reason: %s',
    async (reason) => {
      const act = vi.spyOn(client, 'act')
      await first('C016').trigger('click')
      inBox(`input[value="${reason}"]`)?.click()
      await vi.advanceTimersByTimeAsync(0)
      inBox('[data-action="confirm-call"]')?.click()
      await vi.advanceTimersByTimeAsync(0)
      expect(act.mock.calls[0]?.[1]).toMatchObject({ name: 'call', reason })
      expect(number()).toBe('C016')
    },
  )

  it('may be 改日优先', async () => {
    await first('C016').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(inBox('fieldset')?.textContent).toContain('改日优先')
  })

  it('is not offered for the next, with somebody at the window, or while the hall pauses', async () => {
    expect(first('C014').exists()).toBe(false)
    client.receiveHall({ ...(client.hall.value as Hall), phase: 'paused', pause: { reason: 'meeting' } })
    await vi.advanceTimersByTimeAsync(0)
    expect(first('C016').exists()).toBe(false)
    page.unmount()
    await open('2')
    expect(page.find('[data-call]').exists()).toBe(false)
  })
})

describe('the whole hall pauses', () => {
  const pause = async (until?: string) => {
    const phase = 'paused'
    const whole = { reason: 'meeting', ...(until && { until }) } as const
    client.receiveHall({ ...(client.hall.value as Hall), phase, pause: whole })
    await vi.advanceTimersByTimeAsync(0)
  }
  const until = '2026-11-23T10:30:00+08:00'

  it('says why and until when, calls nobody, and goes on by itself', async () => {
    await open('3')
    await key('F4')
    await key('F8')
    expect(grey('next')).toBe(false)
    await pause(until)
    expect(page.get('.empty').text()).toContain('大厅暂停到10:30')
    expect(page.get('.empty').text()).toContain('开会。现在不叫号，号都有效，恢复后按顺序叫。')
    expect(grey('next')).toBe(true)
    await key(' ')
    expect(page.find('[data-number]').exists()).toBe(false)
    const { pause: over, ...rest } = client.hall.value as Hall
    expect(over).toBeDefined()
    client.receiveHall({ ...rest, phase: 'open' })
    await vi.advanceTimersByTimeAsync(0)
    expect(grey('next')).toBe(false)
  })

  it('lets whoever is at the window be received to the end', async () => {
    await open('3')
    await pause()
    expect(page.get('.notices').text()).toBe('大厅暂停（开会）：正在接待的照常，先不叫下一位')
    expect(grey('start')).toBe(false)
    await key('F4')
    await key('F7')
    expect(page.get('.empty').text()).toContain('大厅暂停')
  })
})

describe('a slip did not come out', () => {
  const row = () => page.get('[data-list="waiting"]').find('[data-slip]')
  const inBox = (action: string) => {
    const found = document.querySelector<HTMLButtonElement>(`.ask-box [data-action="${action}"]`)
    if (!found) throw new Error(`no ${action}`)
    return found
  }

  beforeEach(async () => {
    client.spoilSlip('3', 'failed')
    await open('3')
  })

  it('says so beside the number, and prints it again, marked', async () => {
    expect(page.text()).toContain('小票没打出来')
    const print = vi.spyOn(client, 'reprint')
    await row().trigger('click')
    inBox('reprint').click()
    await vi.advanceTimersByTimeAsync(0)
    expect(print.mock.calls[0]?.[1]).toBe('ticket')
  })

  it('voids a number that nobody holds', async () => {
    const lost = row().attributes('data-slip') ?? ''
    await row().trigger('click')
    inBox('void').click()
    await vi.advanceTimersByTimeAsync(0)
    expect(page.text()).toContain(`${lost}已作废`)
    expect(
      page
        .get('[data-list="waiting"]')
        .findAll('b')
        .map((one) => one.text()),
    ).not.toContain(lost)
  })
})

describe('the printer needs a hand', () => {
  const notices = () => page.get('.notices').text()
  const printer = (state: Printer['state'], more: Partial<Printer> = {}) =>
    client.receiveHall({
      ...(client.hall.value as Hall),
      printers: [{ id: 'hub', state, reason: '', paper: 'ok', unconfirmed: [], ...more }],
    })

  it.each<[Printer['state'], Partial<Printer>, string]>([
    ['ok', { paper: 'near-end' }, '取号机：纸快用完了，请备纸'],
    ['ok', { paper: 'near-end', id: 'kiosk-2' }, '取号机kiosk-2：纸快用完了，请备纸'],
    ['ok', { reason: 'slip-waiting' }, '取号机：有小票没拿走'],
    ['paper-out', { paper: 'out' }, '取号机：没纸了，请换纸'],
    ['cover-open', {}, '取号机：盖子没盖好'],
    ['error', { reason: 'jam' }, '取号机：卡纸了'],
    ['error', { reason: 'cutter' }, '取号机：切刀卡住了'],
    ['error', { reason: 'overheated' }, '取号机：打印头过热，等它凉下来'],
    ['error', { reason: 'error' }, '取号机：打不出小票，请看打印机'],
    ['silent', { reason: 'silent' }, '取号机：打印机没回应，请看电源和线'],
    ['offline', { reason: 'unplugged' }, '取号机：打印机没回应，请看电源和线'],
    ['unknown', { reason: 'silent' }, '取号机：打印机一直没回应，小票打没打出来说不准，请看电源和线'],
    ['unknown', {}, ''],
    ['none', {}, ''],
    ['ok', {}, ''],
  ])('%s %o: %s', async (state, more, says) => {
    await open('3')
    printer(state, more)
    await vi.advanceTimersByTimeAsync(0)
    expect(notices()).toBe(says)
  })
})

describe('the day is over', () => {
  async function close(more: Partial<Hall> = {}): Promise<void> {
    await open('17')
    client.receiveHall({ ...(client.hall.value as Hall), phase: 'closed', ...more })
    await vi.advanceTimersByTimeAsync(0)
  }

  it.each([
    ['confirmed', '日结小票：已打印'],
    ['sent', '日结小票：已发送，未确认'],
    ['failed', '日结小票：没打出来'],
    ['unknown', '日结小票：不确定'],
  ] as const)('prints its figures, and says when they are %s', async (state, says) => {
    await close()
    expect(page.text()).toContain('今天已经结束')
    expect(page.find('[data-action="open"]').exists()).toBe(false)
    client.print = state
    await button('print-day').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.get('.note').text()).toBe(says)
    expect(page.get('.note').classes('refused')).toBe(state === 'failed' || state === 'unknown')
  })

  it('prints one slip at a time', async () => {
    await close()
    let done: (printed: DayPrinted) => void = () => undefined
    const print = vi.spyOn(client, 'printDay').mockReturnValue(new Promise((resolve) => (done = resolve)))
    await button('print-day').trigger('click')
    expect(grey('print-day')).toBe(true)
    expect(button('print-day').text()).toBe('正在打印……')
    await button('print-day').trigger('click')
    expect(print).toHaveBeenCalledTimes(1)
    done({ state: 'confirmed', reason: '' })
    await vi.advanceTimersByTimeAsync(0)
    expect(grey('print-day')).toBe(false)
  })

  it('says why no slip is to be had', async () => {
    await close()
    client.refuseNext('printer.none', { zh: '大厅没有接打印机', en: 'no printer' })
    await button('print-day').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.get('.note').text()).toBe('大厅没有接打印机')
  })

  it('has no slip without a printer, on a day that is open, or before the first of a day', async () => {
    await close({ printers: [] })
    expect(page.find('[data-action="print-day"]').exists()).toBe(false)
    page.unmount()
    await close({ phase: 'open' })
    expect(page.find('[data-action="print-day"]').exists()).toBe(false)
    page.unmount()
    await close({ day: '' })
    expect(page.find('[data-action="print-day"]').exists()).toBe(false)
  })
})

describe('a visitor at a kiosk asks for a person', () => {
  beforeEach(() => open('3'))

  it('stands on the page, which says so to the hall once, until a clerk knows', async () => {
    const told = vi.spyOn(client, 'helpShown')
    const id = client.askHelp('hub')
    client.askHelp('2')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.text()).toContain('取号机：有人需要帮助')
    expect(page.text()).toContain('取号机2：有人需要帮助')
    client.tick()
    await vi.advanceTimersByTimeAsync(3000)
    expect(told.mock.calls.filter(([one]) => one === id)).toHaveLength(1)
    await button('help-known').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.findAll('.help')).toHaveLength(1)
    expect(page.text()).not.toContain('取号机：有人需要帮助')
  })

  it('is not said to be shown by a page that nobody sees', async () => {
    const told = vi.spyOn(client, 'helpShown')
    const seen = vi.spyOn(document, 'visibilityState', 'get').mockReturnValue('hidden')
    document.dispatchEvent(new Event('visibilitychange'))
    client.askHelp('hub')
    await vi.advanceTimersByTimeAsync(0)
    expect(told).not.toHaveBeenCalled()
    seen.mockReturnValue('visible')
    document.dispatchEvent(new Event('visibilitychange'))
    await vi.advanceTimersByTimeAsync(0)
    expect(told).toHaveBeenCalledTimes(1)
  })

  it('takes no key from the queue: space still calls and leaves the asking alone', async () => {
    client.askHelp('hub')
    await vi.advanceTimersByTimeAsync(0)
    await key('F4')
    await key('F7')
    await key(' ')
    expect(number()).toBe('C014')
    expect(page.findAll('.help')).toHaveLength(1)
  })
})

it('tells clerks that kiosks are out of use', async () => {
  client.receiveHall({ ...(client.hall.value as Hall), kiosksClosed: true })
  await open('3')
  expect(page.text()).toContain('取号机已暂停使用，请在服务台取号')
})

describe('what was pressed by mistake', () => {
  beforeEach(() => open('3'))

  it('is taken back with its key while the seconds run, and then no more', async () => {
    await key('F4')
    await key('F7')
    expect(page.text()).toContain('C012：现场答复解决')
    expect(button('undo').text()).toContain('撤销“C012接待完”（还剩20秒）')
    await key('z', { ctrlKey: true })
    expect(number()).toBe('C012')
    expect(page.text()).toContain('正在接待')
    expect(page.text()).toContain('C012还没接待完，请重选结果')
    expect(page.text()).toContain('今天接待11批次34人次')
    expect(page.find('[data-action="undo"]').exists()).toBe(false)
  })

  it('is taken back by its button: a call leaves the number where it waited', async () => {
    await key('F4')
    await key('F9')
    await key(' ')
    expect(number()).toBe('C014')
    await button('undo').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(page.find('[data-number]').exists()).toBe(false)
    expect(page.text()).toContain('没有叫C014，还在原来的位置')
    expect(page.get('[data-list="waiting"] li b').text()).toBe('C014')
  })

  it('stays done after twenty seconds', async () => {
    await key('F4')
    await key('F8')
    for (let n = 0; n < 7; n++) {
      await vi.advanceTimersByTimeAsync(3_000)
      client.tick()
    }
    expect(page.find('[data-action="undo"]').exists()).toBe(false)
    await key('z', { ctrlKey: true })
    expect(page.find('[data-number]').exists()).toBe(false)
  })
})

describe('a reception that does not end here and now', () => {
  beforeEach(async () => {
    await open('3')
    await key('F4')
  })

  it('waits at its window while others are received, and goes on', async () => {
    expect(page.find('[data-list="held"]').exists()).toBe(false)
    await key('F3')
    expect(page.text()).toContain('C012留在本窗口，右边可以继续接待')
    expect(page.get('[data-list="held"]').text()).toContain('稍后继续1个号')
    await key(' ')
    expect(number()).toBe('C014')
    expect(page.get<HTMLButtonElement>('[data-resume="C012"]').element.disabled).toBe(true)
    await key('F7')
    await page.get('[data-resume="C012"]').trigger('click')
    await vi.advanceTimersByTimeAsync(0)
    expect(number()).toBe('C012')
    expect(page.text()).toContain('正在接待')
  })

  it('is shared with a window that is free; the others say why they are not', async () => {
    await key('F6', { shiftKey: true })
    await vi.advanceTimersByTimeAsync(100)
    const tiles = [...document.querySelectorAll<HTMLButtonElement>('[data-place]')]
    const [free] = tiles.filter((tile) => !tile.disabled)
    const busy = tiles.find((tile) => tile.disabled)
    expect(free?.textContent).toContain('空着')
    expect(busy?.textContent).not.toContain('空着')
    free?.click()
    await vi.advanceTimersByTimeAsync(0)
    document.querySelector<HTMLButtonElement>('[data-action="confirm-join"]')?.click()
    await vi.advanceTimersByTimeAsync(0)
    const window = `${free?.dataset['place'] ?? ''}号窗口`
    expect(page.text()).toContain(`和${window}一起`)
    expect(page.text()).toContain(`已请${window}一起接待C012`)
  })
})

it('says whom it helps to receive, and leaves when its part is done', async () => {
  await open('3')
  await key('F4')
  await client.act('3', { name: 'join', window: '4' })
  page.unmount()
  await open('4')
  expect(page.text()).toContain('和3号窗口一起接待C012')
  expect(grey('next')).toBe(true)
  await button('part').trigger('click')
  await vi.advanceTimersByTimeAsync(0)
  expect(page.text()).not.toContain('一起接待')
})
