/** The reading of a wall clock in some time zone. */
export interface Reading {
  year: number
  month: number
  day: number
  /** 0 is Sunday. */
  weekday: number
  hour: number
  minute: number
}

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const formats = new Map<string, Intl.DateTimeFormat>()

/** Reads the clock of a time zone. Languages differ in words only, so the digits are taken in one fixed language. */
export function readClock(at: Date, zone: string): Reading {
  const parts = Object.fromEntries(
    formatFor(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, value]),
  )
  return {
    year: Number(parts['year']),
    month: Number(parts['month']),
    day: Number(parts['day']),
    weekday: weekdays.indexOf(parts['weekday'] ?? ''),
    hour: Number(parts['hour']),
    minute: Number(parts['minute']),
  }
}

/** How many midnights lie between two moments in some time zone. */
export function daysBetween(from: Date, to: Date, zone: string): number {
  const dayOf = (at: Date) => {
    const { year, month, day } = readClock(at, zone)
    return Date.UTC(year, month - 1, day)
  }
  return Math.round((dayOf(to) - dayOf(from)) / 86_400_000)
}

/** 14:30, 09:05. */
export function clock24(at: Date, zone: string): string {
  const { hour, minute } = readClock(at, zone)
  return `${twoDigits(hour)}:${twoDigits(minute)}`
}

export function twoDigits(n: number): string {
  return String(n).padStart(2, '0')
}

/** Splits seconds into whole hours, minutes and seconds; a negative span counts as none. */
export function split(seconds: number): { hours: number; minutes: number; seconds: number } {
  const whole = Math.max(0, Math.floor(seconds))
  return { hours: Math.floor(whole / 3600), minutes: Math.floor(whole / 60) % 60, seconds: whole % 60 }
}

function formatFor(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      weekday: 'short',
      hour: '2-digit',
      minute: '2-digit',
    })
    formats.set(zone, format)
  }
  return format
}
