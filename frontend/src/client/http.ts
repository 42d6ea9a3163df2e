import createFetch from 'openapi-fetch'
import { HallError, toHallError, unexpected, unreachable } from './errors'
import type { paths } from './schema'

/** After so long (milliseconds) a request is given up; whether it was done is then unknown, so retry by key. */
const patience = 15_000

/** The hall's API over HTTP, typed by its document. */
export const openApi = () => createFetch<paths>({ fetch: fetchWithin(patience) })

/** The header under which a command is done once, however often it is sent. */
export function keyed(key: string) {
  return { header: { 'Idempotency-Key': key } }
}

type Reply<T> = Promise<{ data?: T | undefined; error?: unknown; response: Response }>

/** What a reply holds, or null for none; rejects with HallError and with nothing else. */
export async function maybe<T>(reply: Reply<T>): Promise<NonNullable<T> | null> {
  const { data, error, response } = await reply
  if (!response.ok) throw toHallError(error)
  return data ?? null
}

/** What a reply holds; an empty one is unexpected. */
export async function answer<T>(reply: Reply<T>): Promise<NonNullable<T>> {
  const data = await maybe(reply)
  if (data === null) throw new HallError(unexpected)
  return data
}

function fetchWithin(milliseconds: number) {
  return async (request: Request): Promise<Response> => {
    const abort = new AbortController()
    const timer = setTimeout(() => abort.abort(), milliseconds)
    try {
      return await fetch(request, { signal: abort.signal })
    } catch (cause) {
      throw new HallError(unreachable, null, {}, cause)
    } finally {
      clearTimeout(timer)
    }
  }
}
