import { serviceStatus, type ServiceWord } from '@/words/status'
import type { Hall, Service, Text } from '@/client/types'
import type { Shape } from '@/icons/shapes'
import type { Words } from '@/words/words'
import { isNotYetBegun } from '../flow/obstacles'

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

/** What tiles are written with: a language. */
export interface Writing {
  t: (key: string, holes?: Record<string, unknown>) => string
  pick: (text: Text) => string
  words: Words
}

/** As many services as have a tile of their own on the first screen; the others stand under 其他单位. */
export const homeServices = 20

/** The tiles of the first screen, in an order that never changes: services, the leader second, other offices last. */
export function homeTiles(hall: Hall, writing: Writing): Tile[] {
  const [first, ...rest] = hall.services.slice(0, homeServices).map((one) => serviceTile(hall, one, writing))
  return [...(first ? [first] : []), leaderTile(writing), ...rest, othersTile(writing)]
}

export function serviceTile(hall: Hall, service: Service, writing: Writing): Tile {
  const { shape, word, at } = serviceStatus(isNotYetBegun(hall) ? beforeTheDay(service) : service)
  const { t, pick, words } = writing
  const numbers = service.discreet ? [] : numbersOf(hall, service)
  return {
    id: service.id,
    kind: 'service',
    icon: service.topic.icon,
    head: pick(service.topic.head),
    place: numbers.length
      ? t('kiosk.tile.place', { office: pick(service.name), numbers: numbers.join('、') }).split('/')
      : [pick(service.name)],
    shape,
    status: t(`common.serviceStatus.${word}`, {
      numbers: words.numbers(service.waiting),
      time: at ? timeOf(word, at, hall.timeZone, words) : '',
    }),
    away: isAway(word),
  }
}

/** The numbers on the signs of a service's windows; none for a discreet one. */
export function numbersOf(hall: Hall, service: Service): number[] {
  return hall.windows.filter(({ id }) => service.windows.includes(id)).map(({ number }) => number)
}

/** Before the first number of a day every window is closed, which says nothing about the day. */
function beforeTheDay(service: Service): Service {
  return service.availability === 'closed' && !service.until ? { ...service, availability: 'open' } : service
}

/** A pause ends soon, so its hour is plain; a window that opens later names the part of the day. */
function timeOf(word: ServiceWord, at: Date, zone: string, words: Words): string {
  return word === 'pausedUntil' ? words.clock(at, zone) : words.time(at, zone)
}

function isAway(word: ServiceWord): boolean {
  return word === 'opensAt' || word === 'closedToday'
}

function leaderTile({ t }: Writing): Tile {
  return {
    id: 'leader',
    kind: 'leader',
    icon: 'leader',
    head: t('kiosk.tile.leader'),
    place: [t('kiosk.tile.leaderRoom')],
    shape: 'dash',
    status: t('kiosk.tile.leaderNone'),
    away: true,
  }
}

function othersTile({ t }: Writing): Tile {
  return {
    id: 'others',
    kind: 'others',
    icon: 'other',
    head: t('kiosk.tile.others'),
    place: [t('kiosk.tile.othersName')],
    shape: null,
    status: t('kiosk.tile.othersOpen'),
    away: false,
  }
}
