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
  /** The office, then its window; a discreet service has no window to show. */
  office: string
  window: string
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
  return {
    id: service.id,
    kind: 'service',
    icon: service.topic.icon,
    head: pick(service.topic.head),
    office: pick(service.name),
    window: service.discreet ? '' : words.windows(numbersOf(hall, service)),
    shape,
    status: t(`common.serviceStatus.${word}`, {
      numbers: words.numbers(service.waiting),
      time: at ? words.time(at, hall.timeZone) : '',
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

function isAway(word: ServiceWord): boolean {
  return word === 'opensAt' || word === 'closedToday'
}

function leaderTile({ t }: Writing): Tile {
  return {
    id: 'leader',
    kind: 'leader',
    icon: 'leader',
    head: t('kiosk.tile.leader'),
    office: t('kiosk.tile.leaderRoom'),
    window: '',
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
    office: t('kiosk.tile.othersName'),
    window: '',
    shape: null,
    status: t('kiosk.tile.othersOpen'),
    away: false,
  }
}
