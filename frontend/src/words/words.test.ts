import { describe, expect, it } from 'vitest'
import en from '@/locales/en/words'
import zh from '@/locales/zh/words'
import { serviceStatus, windowStatus } from './status'

const zone = 'Asia/Shanghai'
const at = (time: string) => new Date(`2026-11-23T${time}+08:00`)

describe('places and numbers', () => {
  it.each([
    [[], '', ''],
    [[3], '3号窗口', 'Window 3'],
    [[2, 3], '2号或3号窗口', 'Window 2 or 3'],
    [[2, 3, 12], '2号、3号或12号窗口', 'Window 2, 3 or 12'],
  ])('windows %j', (list, chinese, english) => {
    expect(zh.windows(list)).toBe(chinese)
    expect(en.windows(list)).toBe(english)
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
    expect(zh.place(4, null)).toBe('前面还有4个号')
    expect(zh.place(4, { low: 10, high: 25 })).toBe('前面还有4个号，大约等10到25分钟')
    expect(zh.queue(3, { low: 10, high: 25 })).toBe('前面有3个号，大约等10到25分钟')
    expect(en.place(1, { low: 10, high: 25 })).toBe('1 number before you, about 10 to 25 minutes')
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
    expect(windowStatus({ status: 'closed', until: noon }).word).toBe('opensAt')
    expect(windowStatus({ status: 'closed', until: null }).word).toBe('closedToday')
    expect(serviceStatus({ ...open, availability: 'closed', until: noon }).shape).toBe('clock')
  })
})
