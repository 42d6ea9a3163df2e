import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, ref, type EffectScope } from 'vue'
import { HallError, unreachable } from '@/client'
import { FakeClient } from '@/client/fake'
import { fakeHall } from '@/client/fake/hall'
import type { Hall, HelpState, Issuing, Printer, Service, TicketTaken } from '@/client/types'
import { buttonsOf } from './calm'
import type { Kept } from './memory'
import type { Calm } from './screens'
import { useKioskFlow, type KioskFlow } from './useKioskFlow'

let client: FakeClient
let scope: EffectScope
let flow: KioskFlow
const slowly = ref(false)
const large = ref(false)
const onGone = vi.fn()

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient({ playing: true })
  scope = effectScope()
  slowly.value = false
  large.value = false
  onGone.mockClear()
  flow = scope.run(() => useKioskFlow({ client, language: ref('zh'), slowly, large, onGone })) as KioskFlow
})

afterEach(() => {
  scope.stop()
  client.close()
  vi.useRealTimers()
})

const seconds = (n: number) => vi.advanceTimersByTimeAsync(n * 1000)
const shown = () => (flow.screen.value.name === 'calm' ? flow.screen.value.calm : flow.screen.value.name)
const keys = (take: { mock: { calls: unknown[][] } }) => take.mock.calls.map(([, key]) => key)

/** A finger on 取号. */
function press(): void {
  flow.touchTake()
  flow.take()
}

/** From the first screen to a ticket. */
async function takeNumber(service = 'natural-resources'): Promise<TicketTaken> {
  flow.open(service)
  press()
  await seconds(0)
  return flow.ticket.value as TicketTaken
}

describe('taking a number', () => {
  it('needs a tile and 取号, nothing else', async () => {
    const take = vi.spyOn(client, 'take')
    const ticket = await takeNumber()
    expect(shown()).toBe('ticket')
    expect(ticket.service).toBe('natural-resources')
    expect(take.mock.calls[0]?.[0]).toEqual({
      service: 'natural-resources',
      persons: 1,
      priority: false,
      language: 'zh',
      large: false,
    })
  })

  it('sends what the visitor said, and says so in the language of the slip', async () => {
    const take = vi.spyOn(client, 'take')
    flow.open('water')
    expect(shown()).toBe('later')
    flow.act('continue')
    flow.persons(7)
    flow.priority(true)
    press()
    await seconds(0)
    expect(take.mock.calls[0]?.[0]).toMatchObject({ service: 'water', persons: 7, priority: true })
  })

  it('keeps a party between 1 and 99', () => {
    flow.open('housing')
    flow.persons(0)
    expect(flow.visit.value?.persons).toBe(1)
    flow.persons(100)
    expect(flow.visit.value?.persons).toBe(99)
  })

  it('gives one number however often one touch is felt', async () => {
    const take = vi.spyOn(client, 'take')
    flow.open('housing')
    press()
    flow.take()
    press()
    await seconds(0)
    press()
    await seconds(0)
    expect(take).toHaveBeenCalledTimes(1)
    expect(shown()).toBe('ticket')
  })

  it('makes a new key for a new touch', async () => {
    const take = vi.spyOn(client, 'take')
    await takeNumber()
    await seconds(40)
    await takeNumber()
    expect(new Set(keys(take)).size).toBe(2)
  })

  it('follows an answer in place, and takes it back', () => {
    flow.open('natural-resources')
    flow.persons(3)
    flow.answer(4)
    expect(flow.visit.value).toMatchObject({ asked: 'natural-resources', service: 'water', persons: 3 })
    flow.answer(4)
    expect(flow.visit.value).toMatchObject({ service: 'natural-resources', answer: null, persons: 3 })
  })

  it('asks before it takes a number for a window that an answer led to and that is not there', async () => {
    flow.open('natural-resources')
    flow.answer(4)
    press()
    expect(shown()).toBe('later')
    flow.act('continue')
    expect(shown()).toBe('visit')
    press()
    await seconds(0)
    expect(flow.ticket.value?.service).toBe('water')
  })
})

