import type { Wait, Window } from '@/client/types'
import type zh from '@/locales/zh/words'
import { clock24, daysBetween, readClock, split, twoDigits } from './calendar'

/** A place where people are received: a window, or a room that is called by its name. */
export type Place = Pick<Window, 'number' | 'room'>

/** A text with {holes} in the plural forms of a language; `other` is for numbers that have no form of their own. */
export type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

type Filled<T> = {
  readonly [K in keyof T]: T[K] extends string
    ? string
    : T[K] extends { other: string }
      ? Forms
      : Filled<T[K]>
}

/** What a language says of numbers, ranges and times: locales/<language>/words.ts, or a file of the hall. */
export type Templates = Filled<typeof zh>

/**
 * The sentences that one template with holes cannot make well: numbers, ranges, times. A language has the parts in its
 * templates. They are pure: times come with the hall's time zone and never from the machine.
 */
export interface Words {
  /** A window by its number: 3号窗口. Where it may be a room, say its place. */
  window(number: number): string
  /** The place a number is called to, in a sentence: 3号窗口, or 领导接访室. */
  place(at: Place): string
  /** One of several places: 2号或3号窗口, 3号窗口或领导接访室. Empty for none. */
  places(list: readonly Place[]): string
  /** So many tickets: 4个号. Tickets are counted, never people: a ticket is a party. */
  numbers(count: number): string
  /** How many tickets stand before a ticket that is taken: 前面还有4个号. */
  ahead(count: number): string
  /** The range of minutes a ticket may wait: 大约等10到25分钟. Empty while unknown: then nothing is said. */
  wait(wait: Wait | null): string
  /** Both, for a ticket that is taken: 前面还有4个号，大约等10到25分钟. */
  standing(ahead: number, wait: Wait | null): string
  /** Both, before one is taken: 前面有3个号，大约等10到25分钟. */
  queue(waiting: number, wait: Wait | null): string
  /** A party's size: 3人. */
  persons(count: number): string
  /** Time of day for visitors: 下午2:30. */
  time(at: Date, zone: string): string
  /** Time of day for clerks and boards: 14:30. */
  clock(at: Date, zone: string): string
  /** A later day: 明天, 星期三 within a week, else 11月25日. Empty for today. */
  day(at: Date, zone: string, now: Date): string
  /** The same with the part of the day, where the minute is not the point: 星期三上午. */
  half(at: Date, zone: string, now: Date): string
  /** When something comes next: 下午2:30 today, 明天上午8:30, 星期一上午8:30. */
  when(at: Date, zone: string, now: Date): string
  /** From when to when: 上午9:00到11:30. */
  hours(from: Date, until: Date, zone: string): string
  /** 11月23日 星期一. */
  date(at: Date, zone: string): string
  /** Elapsed time to the second: 6分12秒. */
  duration(seconds: number): string
  /** Elapsed time in whole minutes: 35分钟. */
  minutes(seconds: number): string
  /** How old what is shown is: 刚刚更新, from five seconds on 12秒前更新. */
  age(seconds: number): string
  /** Joins short labels: 住建、人社. */
  list(items: readonly string[]): string
}

type Holes = Record<string, string | number>

/** Puts values into the {holes} of a text. */
export function fillWith(text: string, valueOf: (name: string) => unknown): string {
  return text.replace(/\{(\w+)\}/g, (hole, name: string) => String(valueOf(name) ?? hole))
}

const fill = (text: string, holes: Holes) => fillWith(text, (name) => holes[name])

const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'] as const

function partOf({ hour }: { hour: number }) {
  if (hour < 6) return 'night'
  if (hour < 12) return 'morning'
  if (hour < 13) return 'noon'
  return hour < 18 ? 'afternoon' : 'evening'
}

