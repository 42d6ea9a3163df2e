/** How news becomes state. Pure, so that every client merges alike. */
import type { Call, Change, Hall, Service } from './types'

/** As many calls as the hall itself remembers. */
const callsKept = 10

/**
 * The hall after a change. What did not change keeps its identity, so that Vue redraws only what did.
 * News older than the state is ignored; a revision may come in several messages, so an equal one is not.
 */
export function applyChange(hall: Hall, change: Change): Hall {
  if (change.revision < hall.revision) return hall
  return {
    ...hall,
    revision: change.revision,
    windows: merge(hall.windows, change.windows, (_, news) => news),
    services: merge(hall.services, change.services, withoutHours),
  }
}

/** The hall after a call: newest first, each ticket once. */
export function applyCall(hall: Hall, call: Call): Hall {
  if (call.revision < hall.revision) return hall
  const others = hall.calls.filter((old) => old.ticket !== call.ticket)
  return { ...hall, revision: call.revision, calls: [call, ...others].slice(0, callsKept) }
}

/** What is left out of the news about a service is over. */
function withoutHours({ issuing, from, ...rest }: Service, news: Partial<Service>): Service {
  void [issuing, from]
  return { ...rest, ...news }
}

function merge<T extends { id: string }, News extends { id: string }>(
  old: T[],
  changed: News[] = [],
  mix: (item: T, news: News) => T,
): T[] {
  if (changed.length === 0) return old
  const byId = new Map(changed.map((item) => [item.id, item]))
  return old.map((item) => {
    const news = byId.get(item.id)
    return news ? mix(item, news) : item
  })
}