describe('a broken line', () => {
  it('asks again with the same key until the hall answers', async () => {
    const take = vi.spyOn(client, 'take')
    flow.open('housing')
    client.lose()
    take.mockRejectedValue(new HallError(unreachable))
    press()
    await seconds(2)
    expect(flow.taking.value).toBe('sending')
    await seconds(2)
    expect(flow.taking.value).toBe('slow')
    take.mockRestore()
    const again = vi.spyOn(client, 'take')
    client.tick()
    await seconds(1)
    expect(shown()).toBe('ticket')
    expect(new Set([...keys(take), ...keys(again)]).size).toBe(1)
  })

  it('says after 15 s that it is not confirmed, and then asks no more by itself', async () => {
    const take = vi.spyOn(client, 'take').mockRejectedValue(new HallError(unreachable))
    flow.open('housing')
    press()
    await seconds(16)
    expect(shown()).toBe('unconfirmed')
    const asked = take.mock.calls.length
    await seconds(20)
    expect(take).toHaveBeenCalledTimes(asked)
    flow.act('tryTake')
    await seconds(1)
    expect(take.mock.calls.length).toBeGreaterThan(asked)
    expect(new Set(keys(take)).size).toBe(1)
  })

  it('shows a number that comes late, while its visitor still stands here', async () => {
    const answer = await takeNumber()
    await seconds(40)
    let come: (ticket: TicketTaken) => void = () => undefined
    vi.spyOn(client, 'take').mockReturnValue(new Promise((done) => (come = done)))
    flow.open('housing')
    press()
    await seconds(16)
    expect(shown()).toBe('unconfirmed')
    come(answer)
    await seconds(0)
    expect(shown()).toBe('ticket')
  })

  it('does not show it to the next visitor', async () => {
    const answer = await takeNumber()
    await seconds(40)
    let come: (ticket: TicketTaken) => void = () => undefined
    vi.spyOn(client, 'take').mockReturnValue(new Promise((done) => (come = done)))
    flow.open('housing')
    press()
    await seconds(16)
    flow.act('home')
    come(answer)
    await seconds(0)
    expect(shown()).toBe('home')
    expect(flow.ticket.value).toBeNull()
  })

  it('tells visitors before they try, but not of a hiccup', async () => {
    client.lose()
    await seconds(2)
    expect(shown()).toBe('home')
    client.tick()
    await seconds(10)
    expect(shown()).toBe('home')
    vi.spyOn(client, 'tick').mockImplementation(() => undefined)
    client.lose()
    await seconds(4)
    expect(shown()).toBe('hubLost')
    vi.mocked(client.tick).mockRestore()
    client.tick()
    await seconds(0)
    expect(shown()).toBe('home')
  })

  it('lets somebody try, and believes an answer', async () => {
    vi.spyOn(client, 'tick').mockImplementation(() => undefined)
    client.lose()
    await seconds(4)
    flow.act('tryHub')
    expect(flow.trying.value).toBe(true)
    await seconds(1)
    expect(flow.trying.value).toBe(false)
    expect(shown()).toBe('hubLost')
    vi.spyOn(client, 'printers').mockResolvedValue([])
    flow.act('tryHub')
    await seconds(1)
    expect(shown()).toBe('home')
  })
})

