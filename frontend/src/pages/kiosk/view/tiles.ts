import { opensAt, serviceStatus, type ServiceWord, type Status } from '@/words/status'
import type { Hall, Service, Text, Window } from '@/client/types'
import type { Shape } from '@/icons/shapes'
import type { Words } from '@/words/words'
import { dayObstacle, isNotYetBegun, leaderService } from '../flow/obstacles'

/** What a tile shows. */
export interface Tile {
  /** The service's id, or leader, or others. */
  id: string
  kind: 'service' | 'leader' | 'others'
  icon: string
  head: string
  /** The office and its window, in pieces: the last fall away first where there is no room. */
  place: string[]
  shape: Shape | null
  status: string
  /** Whether nobody is received there now. */
  away: boolean
}

/** What tiles are written with: a language, and the hall's clock. */
export interface Writing {
  t: (key: string, holes?: Record<string, unknown>) => string
  pick: (text: Text) => string
  words: Words
  now: Date
}

/** As many services as have a tile of their own on the first screen; the others stand under 其他单位. */
export const homeServices = 20

/** The tiles of the first screen, in an order that never changes: services, the leader second, other offices last. */
export function homeTiles(hall: Hall, writing: Writing): Tile[] {
  const [first, ...rest] = plainServices(hall)
    .slice(0, homeServices)
    .map((one) => serviceTile(hall, one, writing))
  return [...(first ? [first] : []), leaderTile(hall, writing), ...rest, othersTile(writing)]
}

/** All but that of the leaders, which has a tile of its own. */
export function plainServices(hall: Hall): Service[] {
  return hall.services.filter((one) => one !== leaderService(hall))
}

/** A tile that says what it said before stays the one it was, so that it is not drawn anew. */
export function sameTiles(before: Tile[] | undefined, now: Tile[]): Tile[] {
  const known = new Map(before?.map((tile) => [tile.id, tile]))
  return now.map((tile) => {
    const old = known.get(tile.id)
    return old && JSON.stringify(old) === JSON.stringify(tile) ? old : tile
  })
}

export function serviceTile(hall: Hall, service: Service, writing: Writing): Tile {
  const { t, pick, words, now } = writing
  const { shape, word, at } = statusOf(hall, service, now)
  const windows = service.discreet ? [] : windowsOf(hall, service)
  return {
    id: service.id,
    kind: 'service',
    icon: service.topic.icon,
    head: pick(service.topic.head),
    place: placeOf(windows, pick(service.name), writing),
    shape,
    status: t(`common.serviceStatus.${word}`, {
      numbers: words.numbers(service.waiting),
      time: at ? timeOf(word, at, hall.timeZone, words) : '',
    }),
    away: isAway(word),
  }
}

/** The office and its windows, or its rooms by their names. */
function placeOf(windows: Window[], office: string, { t, words }: Writing): string[] {
  if (windows.some(({ room }) => room)) return [`${office} `, words.places(windows)]
  const numbers = windows.map(({ number }) => number).join('、')
  return numbers ? t('kiosk.tile.place', { office, numbers }).split('/') : [office]
}

/** A service's windows; none for a discreet one. */
export function windowsOf(hall: Hall, service: Service): Window[] {
  return hall.windows.filter(({ id }) => service.windows.includes(id))
}

/** How a service stands. While the hall gives no numbers that comes first. */
function statusOf(hall: Hall, service: Service, now: Date): Status<ServiceWord> {
  const { issuing, pause } = hall
  const day = dayObstacle(hall)
  const from = issuing?.from ? new Date(issuing.from) : null
  if (day === 'early' && from) return { shape: 'clock', word: 'opensAt', at: from }
  if (day === 'dayOff') return { shape: 'dash', word: 'dayOff', at: null }
  if (day) return { shape: 'dash', word: 'stopped', at: null }
  // Leaders come by their rota, and before the first number of a day a closed window says nothing about the day.
  const open = isNotYetBegun(hall) || service === leaderService(hall)
  const shown =
    open && service.availability === 'closed' ? ({ ...service, availability: 'open' } as const) : service
  return serviceStatus(shown, { now, opens: opensAt(hall, service, now), pause })
}

/** A pause ends soon, so its hour is plain; a window that opens later names the part of the day. */
function timeOf(word: ServiceWord, at: Date, zone: string, words: Words): string {
  return word === 'pausedUntil' ? words.clock(at, zone) : words.time(at, zone)
}

function isAway(word: ServiceWord): boolean {
  return ['opensAt', 'closedToday', 'stopped', 'dayOff'].includes(word)
}

/** Offered only while the rota says so; else it says when the next leader comes. */
function leaderTile(hall: Hall, writing: Writing): Tile {
  const { t, words, now } = writing
  const service = leaderService(hall)
  const own = { id: 'leader', kind: 'leader', icon: 'leader', head: t('kiosk.tile.leader') } as const
  const room = t('kiosk.tile.leaderRoom')
  if (service && (hall.leader || service.issuing === 'stopped'))
    return { ...serviceTile(hall, service, writing), ...own, place: [room] }
  const next = hall.nextLeader?.from
  return {
    ...own,
    place: [next ? t('kiosk.tile.leaderNext', { day: words.day(new Date(next), hall.timeZone, now) }) : room],
    shape: 'dash',
    status: t('kiosk.tile.leaderNone'),
    away: true,
  }
}

/** The id of the tile that leads to offices without a tile, or without a window. */
export const others = 'others'

function othersTile({ t }: Writing): Tile {
  return {
    id: others,
    kind: 'others',
    icon: 'other',
    head: t('kiosk.tile.others'),
    place: [t('kiosk.tile.othersName')],
    shape: null,
    status: t('kiosk.tile.othersOpen'),
    away: false,
  }
}
