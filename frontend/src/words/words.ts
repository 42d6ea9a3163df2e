import type { Wait, Window } from '@/client/types'

/** A place where people are received: a window, or a room that is called by its name. */
export type Place = Pick<Window, 'number' | 'room'>

/**
 * The sentences that a template with holes cannot make well: numbers, ranges, times. Each language has its own in
 * locales/<language>/words.ts. They are pure: times come with the hall's time zone and never from the machine.
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