describe('what stands in the way', () => {
  it.each([
    ['procuratorate', 'onCall'],
    ['urban-management', 'paused'],
    ['water', 'later'],
  ])('of %s is told, and may be passed', (service, calm) => {
    flow.open(service)
    expect(shown()).toBe(calm)
    flow.act('continue')
    expect(shown()).toBe('visit')
    expect(flow.visit.value?.service).toBe(service)
  })

  it('leads to the general window instead', () => {
    flow.open('water')
    flow.act('general')
    expect(flow.visit.value?.service).toBe('general')
  })

  it.each([
    ['paper-out', 'paper-out', 'paperOut'],
    ['cover-open', 'cover-open', 'coverOpen'],
    ['error', 'cutter', 'jammed'],
    ['error', 'jam', 'jammed'],
    ['error', 'overheated', 'tooHot'],
    ['error', 'error', 'printerFault'],
    ['silent', 'silent', 'printerSilent'],
    ['offline', 'unplugged', 'unplugged'],
    ['offline', 'port-missing', 'unplugged'],
    ['offline', 'stuck', 'printerFault'],
    ['ok', 'slip-waiting', 'slipLeft'],
    ['none', '', 'visit'],
    ['unknown', '', 'visit'],
  ] as const)('a printer that is %s for %s shows %s', async (state, reason, calm) => {
    const printer: Printer = { id: 'hub', state, reason, paper: 'unknown', unconfirmed: [] }
    await seconds(0)
    client.receiveHall({ ...fakeHall(), printers: [printer] })
    flow.open('housing')
    expect(shown()).toBe(calm)
  })

  it('is told before a number is issued, if the paper ended while somebody stood there', async () => {
    const take = vi.spyOn(client, 'take')
    const printer: Printer = {
      id: 'hub',
      state: 'paper-out',
      reason: 'paper-out',
      paper: 'out',
      unconfirmed: [],
    }
    vi.spyOn(client, 'printers').mockResolvedValue([printer])
    flow.open('housing')
    expect(shown()).toBe('visit')
    await seconds(1)
    press()
    expect(shown()).toBe('paperOut')
    expect(take).not.toHaveBeenCalled()
    flow.act('continue')
    press()
    await seconds(0)
    expect(take).toHaveBeenCalledTimes(1)
  })

  it('is over by itself when the printer is well again', async () => {
    const printer: Printer = {
      id: 'hub',
      state: 'cover-open',
      reason: 'cover-open',
      paper: 'ok',
      unconfirmed: [],
    }
    const asked = vi.spyOn(client, 'printers').mockResolvedValue([printer])
    client.receiveHall({ ...fakeHall(), printers: [] })
    await seconds(10)
    flow.open('housing')
    expect(shown()).toBe('coverOpen')
    asked.mockResolvedValue([{ ...printer, state: 'ok', reason: '' }])
    await seconds(2)
    expect(shown()).toBe('mended')
    await seconds(4)
    expect(shown()).toBe('visit')
    expect(flow.visit.value?.service).toBe('housing')
  })

  it('changes while it is being read: the paper is out, then somebody changes it', async () => {
    const printer: Printer = { id: 'hub', state: 'paper-out', reason: '', paper: 'out', unconfirmed: [] }
    await seconds(0)
    const news = async (now: Partial<Printer>) => {
      client.receiveHall({ ...fakeHall(), printers: [{ ...printer, ...now }] })
      await seconds(0)
    }
    await news({})
    flow.open('housing')
    await seconds(0)
    expect(shown()).toBe('paperOut')
    await news({ state: 'cover-open' })
    expect(shown()).toBe('coverOpen')
    await news({ state: 'ok' })
    expect(shown()).toBe('mended')
    flow.act('continue')
    expect(shown()).toBe('visit')
  })

  it('may be a printer that does not answer, which somebody asks again', async () => {
    const printer: Printer = { id: 'hub', state: 'silent', reason: 'silent', paper: 'ok', unconfirmed: [] }
    const asked = vi.spyOn(client, 'printers').mockResolvedValue([printer])
    await seconds(10)
    flow.open('housing')
    expect(shown()).toBe('printerSilent')
    asked.mockResolvedValue([{ ...printer, state: 'ok', reason: '' }])
    flow.act('tryPrinter')
    expect(flow.trying.value).toBe(true)
    await seconds(1)
    expect(flow.trying.value).toBe(false)
    expect(shown()).toBe('mended')
  })

  it('may be a printer that is not connected, and where the desk is', async () => {
    const printer: Printer = {
      id: 'hub',
      state: 'offline',
      reason: 'unplugged',
      paper: 'ok',
      unconfirmed: [],
    }
    await seconds(0)
    client.receiveHall({ ...fakeHall(), printers: [printer] })
    flow.open('housing')
    flow.act('desk')
    expect(shown()).toBe('help')
    flow.act('back')
    expect(shown()).toBe('unplugged')
    flow.act('continue')
    expect(shown()).toBe('visit')
  })

  it('is told once to a visitor, and again to the next', async () => {
    const printer: Printer = { id: 'hub', state: 'paper-out', reason: '', paper: 'out', unconfirmed: [] }
    await seconds(0)
    client.receiveHall({ ...fakeHall(), printers: [printer] })
    flow.open('water')
    expect(shown()).toBe('later')
    flow.act('continue')
    expect(shown()).toBe('paperOut')
    flow.act('continue')
    expect(shown()).toBe('visit')
    flow.general()
    expect(shown()).toBe('visit')
    flow.home()
    flow.open('housing')
    expect(shown()).toBe('paperOut')
  })

  const hours = (issuing: Issuing) => client.receiveHall({ ...fakeHall(), issuing })

  it.each<[Issuing['state'], string]>([
    ['early', 'early'],
    ['off', 'dayOff'],
    ['stopped', 'stopped'],
  ])('is that the hall is %s, and nobody passes it', async (state, calm) => {
    hours({ state })
    flow.open('housing')
    expect(shown()).toBe(calm)
    expect(buttonsOf(calm as Calm).map(({ act }) => act)).not.toContain('continue')
    flow.act('back')
    expect(shown()).toBe('home')
    flow.open('general')
    await seconds(0)
    hours({ state: 'open' })
    await seconds(0)
    expect(shown()).toBe('visit')
  })

  it('leaves urgent matters to the desk', async () => {
    hours({ state: 'stopped' })
    flow.open('housing')
    flow.act('help')
    await seconds(0)
    expect(shown()).toBe('helpKnown')
    flow.act('back')
    expect(shown()).toBe('stopped')
  })

  it('is not a day that nobody has opened yet', () => {
    client.receiveHall({ ...fakeHall(), phase: 'closed', day: '' })
    flow.open('housing')
    expect(shown()).toBe('visit')
  })

  it.each<[Partial<Service>, string]>([
    [{ issuing: 'off' }, 'closed'],
    [{ issuing: 'stopped' }, 'serviceStopped'],
    [{ staffed: false, from: '2026-11-23T14:30:00+08:00' }, 'later'],
    [{ staffed: true, from: '2026-11-23T14:30:00+08:00' }, 'visit'],
  ])('may be the hours of a service: %o', (own, calm) => {
    change('housing', own)
    flow.open('housing')
    expect(shown()).toBe(calm)
  })

  const change = (id: string, own: Partial<Service>) =>
    client.receiveHall({
      ...fakeHall(),
      services: fakeHall().services.map((one) => (one.id === id ? { ...one, ...own } : one)),
    })

  describe('of leaders', () => {
    const turn = { post: { zh: '副县长', en: '' }, name: { zh: '某某', en: '' }, service: 'leader' }
    const today = { ...turn, from: '2026-11-23T09:00:00+08:00', until: '2026-11-23T10:30:00+08:00' }
    const next = { ...turn, from: '2026-11-25T09:00:00+08:00', until: '2026-11-25T11:30:00+08:00' }
    const rota = (own: Partial<Service>, more: Partial<Hall>) => {
      const plain = fakeHall()
      const [first] = plain.services
      const leaders = { ...(first as Service), id: 'leader', staffed: false, ...own }
      client.receiveHall({ ...plain, services: [...plain.services, leaders], ...more })
    }

    it.each<[string, Partial<Service>, Partial<Hall>, string]>([
      ['who receives', { availability: 'closed', wait: { low: 10, high: 30 } }, { leader: today }, 'visit'],
      ['who goes before one is called', { wait: { low: 50, high: 90 } }, { leader: today }, 'leaderEnds'],
      ['for whom no more numbers are given', { issuing: 'stopped' }, { leader: today }, 'leaderEnds'],
      ['who has gone', { issuing: 'stopped' }, { nextLeader: next }, 'serviceStopped'],
      ['who comes another day', { issuing: 'off' }, { nextLeader: next }, 'leaderNone'],
      ['on a day off', { issuing: 'off' }, { nextLeader: next, issuing: { state: 'off' } }, 'dayOff'],
    ])('%s', (_, own, more, calm) => {
      rota(own, more)
      flow.leader()
      expect(shown()).toBe(calm)
    })

    it('whom the hall does not have', () => {
      flow.leader()
      expect(shown()).toBe('leaderNone')
    })

    it('who was called away while somebody stood there', async () => {
      rota({}, { leader: today })
      flow.leader()
      client.refuseNext('service.off')
      press()
      await seconds(0)
      expect(shown()).toBe('leaderNone')
    })
  })

  it('may be that the hall no longer has what was chosen', async () => {
    flow.open('housing')
    await seconds(0)
    client.receiveHall({ ...fakeHall(), services: fakeHall().services.filter(({ id }) => id !== 'housing') })
    await seconds(0)
    expect(shown()).toBe('home')
  })

  it.each([
    ['day.early', 'early'],
    ['day.off', 'dayOff'],
    ['day.stopped', 'stopped'],
    ['day.closed', 'stopped'],
    ['service.off', 'closed'],
    ['service.stopped', 'serviceStopped'],
    ['service.unknown', 'closed'],
    ['some.other', 'refused'],
  ])('may come while somebody stands at the second screen: %s', async (code, calm) => {
    flow.open('housing')
    flow.persons(4)
    client.refuseNext(code)
    press()
    await seconds(0)
    expect(shown()).toBe(calm)
    flow.act('back')
    expect(shown()).toBe('home')
    flow.open('housing')
    expect(flow.visit.value?.persons).toBe(1)
  })

  it('goes home when nobody reads it', async () => {
    flow.open('housing')
    client.refuseNext('some.other')
    press()
    await seconds(81)
    expect(shown()).toBe('home')
  })
})

