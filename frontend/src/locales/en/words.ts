import { clock24, daysBetween, readClock, split, twoDigits } from '@/words/calendar'
import type { Words } from '@/words/words'

const rooms = {
  joint: 'the joint reception room',
  leader: "the leader's reception room",
  mediation: 'the mediation room',
}

const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']
const months = 'January February March April May June July August September October November December'.split(
  ' ',
)

const count = (n: number, one: string, many = `${one}s`) => `${n} ${n === 1 ? one : many}`

function range(low: number, high: number): string {
  if (low <= 0) return `up to ${count(Math.max(1, high), 'minute')}`
  return low === high ? `about ${count(low, 'minute')}` : `about ${low} to ${high} minutes`
}

const half = (at: Date, zone: string) => (readClock(at, zone).hour < 12 ? 'am' : 'pm')

function clock12(at: Date, zone: string): string {
  const { hour, minute } = readClock(at, zone)
  return `${hour % 12 || 12}:${twoDigits(minute)}`
}

const words: Words = {
  window: (number) => `Window ${number}`,
  place: ({ number, room }) => (room ? rooms[room] : words.window(number)),
  places(list) {
    const all = list.map((at, index) =>
      index && !at.room && !list[0]?.room ? `${at.number}` : words.place(at),
    )
    const last = all.pop() ?? ''
    return all.length ? `${all.join(', ')} or ${last}` : last
  },
  numbers: (n) => count(n, 'number'),
  ahead: (n) => (n > 0 ? `${count(n, 'number')} before you` : 'No numbers before you'),
  wait: (wait) => (wait ? range(wait.low, wait.high) : ''),
  standing: (ahead, wait) => sentence(words.ahead(ahead), words.wait(wait)),
  queue: (waiting, wait) => sentence(words.ahead(waiting), words.wait(wait)),
  persons: (n) => count(n, 'person', 'people'),
  time: (at, zone) => `${clock12(at, zone)} ${half(at, zone)}`,
  day(at, zone, now) {
    const ahead = daysBetween(now, at, zone)
    const { month, day, weekday } = readClock(at, zone)
    if (ahead < 2) return ahead < 1 ? '' : 'tomorrow'
    return ahead < 7 ? (weekdays[weekday] ?? '') : `${day} ${months[month - 1]}`
  },
  half(at, zone, now) {
    const { hour } = readClock(at, zone)
    const part = hour < 12 ? 'morning' : hour < 18 ? 'afternoon' : 'evening'
    return `${words.day(at, zone, now) || 'this'} ${part}`
  },
  when: (at, zone, now) => `${words.day(at, zone, now)} ${words.time(at, zone)}`.trim(),
  hours(from, until, zone) {
    const first = half(from, zone) === half(until, zone) ? clock12(from, zone) : words.time(from, zone)
    return `${first} to ${words.time(until, zone)}`
  },
  clock: clock24,
  date(at, zone) {
    const { month, day, weekday } = readClock(at, zone)
    return `${weekdays[weekday]}, ${day} ${months[month - 1]}`
  },
  duration(total) {
    const { hours, minutes, seconds } = split(total)
    if (hours) return `${hours} h ${minutes} min`
    return minutes ? `${minutes} min ${seconds} s` : `${seconds} s`
  },
  minutes(total) {
    const { hours, minutes } = split(total)
    if (!hours) return `${minutes} min`
    return minutes ? `${hours} h ${minutes} min` : `${hours} h`
  },
  age(seconds) {
    if (seconds < 5) return 'Just updated'
    return `Updated ${seconds < 60 ? `${Math.floor(seconds)} s` : words.minutes(seconds)} ago`
  },
  list: (items) => items.join(', '),
}

function sentence(...parts: string[]): string {
  return parts.filter(Boolean).join(', ')
}

export default words
