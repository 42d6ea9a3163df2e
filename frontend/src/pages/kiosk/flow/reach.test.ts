import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { HallError, unreachable } from '@/client'
import { FakeClient } from '@/client/fake'
import { fakeHall } from '@/client/fake/hall'
import type { Hall, Printer, Service } from '@/client/types'
import en from '@/locales/en/kiosk'
import zh from '@/locales/zh/kiosk'
import { buttonsOf } from './calm'
import type { Act, Calm } from './screens'
import { useKioskFlow, type KioskFlow } from './useKioskFlow'

let client: FakeClient
let scope: EffectScope
let flow: KioskFlow

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient({ playing: true })
  scope = effectScope()
  const options = { client, language: ref('zh'), slowly: ref(false), large: ref(false), onGone: vi.fn() }
  flow = scope.run(() => useKioskFlow(options)) as KioskFlow
})
afterEach(() => {
  scope.stop()
  client.close()
  vi.useRealTimers()
})

const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000)

const hall = (more: Partial<Hall>) => client.receiveHall({ ...fakeHall(), ...more })
const housing = (own: Partial<Service>) => {
  hall({ services: fakeHall().services.map((one) => (one.id === 'housing' ? { ...one, ...own } : one)) })
  flow.open('housing')
}
async function printer(state: Printer['state'], reason = ''): Promise<void> {
  await seconds(0)
  hall({ printers: [{ id: 'hub', state, reason, paper: 'ok', unconfirmed: [] }] })
  flow.open('housing')
  await seconds(0)
}
async function take(print: FakeClient['print'] = 'confirmed'): Promise<void> {
  client.print = print
  flow.open('housing')
  flow.touchTake()
  flow.take()
  await seconds(1)
}
async function takeAgain(print: FakeClient['print']): Promise<void> {
  await take()
  flow.goodbye()
  await take()
  client.print = print
}
async function breakLine(): Promise<void> {
  vi.spyOn(client, 'tick').mockImplementation(() => undefined)
  client.lose()
  await seconds(4)
}
const refuse = async (code: string) => {
  flow.open('housing')
  client.refuseNext(code)
  flow.take()
  await seconds(0)
}

/** A way to each of the calm screens; the type asks for every one of them. */
const ways: Record<Calm, () => void | Promise<void>> = {
  paperOut: () => printer('paper-out'),
  coverOpen: () => printer('cover-open'),
  jammed: () => printer('error', 'jam'),
  tooHot: () => printer('error', 'overheated'),
  printerSilent: () => printer('silent'),
  unplugged: () => printer('offline', 'unplugged'),
  printerFault: () => printer('error', 'error'),
  slipLeft: () => printer('ok', 'slip-waiting'),
  async mended() {
    await printer('cover-open')
    hall({})
    await seconds(0)
  },
  stopped: () => refuse('day.stopped'),
  early: () => refuse('day.early'),
  dayOff: () => refuse('day.off'),
  later: () => flow.open('water'),
  closed: () => housing({ issuing: 'off' }),
  serviceStopped: () => housing({ issuing: 'stopped' }),
  onCall: () => flow.open('procuratorate'),
  paused: () => flow.open('urban-management'),
  crowded: () => housing({ wait: { low: 60, high: 90 } }),
  takenHere: () => takeAgain('confirmed'),
  leaderNone: () => flow.leader(),
  leaderEnds() {
    const [first] = fakeHall().services
    const leader = { post: { zh: '', en: '' }, name: { zh: '', en: '' }, service: 'leader' }
    hall({
      services: [...fakeHall().services, { ...(first as Service), id: 'leader', issuing: 'stopped' }],
      leader: { ...leader, from: '2026-11-23T09:00:00+08:00', until: '2026-11-23T10:30:00+08:00' },
    })
    flow.leader()
  },
  otherOffice: () => flow.office('妇联'),
  refused: () => refuse('some.other'),
  hubLost: breakLine,
  async outOfUse() {
    hall({ kiosksClosed: true })
    await seconds(0)
  },
  async unconfirmed() {
    vi.spyOn(client, 'take').mockRejectedValue(new HallError(unreachable))
    await take()
    await seconds(15)
  },
  async slipWaiting() {
    const waiting = { id: 'hub', state: 'ok', reason: 'slip-waiting', paper: 'ok', unconfirmed: [] } as const
    await take('sending')
    vi.spyOn(client, 'printers').mockResolvedValue([{ ...waiting, unconfirmed: [] }])
    client.print = 'confirmed'
    await seconds(9)
  },
  failed: () => take('failed'),
  unknown: () => take('unknown'),
  async giveBack() {
    await take('failed')
    flow.act('giveBack')
  },
  async kept() {
    await take('failed')
    flow.act('giveBack')
    client.refuseNext('ticket.not-waiting')
    flow.act('confirmGiveBack')
    await seconds(0)
  },
  async reprinting() {
    await takeAgain('sending')
    flow.act('reprintLast')
  },
  async reprinted() {
    await takeAgain('confirmed')
    flow.act('reprintLast')
    await seconds(1)
  },
  async notReprinted() {
    await takeAgain('failed')
    flow.act('reprintLast')
    await seconds(1)
  },
  async idle() {
    flow.open('housing')
    await seconds(60)
  },
  helpAsking() {
    vi.spyOn(client, 'help').mockReturnValue(new Promise(() => undefined))
    flow.help()
  },
  async helpKnown() {
    flow.help()
    await seconds(0)
  },
  async help() {
    client.helped = 'unreached'
    flow.help()
    await seconds(0)
  },
}

/** Screens that wait for something and leave by themselves. */
const byItself = new Set<Calm>(['reprinting'])
const leads = new Set<Act>([
  'home',
  'back',
  'finish',
  'continue',
  'tryHub',
  'help',
  'reprint',
  'confirmGiveBack',
])

it.each(Object.entries(ways) as [Calm, () => void | Promise<void>][])(
  '%s is reached, has its words in every language, and a way on',
  async (calm, way) => {
    await way()
    expect(flow.screen.value).toMatchObject({ name: 'calm', calm })
    for (const { calm: words, button } of [zh, en]) {
      expect(words[calm].title && words[calm].text).toBeTruthy()
      for (const { label } of buttonsOf(calm)) expect(button).toHaveProperty(label)
    }
    expect(zh.calm[calm].title + zh.calm[calm].text).not.toMatch(/错误|失败|异常|非法|禁止|无权|！/)
    if (!byItself.has(calm)) expect(buttonsOf(calm).some(({ act }) => leads.has(act))).toBe(true)
  },
)