describe('after the number', () => {
  it('goes home 8 s after the slip, and a touch starts the time anew', async () => {
    await takeNumber()
    await seconds(1)
    expect(flow.printing.value).toBe('confirmed')
    await seconds(6)
    flow.touched()
    await seconds(7)
    expect(shown()).toBe('ticket')
    await seconds(2)
    expect(shown()).toBe('home')
    expect(onGone).toHaveBeenCalled()
    expect(flow.ticket.value).toBeNull()
  })

  describe('with a presenter, whose slip is not taken', () => {
    const printer: Printer = { id: 'hub', state: 'ok', reason: 'slip-waiting', paper: 'ok', unconfirmed: [] }
    let asked: { mockResolvedValue(printers: Printer[]): unknown }

    beforeEach(async () => {
      await takeNumber()
      asked = vi.spyOn(client, 'printers').mockResolvedValue([printer])
      await seconds(10)
    })

    it('says so, until it is taken', async () => {
      expect(shown()).toBe('slipWaiting')
      asked.mockResolvedValue([{ ...printer, reason: '' }])
      await seconds(2)
      expect(shown()).toBe('home')
      expect(onGone).toHaveBeenCalled()
    })

    it('goes home when nobody takes it, and tells the next visitor, who may go on', async () => {
      await seconds(60)
      expect(shown()).toBe('home')
      flow.open('housing')
      expect(shown()).toBe('slipLeft')
      flow.act('continue')
      expect(shown()).toBe('visit')
    })

    it('lets the next visitor on once it is taken', async () => {
      flow.act('finish')
      flow.open('housing')
      expect(shown()).toBe('slipLeft')
      asked.mockResolvedValue([{ ...printer, reason: '' }])
      await seconds(2)
      expect(shown()).toBe('visit')
    })
  })

  it('gives 20 s to whoever reads slowly', async () => {
    slowly.value = true
    await takeNumber()
    await seconds(18)
    expect(shown()).toBe('ticket')
    await seconds(4)
    expect(shown()).toBe('home')
  })

  it('never goes home while the slip may still come', async () => {
    client.print = 'sending'
    await takeNumber()
    await seconds(50)
    expect(shown()).toBe('ticket')
    expect(flow.left.value).toBeNull()
    client.print = 'sent'
    await seconds(1)
    expect(flow.left.value).toBe(8)
  })

  it('asks for large print when the visitor reads in large letters', async () => {
    const take = vi.spyOn(client, 'take')
    large.value = true
    await takeNumber()
    expect(take.mock.calls[0]?.[0]).toMatchObject({ large: true })
  })

  it('offers the slip that a crash interrupted, marked, until it came out', async () => {
    const { id } = await takeNumber()
    await seconds(40)
    const slip = {
      job: '20261123-1-1',
      ticket: id,
      number: 'C012',
      state: 'unknown',
      reason: 'restarted',
    } as const
    const printer: Printer = { id: 'hub', state: 'ok', reason: '', paper: 'ok', unconfirmed: [slip] }
    client.receiveHall({ ...fakeHall(), printers: [printer] })
    await seconds(0)
    expect(flow.lost.value?.number).toBe('C012')
    const reprint = vi.spyOn(client, 'reprint')
    flow.reprintLost()
    expect(reprint).toHaveBeenCalledWith(id)
    await seconds(1)
    expect(shown()).toBe('reprinted')
    client.receiveHall({
      ...fakeHall(),
      printers: [{ ...printer, unconfirmed: [{ ...slip, reason: 'paper-out' }] }],
    })
    expect(flow.lost.value).toBeNull()
  })

  it.each(['failed', 'unknown'] as const)(
    'shows the number of a slip that is %s, then says it at home',
    async (end) => {
      client.print = end
      const { number } = await takeNumber()
      await seconds(1)
      expect(shown()).toBe(end)
      await seconds(119)
      expect(flow.ticket.value?.number).toBe(number)
      await seconds(2)
      expect(shown()).toBe('home')
      expect(flow.bar.value).toEqual({ says: 'notPrinted', number })
      expect(onGone).toHaveBeenCalled()
    },
  )

  it('takes a slip of which nothing is heard for unknown', async () => {
    client.print = 'sending'
    await takeNumber()
    await seconds(62)
    expect(shown()).toBe('unknown')
  })

  it('keeps a number without a slip until somebody has read it', async () => {
    const answer = await takeNumber()
    await seconds(40)
    vi.spyOn(client, 'take').mockResolvedValue({
      ...answer,
      print: { job: '', state: 'none', reason: '', slip: 'ticket' },
    })
    await takeNumber()
    await seconds(100)
    expect(shown()).toBe('ticket')
    flow.goodbye()
    expect(shown()).toBe('home')
    expect(flow.bar.value).toBeNull()
  })

  it('prints once more, and tells how that ended, the same end too', async () => {
    client.print = 'failed'
    await takeNumber()
    await seconds(1)
    flow.act('reprint')
    expect(shown()).toBe('ticket')
    await seconds(1)
    expect(shown()).toBe('failed')
    client.print = 'confirmed'
    flow.act('reprint')
    await seconds(1)
    expect(shown()).toBe('ticket')
    expect(flow.left.value).not.toBeNull()
  })

  it('gives a number back only after asking', async () => {
    client.print = 'failed'
    const cancel = vi.spyOn(client, 'cancel')
    const { code, number } = await takeNumber()
    await seconds(1)
    flow.act('giveBack')
    flow.act('back')
    expect(shown()).toBe('failed')
    expect(cancel).not.toHaveBeenCalled()
    flow.act('giveBack')
    flow.act('confirmGiveBack')
    await seconds(0)
    expect(cancel).toHaveBeenCalledExactlyOnceWith(code)
    expect(shown()).toBe('home')
    expect(flow.bar.value).toEqual({ says: 'cancelled', number })
  })

  it('keeps a number that cannot be given back', async () => {
    client.print = 'failed'
    await takeNumber()
    await seconds(1)
    flow.act('giveBack')
    client.refuseNext('ticket.not-waiting')
    flow.act('confirmGiveBack')
    await seconds(0)
    expect(shown()).toBe('kept')
    flow.act('back')
    expect(shown()).toBe('failed')
  })
})

