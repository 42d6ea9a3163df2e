import { describe, expect, it } from 'vitest'
import english from '@/locales/en/words'
import chinese from '@/locales/zh/words'
import { fakeHall } from '@/client/fake/hall'
import type { Service, Window } from '@/client/types'
import { makeWords, type Place } from './words'
import { opensAt, serviceStatus, windowStatus } from './status'

const zh = makeWords(chinese, 'zh-CN')
const en = makeWords(english, 'en')
const zone = 'Asia/Shanghai'
const at = (time: string) => new Date(`2026-11-23T${time}+08:00`)

describe('places and numbers', () => {
  const at = (...places: (number | NonNullable<Place['room']>)[]): Place[] =>
    places.map((place) => (typeof place === 'number' ? { number: place } : { number: 21, room: place }))

  it.each([
    [at(), '', ''],
    [at(3), '3号窗口', 'Window 3'],
    [at(2, 3), '2号或3号窗口', 'Window 2 or 3'],
    [at(2, 3, 12), '2号、3号或12号窗口', 'Window 2, 3 or 12'],
    [at('leader'), '领导接访室', "the leader's reception room"],
    [at(3, 'joint'), '3号窗口或联合接访室', 'Window 3 or the joint reception room'],
    [at(2, 3, 'joint'), '2号、3号窗口或联合接访室', 'Window 2, 3 or the joint reception room'],
    [at('mediation', 3), '人民调解室或3号窗口', 'the mediation room or Window 3'],
  ])('places %j', (list, chinese, english) => {
    expect(zh.places(list)).toBe(chinese)
    expect(en.places(list)).toBe(english)
  })

  it.each([
    [undefined, '3号窗口', 'Window 3'],
    ['joint', '联合接访室', 'the joint reception room'],
    ['leader', '领导接访室', "the leader's reception room"],
    ['mediation', '人民调解室', 'the mediation room'],
  ] as const)('a window that is %s', (room, chinese, english) => {
    const place = { number: 3, ...(room && { room }) }
    expect(zh.place(place)).toBe(chinese)
    expect(en.place(place)).toBe(english)
  })

  it.each([
    [0, '前面没有别的号', 'No numbers before you'],
    [1, '前面还有1个号', '1 number before you'],
    [4, '前面还有4个号', '4 numbers before you'],
  ])('%i ahead counts numbers, not people', (count, chinese, english) => {
    expect(zh.ahead(count)).toBe(chinese)
    expect(en.ahead(count)).toBe(english)
  })
})

describe('waits', () => {
  it.each([
    [null, '', ''],
    [{ low: 10, high: 25 }, '大约等10到25分钟', 'about 10 to 25 minutes'],
    [{ low: 10, high: 10 }, '大约等10分钟', 'about 10 minutes'],
    [{ low: 0, high: 5 }, '大约等5分钟以内', 'up to 5 minutes'],
    [{ low: 0, high: 0 }, '大约等1分钟以内', 'up to 1 minute'],
  ])('%j', (wait, chinese, english) => {
    expect(zh.wait(wait)).toBe(chinese)
    expect(en.wait(wait)).toBe(english)
  })

  it('leaves the clause out while the wait is unknown', () => {
    expect(zh.standing(4, null)).toBe('前面还有4个号')
    expect(zh.standing(4, { low: 10, high: 25 })).toBe('前面还有4个号，大约等10到25分钟')
    expect(zh.queue(3, { low: 10, high: 25 })).toBe('前面有3个号，大约等10到25分钟')
    expect(en.standing(1, { low: 10, high: 25 })).toBe('1 number before you, about 10 to 25 minutes')
  })
})

describe('times', () => {
  it.each([
    ['00:05', '凌晨0:05', '12:05 am'],
    ['09:00', '上午9:00', '9:00 am'],
    ['12:30', '中午12:30', '12:30 pm'],
    ['14:30', '下午2:30', '2:30 pm'],
    ['19:00', '晚上7:00', '7:00 pm'],
  ])('%s for visitors', (time, chinese, english) => {
    expect(zh.time(at(`${time}:00`), zone)).toBe(chinese)
    expect(en.time(at(`${time}:00`), zone)).toBe(english)
  })

  it('shows clerks 24 hours, in the hall’s time zone', () => {
    expect(zh.clock(at('14:30:59'), zone)).toBe('14:30')
    expect(zh.clock(at('00:00:00'), zone)).toBe('00:00')
    expect(zh.clock(at('14:30:00'), 'UTC')).toBe('06:30')
  })

  it.each([
    ['2026-11-23T14:30', '下午2:30', '2:30 pm', '下午', 'this afternoon'],
    ['2026-11-24T08:30', '明天上午8:30', 'tomorrow 8:30 am', '明天上午', 'tomorrow morning'],
    ['2026-11-25T08:30', '星期三上午8:30', 'Wednesday 8:30 am', '星期三上午', 'Wednesday morning'],
    ['2026-11-29T19:00', '星期日晚上7:00', 'Sunday 7:00 pm', '星期日晚上', 'Sunday evening'],
    ['2026-11-30T08:30', '11月30日上午8:30', '30 November 8:30 am', '11月30日上午', '30 November morning'],
    ['2027-01-04T12:10', '1月4日中午12:10', '4 January 12:10 pm', '1月4日中午', '4 January afternoon'],
  ])('%s, from a Monday', (time, chinese, english, part, englishPart) => {
    const then = new Date(`${time}:00+08:00`)
    const now = at('23:50:00')
    expect(zh.when(then, zone, now)).toBe(chinese)
    expect(en.when(then, zone, now)).toBe(english)
    expect(zh.half(then, zone, now)).toBe(part)
    expect(en.half(then, zone, now)).toBe(englishPart)
  })

  it.each([
    ['09:00', '11:30', '上午9:00到11:30', '9:00 to 11:30 am'],
    ['09:00', '15:00', '上午9:00到下午3:00', '9:00 am to 3:00 pm'],
  ])('from %s until %s', (from, until, chinese, english) => {
    expect(zh.hours(at(`${from}:00`), at(`${until}:00`), zone)).toBe(chinese)
    expect(en.hours(at(`${from}:00`), at(`${until}:00`), zone)).toBe(english)
  })

  it('names the day that it is in the hall', () => {
    expect(zh.date(at('00:10:00'), zone)).toBe('11月23日 星期一')
    expect(en.date(at('00:10:00'), zone)).toBe('Monday, 23 November')
  })
})