/** The words of a language, from its templates; the tag tells which plurals it has. */
export function makeWords(texts: Templates, tag: string): Words {
  const plurals = new Intl.PluralRules(tag)
  const counted = (forms: Forms, n: number, holes: Holes = { n }) =>
    fill(forms[plurals.select(n)] ?? forms.other, holes)
  const join = (text: string, [first = '', ...rest]: readonly string[]) =>
    rest.reduce((before, next) => fill(text, { before, next }), first)
  const sentence = (...parts: string[]) => join(texts.sentence, parts.filter(Boolean))

  function clock12(at: Date, zone: string): string {
    const { hour, minute } = readClock(at, zone)
    const hour12 = hour % 12 || 12
    return fill(texts.clock, {
      hour: hour ? hour12 : 0,
      hour12,
      hour24: hour,
      minute: twoDigits(minute),
    })
  }
  const clockPart = (at: Date, zone: string) => texts.clockPart[partOf(readClock(at, zone))]

  function dayMonth(text: string, at: Date, zone: string): string {
    const { month, day, weekday } = readClock(at, zone)
    const name = texts.weekday[weekdays[weekday] ?? 'sunday']
    return fill(text, { month: texts.month[month as 1], day, weekday: name })
  }

  /** A window beside others is told shorter; rooms are told by their names. */
  function amongOthers(list: readonly Place[]): string[] {
    return list.map((at, index) => {
      const [before, after] = [list[index - 1], list[index + 1]].map((other) => other && !other.room)
      if (at.room || (!before && !after)) return words.place(at)
      const text = !before ? texts.windowFirst : after ? texts.windowBetween : texts.windowLast
      return fill(text, { n: at.number })
    })
  }

  const words: Words = {
    window: (n) => fill(texts.window, { n }),
    place: ({ number, room }) => (room ? texts.room[room] : words.window(number)),
    places(list) {
      const all = amongOthers(list)
      const last = all.pop() ?? ''
      return all.length ? join(texts.either, [words.list(all), last]) : last
    },
    numbers: (n) => counted(texts.numbers, n),
    ahead: (n) => (n > 0 ? counted(texts.ahead, n) : texts.aheadNone),
    wait(wait) {
      if (!wait) return ''
      const { low, high } = wait
      if (low <= 0) return counted(texts.wait.within, Math.max(1, high))
      return low === high ? counted(texts.wait.about, low) : counted(texts.wait.range, high, { low, high })
    },
    standing: (ahead, wait) => sentence(words.ahead(ahead), words.wait(wait)),
    queue: (waiting, wait) =>
      sentence(waiting > 0 ? counted(texts.queue, waiting) : texts.aheadNone, words.wait(wait)),
    persons: (n) => counted(texts.persons, n),
    time: (at, zone) => fill(texts.time, { part: clockPart(at, zone), clock: clock12(at, zone) }),
    day(at, zone, now) {
      const ahead = daysBetween(now, at, zone)
      if (ahead < 2) return ahead < 1 ? '' : texts.tomorrow
      return dayMonth(ahead < 7 ? '{weekday}' : texts.dayMonth, at, zone)
    },
    half(at, zone, now) {
      const day = words.day(at, zone, now)
      const part = texts.dayPart[partOf(readClock(at, zone))]
      return fill(day ? texts.half.later : texts.half.today, { day, part })
    },
    when(at, zone, now) {
      const day = words.day(at, zone, now)
      const time = words.time(at, zone)
      return day ? fill(texts.when, { day, time }) : time
    },
    hours(from, until, zone) {
      const part = clockPart(until, zone)
      const same = clockPart(from, zone) === part
      const tell = same ? clock12 : words.time
      const holes = { from: tell(from, zone), until: tell(until, zone) }
      return same ? fill(texts.hoursSame, { ...holes, part }) : fill(texts.hours, holes)
    },
    clock: clock24,
    date: (at, zone) => dayMonth(texts.date, at, zone),
    duration(total) {
      const parts = split(total)
      if (parts.hours) return fill(texts.duration.hours, parts)
      return fill(parts.minutes ? texts.duration.minutes : texts.duration.seconds, parts)
    },
    minutes(total) {
      const { hours, minutes } = split(total)
      if (!hours) return counted(texts.span.minutes, minutes)
      return minutes ? fill(texts.span.both, { hours, minutes }) : counted(texts.span.hours, hours)
    },
    age(seconds) {
      if (seconds < 5) return texts.age.now
      if (seconds < 60) return counted(texts.age.seconds, Math.floor(seconds))
      return fill(texts.age.minutes, { span: words.minutes(seconds) })
    },
    list: (items) => join(texts.list, items),
  }
  return words
}
