/**
 * Numbers, ranges and times, as words.ts of src/words joins them. What stands under `other` may have forms for the
 * language's plurals: zero, one, two, few, many and other, as Unicode names them; the number in {n} or {high} chooses.
 */
export default {
  window: '{n}号窗口',
  /** Several windows in a row, 2号、3号或5号窗口: the first of them. */
  windowFirst: '{n}号',
  /** Those between the first and the last. */
  windowBetween: '{n}号',
  /** The last of them. */
  windowLast: '{n}号窗口',
  room: {
    joint: '联合接访室',
    leader: '领导接访室',
    mediation: '人民调解室',
  },
  /** The last of several that one may go to. */
  either: '{before}或{next}',
  /** Short labels side by side: 住建、人社. */
  list: '{before}、{next}',
  /** Two parts of a sentence: 前面还有4个号，大约等10到25分钟. */
  sentence: '{before}，{next}',
  /** Numbers are counted, never people: a number is a party. */
  numbers: { other: '{n}个号' },
  /** Before a number that is taken. */
  ahead: { other: '前面还有{n}个号' },
  aheadNone: '前面没有别的号',
  /** Before one is taken. */
  queue: { other: '前面有{n}个号' },
  wait: {
    within: { other: '大约等{n}分钟以内' },
    about: { other: '大约等{n}分钟' },
    /** Joined by a word that can be read aloud, never by a hyphen. */
    range: { other: '大约等{low}到{high}分钟' },
  },
  persons: { other: '{n}人' },
  /** {hour} is 0 to 12; {hour12}, 1 to 12, or {hour24}, 0 to 23, may stand in its place. */
  clock: '{hour}:{minute}',
  /** {part} is one of clockPart; it may be left out. */
  time: '{part}{clock}',
  /** From when to when, in two parts of the day. */
  hours: '{from}到{until}',
  /** In one part of the day: {from} and {until} are then without it. {part} may be left out. */
  hoursSame: '{part}{from}到{until}',
  /** In a time of day: 上午 in 上午9:00. */
  clockPart: { night: '凌晨', morning: '上午', noon: '中午', afternoon: '下午', evening: '晚上' },
  /** Where the minute is not the point: 星期三上午. */
  dayPart: { night: '凌晨', morning: '上午', noon: '中午', afternoon: '下午', evening: '晚上' },
  half: {
    today: '{part}',
    later: '{day}{part}',
  },
  /** On another day: 明天上午8:30. */
  when: '{day}{time}',
  tomorrow: '明天',
  weekday: {
    sunday: '星期日',
    monday: '星期一',
    tuesday: '星期二',
    wednesday: '星期三',
    thursday: '星期四',
    friday: '星期五',
    saturday: '星期六',
  },
  month: {
    1: '1月',
    2: '2月',
    3: '3月',
    4: '4月',
    5: '5月',
    6: '6月',
    7: '7月',
    8: '8月',
    9: '9月',
    10: '10月',
    11: '11月',
    12: '12月',
  },
  /** A day more than a week away: 11月30日. */
  dayMonth: '{month}{day}日',
  date: '{month}{day}日 {weekday}',
  /** Elapsed time to the second. */
  duration: {
    hours: '{hours}小时{minutes}分',
    minutes: '{minutes}分{seconds}秒',
    seconds: '{seconds}秒',
  },
  /** Elapsed time in whole minutes. */
  span: {
    minutes: { other: '{n}分钟' },
    hours: { other: '{n}小时' },
    both: '{hours}小时{minutes}分钟',
  },
  /** How old what is shown is; {span} is one of the above. */
  age: {
    now: '刚刚更新',
    seconds: { other: '{n}秒前更新' },
    minutes: '{span}前更新',
  },
}
