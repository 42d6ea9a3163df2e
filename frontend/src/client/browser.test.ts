import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { BrowserClient } from './browser'
import { fakeHall, fakeNow } from './fake/hall'
import type { Call, Hall } from './types'

/** A browser's line to the hall, of which a test is the other end. */
class Line extends EventTarget {
  static readonly CLOSED = 2
  static opened: Line[] = []
  readyState = 1
  onerror: (() => void) | null = null

  constructor(readonly address: string) {
    super()
    Line.opened.push(this)
  }
  close(): void {
    this.readyState = Line.CLOSED
  }
  tell(name: string, data: unknown): void {
    if (this.readyState !== Line.CLOSED)
      this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data) }))
  }
}

let client: BrowserClient
let told: string[]
const line = (n: number) => Line.opened[n] as Line

const hallAt = (revision: number, calls: Call[] = []): Hall => ({ ...fakeHall(), revision, calls })
const call = (revision: number, ticket: string): Call => ({
  revision,
  ticket,
  window: '3',
  windowNumber: 3,
  windowName: { zh: '', en: '' },
  times: 1,
  at: fakeNow,
})

beforeEach(() => {
  vi.useFakeTimers()
  Line.opened = []
  vi.stubGlobal('EventSource', Line)
  client = new BrowserClient()
  told = []
  client.onCall(({ ticket }) => void told.push(ticket))
  line(0).tell('hall', hallAt(10))
})
afterEach(() => {
  client.close()
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('a page that begins to sound', () => {
  it('opens a line that says so, and keeps the old one until that has told the hall', () => {
    client.speakAs('east')
    expect(line(1).address).toBe('/api/v1/events?speaks=east')
    line(0).tell('call', call(11, 'C011'))
    expect(line(0).readyState).toBe(1)
    line(1).tell('hall', hallAt(11, [call(11, 'C011')]))
    expect(line(0).readyState).toBe(Line.CLOSED)
    line(1).tell('call', call(12, 'C012'))
    expect(told).toEqual(['C011', 'C012'])
  })

  it('loses no call that falls between the two', () => {
    client.speakAs('east')
    // The old line had not told it yet.
    line(1).tell('hall', hallAt(12, [call(12, 'C012'), call(11, 'C011')]))
    expect(told).toEqual(['C011', 'C012'])
    expect(client.hall.value?.calls).toHaveLength(2)
  })

  it('repeats none that both lines tell', () => {
    client.speakAs('east')
    line(0).tell('call', call(11, 'C011'))
    line(0).tell('call', call(12, 'C012'))
    // The new line looked before the old one told it.
    line(1).tell('hall', hallAt(10))
    line(1).tell('call', call(11, 'C011'))
    line(1).tell('call', call(12, 'C012'))
    expect(told).toEqual(['C011', 'C012'])
    expect(client.hall.value?.calls.map(({ ticket }) => ticket)).toEqual(['C012', 'C011'])
  })

  it('is not thrown back when the new line cannot be had at once', () => {
    client.speakAs('east')
    line(1).readyState = Line.CLOSED
    line(1).onerror?.()
    line(0).tell('call', call(11, 'C011'))
    expect(told).toEqual(['C011'])
    vi.advanceTimersByTime(2000)
    expect(line(2).address).toBe('/api/v1/events?speaks=east')
    line(2).tell('hall', hallAt(11, [call(11, 'C011')]))
    expect(line(0).readyState).toBe(Line.CLOSED)
    expect(told).toEqual(['C011'])
  })

  it('opens nothing anew for what it says already, and a plain line once it is silent', () => {
    client.speakAs(null)
    expect(Line.opened).toHaveLength(1)
    client.speakAs('east')
    client.speakAs('east')
    expect(Line.opened).toHaveLength(2)
    client.speakAs(null)
    expect(line(2).address).toBe('/api/v1/events')
  })
})

describe('a machine whose clock is a day off', () => {
  it.each([-1, 1])('%i day: shows the hall’s time, and measures ages without it', (days) => {
    vi.setSystemTime(Date.parse(fakeNow) + days * 86_400_000)
    line(0).tell('tick', { revision: 10, at: fakeNow })
    expect(client.now.value.toISOString()).toBe(new Date(fakeNow).toISOString())
    expect(client.time()).toBe(Date.parse(fakeNow))
    vi.advanceTimersByTime(5000)
    expect(client.now.value.getTime()).toBe(Date.parse(fakeNow) + 5000)
    expect(client.connection.value).toMatchObject({ state: 'live', age: 5 })
  })
})

it('calls missed behind a broken line are told late, in their order, each once', () => {
  line(0).tell('call', call(11, 'C011'))
  line(0).onerror?.()
  line(0).tell('hall', hallAt(13, [call(13, 'C013'), call(12, 'C012'), call(11, 'C011')]))
  expect(told).toEqual(['C011', 'C012', 'C013'])
})