describe('another number within 30 s', () => {
  async function takeAgain(): Promise<void> {
    await takeNumber()
    await seconds(1)
    flow.goodbye()
    flow.open('housing')
    press()
  }

  it('is asked about, and taken', async () => {
    await takeAgain()
    expect(shown()).toBe('takenHere')
    flow.act('takeNew')
    await seconds(0)
    expect(flow.ticket.value?.service).toBe('housing')
  })

  it('may have been meant as the slip, which comes without the number on the screen', async () => {
    const reprint = vi.spyOn(client, 'reprint')
    await takeAgain()
    flow.act('reprintLast')
    expect(shown()).toBe('reprinting')
    await seconds(1)
    expect(shown()).toBe('reprinted')
    expect(reprint).toHaveBeenCalledTimes(1)
    expect(flow.ticket.value).toBeNull()
    await seconds(9)
    expect(shown()).toBe('home')
  })

  it('is not asked about later', async () => {
    await takeNumber()
    await seconds(31)
    flow.open('housing')
    press()
    await seconds(0)
    expect(flow.ticket.value?.service).toBe('housing')
  })
})

describe('nobody there', () => {
  it('is asked after 60 s, and believed after 20 more', async () => {
    flow.open('housing')
    flow.persons(4)
    await seconds(59)
    flow.touched()
    await seconds(59)
    expect(shown()).toBe('visit')
    await seconds(1)
    expect(shown()).toBe('idle')
    await seconds(19)
    expect(flow.left.value).toBe(1)
    await seconds(1)
    expect(shown()).toBe('home')
    expect(flow.visit.value).toBeNull()
    expect(onGone).toHaveBeenCalledTimes(1)
  })

  it('was wrong: everything is as it was', async () => {
    flow.open('housing')
    flow.persons(4)
    await seconds(60)
    flow.act('back')
    expect(shown()).toBe('visit')
    expect(flow.visit.value?.persons).toBe(4)
  })

  it('forgets at home how the last visitor had set the screen', async () => {
    await seconds(60)
    expect(onGone).toHaveBeenCalledTimes(1)
  })

  it('never leaves a number that is on its way', async () => {
    vi.spyOn(client, 'take').mockReturnValue(new Promise(() => undefined))
    flow.open('housing')
    await seconds(50)
    press()
    await seconds(14)
    expect(shown()).toBe('visit')
  })
})

