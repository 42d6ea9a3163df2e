import { clock24, daysBetween, readClock, split, twoDigits } from '@/words/calendar'
import type { Words } from '@/words/words'

const rooms = { joint: '联合接访室', leader: '领导接访室', mediation: '人民调解室' }

const weekdays = '日一二三四五六'

const numbers = (count: number) => `${count}个号`

/** Ranges are joined by 到: it can be read aloud, and 分 alone would be a score. */
function range(low: number, high: number): string {
  if (low <= 0) return `${Math.max(1, high)}分钟以内`
  return low === high ? `${low}分钟` : `${low}到${high}分钟`
}

function partOfDay(hour: number): string {
  if (hour < 6) return '凌晨'
  if (hour < 12) return '上午'
  if (hour < 13) return '中午'
  return hour < 18 ? '下午' : '晚上'
}

const partOf = (at: Date, zone: string) => partOfDay(readClock(at, zone).hour)

function clock12(at: Date, zone: string): string {
  const { hour, minute } = readClock(at, zone)
  return `${hour % 12 || (hour === 12 ? 12 : 0)}:${twoDigits(minute)}`
}

const words: Words = {
  window: (number) => `${number}号窗口`,
  place: ({ number, room }) => (room ? rooms[room] : words.window(number)),
  places(list) {
    const all = list.map(words.place)
    const last = all.pop() ?? ''
    // Only what is followed by another window's number may leave out 窗口.
    const before = all.map((place, index) => (list[index + 1]?.room ? place : place.replace('窗口', '')))
    return before.length ? `${before.join('、')}或${last}` : last
  },
  numbers,
  ahead: (count) => (count > 0 ? `前面还有${numbers(count)}` : '前面没有别的号'),
  wait: (wait) => (wait ? `大约等${range(wait.low, wait.high)}` : ''),
  standing: (ahead, wait) => sentence(words.ahead(ahead), words.wait(wait)),
  queue: (waiting, wait) =>
    sentence(waiting > 0 ? `前面有${numbers(waiting)}` : words.ahead(0), words.wait(wait)),
  persons: (count) => `${count}人`,
  time: (at, zone) => `${partOf(at, zone)}${clock12(at, zone)}`,
  day(at, zone, now) {
    const ahead = daysBetween(now, at, zone)
    const { month, day, weekday } = readClock(at, zone)
    if (ahead < 2) return ahead < 1 ? '' : '明天'
    return ahead < 7 ? `星期${weekdays.charAt(weekday)}` : `${month}月${day}日`
  },
  half: (at, zone, now) => `${words.day(at, zone, now)}${partOf(at, zone)}`,
  when: (at, zone, now) => `${words.day(at, zone, now)}${words.time(at, zone)}`,
  hours(from, until, zone) {
    const same = partOf(from, zone) === partOf(until, zone)
    return `${words.time(from, zone)}到${same ? clock12(until, zone) : words.time(until, zone)}`
  },
  clock: clock24,
  date(at, zone) {
    const { month, day, weekday } = readClock(at, zone)
    return `${month}月${day}日 星期${weekdays.charAt(weekday)}`
  },
  duration(total) {
    const { hours, minutes, seconds } = split(total)
    if (hours) return `${hours}小时${minutes}分`
    return minutes ? `${minutes}分${seconds}秒` : `${seconds}秒`
  },
  minutes(total) {
    const { hours, minutes } = split(total)
    if (!hours) return `${minutes}分钟`
    return minutes ? `${hours}小时${minutes}分钟` : `${hours}小时`
  },
  age(seconds) {
    if (seconds < 5) return '刚刚更新'
    return seconds < 60 ? `${Math.floor(seconds)}秒前更新` : `${words.minutes(seconds)}前更新`
  },
  list: (items) => items.join('、'),
}

function sentence(...parts: string[]): string {
  return parts.filter(Boolean).join('，')
}

export default words
