/** The one door to the hall: pages import from here and from types.ts. */
import { inject, type App, type InjectionKey } from 'vue'
import { BrowserClient } from './browser'
import type { HallClient, HallFeed, KioskClient, LanguageCalls, TrackCalls } from './client'
import { TrackClient } from './track'
import { WailsClient, inTouchWindow } from './wails'

export type {
  HallClient,
  HallFeed,
  KioskCalls,
  KioskClient,
  LanguageCalls,
  Live,
  RatingCalls,
  TrackCalls,
  WindowCalls,
} from './client'
export { HallError, unexpected, unreachable } from './errors'
export { newKey } from './key'
export { useNews } from './useNews'
export { useWindow } from './useWindow'

/** For the kiosk, which runs in the touch window and in a browser alike. */
export async function openKiosk(): Promise<KioskClient> {
  return inTouchWindow() ? new WailsClient() : openHall()
}

/** For pages that live in a browser: window and index. */
export async function openHall(): Promise<HallClient> {
  return (await openDemo()) ?? new BrowserClient()
}

/** For pages that only look: the board, in a browser or in a display window. */
export async function openFeed(): Promise<HallFeed> {
  return openKiosk()
}

/** For the page on a visitor's phone. */
export async function openTrack(): Promise<TrackCalls & LanguageCalls> {
  return (await openDemo()) ?? new TrackClient()
}

/** With `vite dev`, `?demo` shows a hall that plays by itself. A built page never contains it. */
async function openDemo(): Promise<HallClient | null> {
  if (!import.meta.env.DEV || !new URLSearchParams(location.search).has('demo')) return null
  const { FakeClient } = await import('./fake')
  const client = new FakeClient({ playing: true })
  Object.assign(globalThis, { demo: client }) // its levers, for the console and for pictures
  return client
}

const feedKey: InjectionKey<HallFeed> = Symbol('feed')
const kioskKey: InjectionKey<KioskClient> = Symbol('kiosk')
const hallKey: InjectionKey<HallClient> = Symbol('hall')
const trackKey: InjectionKey<TrackCalls> = Symbol('track')

/** Any of the clients above. */
export type AnyClient = HallFeed | KioskClient | HallClient | TrackCalls

/** Gives a page's components their client, by as many of its faces as it has. */
export function provideClient(app: Pick<App, 'provide'>, client: AnyClient): void {
  if ('hall' in client) app.provide(feedKey, client)
  if ('take' in client) app.provide(kioskKey, client)
  if ('act' in client) app.provide(hallKey, client)
  if ('ticket' in client) app.provide(trackKey, client)
}

/** The feed, in any component of any page. */
export const useFeed = (): HallFeed => found(inject(feedKey))
/** The kiosk's client, in components of the kiosk page. */
export const useKiosk = (): KioskClient => found(inject(kioskKey))
/** The whole client, in components of pages that live in a browser. */
export const useHall = (): HallClient => found(inject(hallKey))
/** The phone's client, in components of the phone page. */
export const useTrack = (): TrackCalls => found(inject(trackKey))

function found<T>(client: T | undefined): T {
  if (client === undefined) throw new Error('this page has no such client: see provideClient')
  return client
}