describe('a visitor who asks for a person', () => {
  it.each([
    ['shown', 'helpKnown'],
    ['known', 'helpKnown'],
    ['unreached', 'help'],
  ] as const)('hears of an asking that is %s', async (helped, calm) => {
    client.helped = helped
    flow.open('housing')
    flow.persons(4)
    flow.help()
    expect(shown()).toBe('helpAsking')
    await seconds(0)
    expect(shown()).toBe(calm)
    flow.act('back')
    expect(shown()).toBe('visit')
    expect(flow.visit.value?.persons).toBe(4)
  })

  it('who has gone back before the hall was told has asked for nobody', async () => {
    const later: (() => void)[] = []
    const options = { client, language: ref('zh'), slowly, large, onGone }
    scope.stop()
    scope = effectScope()
    flow = scope.run(() => useKioskFlow({ ...options, soon: (then) => later.push(then) })) as KioskFlow
    const help = vi.spyOn(client, 'help')
    flow.help()
    flow.act('back')
    for (const then of later) then()
    expect(help).not.toHaveBeenCalled()
    flow.help()
    later.at(-1)?.()
    expect(help).toHaveBeenCalledOnce()
  })

  it('is sent to the desk when the line is broken', async () => {
    client.lose()
    flow.help()
    await seconds(0)
    expect(shown()).toBe('help')
  })

  it('is sent there when nothing is heard at all, and hears nothing late', async () => {
    let come: (state: HelpState) => void = () => undefined
    const help = vi.spyOn(client, 'help').mockReturnValue(new Promise((done) => (come = done)))
    flow.help()
    flow.act('back')
    flow.help()
    flow.help()
    expect(help).toHaveBeenCalledTimes(2)
    await seconds(6)
    expect(shown()).toBe('help')
    come('shown')
    await seconds(0)
    expect(shown()).toBe('help')
  })

  it('who has gone back is not called to the screen again', async () => {
    vi.spyOn(client, 'help').mockReturnValue(new Promise((done) => setTimeout(() => done('shown'), 1000)))
    flow.help()
    flow.act('back')
    await seconds(2)
    expect(shown()).toBe('home')
  })
})