describe('spans', () => {
  it.each([
    [-3, '0秒', '0 s'],
    [45, '45秒', '45 s'],
    [372, '6分12秒', '6 min 12 s'],
    [3900, '1小时5分', '1 h 5 min'],
  ])('lasted %i s', (seconds, chinese, english) => {
    expect(zh.duration(seconds)).toBe(chinese)
    expect(en.duration(seconds)).toBe(english)
  })

  it('counts waits in minutes', () => {
    expect(zh.minutes(35 * 60 + 59)).toBe('35分钟')
    expect(zh.minutes(3600)).toBe('1小时')
    expect(en.minutes(3900)).toBe('1 h 5 min')
  })

  it.each([
    [0, '刚刚更新', 'Just updated'],
    [4, '刚刚更新', 'Just updated'],
    [5, '5秒前更新', 'Updated 5 s ago'],
    [12, '12秒前更新', 'Updated 12 s ago'],
    [130, '2分钟前更新', 'Updated 2 min ago'],
  ])('is %i s old', (seconds, chinese, english) => {
    expect(zh.age(seconds)).toBe(chinese)
    expect(en.age(seconds)).toBe(english)
  })
})

describe('states', () => {
  const open = { availability: 'open', until: null, waiting: 0, staffed: true } as const
  const noon = '2026-11-23T12:00:00+08:00'

  it('never promises "no wait" where nobody sits', () => {
    expect(serviceStatus(open)).toMatchObject({ shape: 'ring', word: 'idle' })
    expect(serviceStatus({ ...open, staffed: false }).word).toBe('open')
    expect(serviceStatus({ ...open, waiting: 2 }).word).toBe('waiting')
  })

  it('always says what happens then', () => {
    expect(windowStatus({ status: 'paused', until: noon })).toEqual({
      shape: 'bars',
      word: 'pausedUntil',
      at: new Date(noon),
    })
    const closed = { status: 'closed', until: null } as const
    const now = at('09:41:00')
    expect(windowStatus({ ...closed, expected: true, from: noon }, { now })).toEqual({
      shape: 'clock',
      word: 'opensAt',
      at: new Date(noon),
    })
    expect(windowStatus({ ...closed, expected: true, from: noon }, { now: at('12:00:00') }).word).toBe(
      'notYet',
    )
    expect(windowStatus({ ...closed, expected: false }, { now }).word).toBe('closedToday')
    expect(serviceStatus(open, { opens: new Date(noon) }).word).toBe('opensAt')
  })

  it('never says "no wait" while the whole hall pauses', () => {
    const idle = { status: 'idle', until: null } as const
    expect(windowStatus(idle, { pause: { reason: 'meeting', until: noon } }).word).toBe('pausedUntil')
    expect(windowStatus(idle, { pause: { reason: 'meeting' } }).word).toBe('paused')
    expect(serviceStatus(open, { pause: { reason: 'meeting' } }).word).toBe('paused')
    expect(windowStatus({ ...idle, status: 'serving' }, { pause: { reason: 'meeting' } }).word).toBe(
      'serving',
    )
  })

  it('says of a service that gives no numbers today that it does not', () => {
    expect(serviceStatus({ ...open, issuing: 'off' }).word).toBe('closedToday')
    expect(serviceStatus({ ...open, issuing: 'stopped' }).word).toBe('stopped')
  })
})

describe('when a service opens later today', () => {
  const now = at('09:41:00')
  const later = '2026-11-23T14:30:00+08:00'
  const open = (service: Partial<Service>, windows: Partial<Window>[] = []) => {
    const hall = fakeHall()
    const water = hall.services.find(({ id }) => id === 'water') as Service
    const [plain] = hall.windows
    const own = windows.map((one, n) => ({
      ...(plain as Window),
      status: 'closed' as const,
      id: `w${n}`,
      ...one,
    }))
    const made = { ...water, windows: own.map(({ id }) => id), ...service }
    return opensAt({ ...hall, windows: own }, made, now)
  }
  const waits = { expected: true, from: later }

  it.each<[string, Partial<Service>, Partial<Window>[], Date | null]>([
    ['by its own hours', { from: later }, [], new Date(later)],
    ['by its window', {}, [waits], new Date(later)],
    [
      'by the first of its windows',
      {},
      [waits, { ...waits, from: '2026-11-23T13:00:00+08:00' }],
      at('13:00:00'),
    ],
    [
      'not, where a window is due already',
      {},
      [waits, { ...waits, from: '2026-11-23T09:00:00+08:00' }],
      null,
    ],
    ['not, where another may open at any moment', {}, [waits, { expected: true }], null],
    ['with those that do not open left out', {}, [waits, { expected: false }], new Date(later)],
    ['not, where another is open', {}, [waits, { status: 'idle' }], null],
    ['not, where somebody sits', { staffed: true, from: later }, [waits], null],
    ['not, where it gives no numbers', { issuing: 'off', from: later }, [], null],
  ])('%s', (_, service, windows, expected) => {
    expect(open({ staffed: false, ...service }, windows)).toEqual(expected)
  })
})