describe('a queue that is long', () => {
  const queue = (waiting: number, wait: Service['wait']) => {
    client.receiveHall({
      ...fakeHall(),
      services: fakeHall().services.map((one) => (one.id === 'housing' ? { ...one, waiting, wait } : one)),
    })
    flow.open('housing')
    return shown()
  }

  it.each([
    [18, { low: 60, high: 90 }, 'crowded'],
    [18, { low: 59, high: 90 }, 'visit'],
    [15, null, 'crowded'],
    [14, null, 'visit'],
  ])('%i numbers, %o: %s', (waiting, wait, calm) => expect(queue(waiting, wait)).toBe(calm))

  it('is told once, and a number is taken all the same', async () => {
    queue(18, { low: 60, high: 90 })
    flow.act('continue')
    press()
    await seconds(0)
    expect(shown()).toBe('ticket')
  })
})

describe('kiosks that are out of use', () => {
  const closed = async (kiosksClosed: boolean) => {
    client.receiveHall({ ...fakeHall(), kiosksClosed })
    await seconds(0)
  }

  it('say so, wait for ever, and are in use again by themselves', async () => {
    await closed(true)
    expect(shown()).toBe('outOfUse')
    await seconds(300)
    expect(shown()).toBe('outOfUse')
    await closed(false)
    expect(shown()).toBe('home')
  })

  it('say so too where the hall has nothing to take a number for', async () => {
    client.receiveHall({ ...fakeHall(), services: [] })
    await seconds(0)
    expect(shown()).toBe('outOfUse')
  })

  it('take nothing from whoever is in the midst of it', async () => {
    flow.open('housing')
    await closed(true)
    expect(shown()).toBe('visit')
    press()
    await seconds(1)
    expect(shown()).toBe('ticket')
    flow.goodbye()
    expect(shown()).toBe('outOfUse')
    flow.act('help')
    await seconds(0)
    await closed(false)
    flow.act('back')
    expect(shown()).toBe('home')
  })
})

it('says after a visit that the line broke during it', async () => {
  flow.open('housing')
  vi.spyOn(client, 'tick').mockImplementation(() => undefined)
  client.lose()
  await seconds(4)
  expect(shown()).toBe('visit')
  flow.home()
  expect(shown()).toBe('hubLost')
})

describe('a page that begins anew', () => {
  const kept = () => memory.keep.mock.calls.at(-1)?.[0]
  const memory = { kept: null as Kept | null, keep: vi.fn(), forget: vi.fn() }

  function begin(): void {
    scope.stop()
    scope = effectScope()
    const options = { client, language: ref('zh'), slowly, large, onGone, memory }
    flow = scope.run(() => useKioskFlow(options)) as KioskFlow
  }

  beforeEach(() => {
    memory.kept = null
    memory.keep.mockClear()
    memory.forget.mockClear()
    begin()
  })

  it('notes what is under way, then its number, and forgets it with its visitor', async () => {
    flow.open('housing')
    press()
    expect(kept()).toMatchObject({ number: '', request: { service: 'housing' } })
    await seconds(1)
    expect(kept()).toMatchObject({ number: 'B031' })
    expect(memory.forget).not.toHaveBeenCalled()
    flow.goodbye()
    expect(memory.forget).toHaveBeenCalled()
  })

  it('forgets what the hall refused', async () => {
    flow.open('housing')
    client.refuseNext('day.stopped')
    press()
    await seconds(0)
    expect(memory.forget).toHaveBeenCalled()
  })

  it.each([0, 1])('brings the same number, whether the hall had answered or not (%i s)', async (after) => {
    const take = vi.spyOn(client, 'take')
    flow.open('housing')
    press()
    if (after) await seconds(after)
    memory.kept = { ...kept(), language: 'zh', aids: {} }
    begin()
    await seconds(1)
    expect(shown()).toBe('ticket')
    expect(flow.ticket.value?.number).toBe('B031')
    expect(flow.printing.value).toBe('confirmed')
    expect(new Set(keys(take)).size).toBe(1)
  })
})

it('keeps how the screen is set for a visitor who only goes back', () => {
  flow.open('housing')
  flow.home()
  expect(onGone).not.toHaveBeenCalled()
})
