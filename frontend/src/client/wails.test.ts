import { afterEach, expect, it, vi } from 'vitest'
import { fakeHall } from './fake/hall'
import { WailsClient } from './wails'

/** A touch window whose program answers as scripted. */
function touchWindow(app: object, name = 'App') {
  const listeners = new Map<string, (data: unknown) => void>()
  const EventsOn = (name: string, listener: (data: unknown) => void) => {
    listeners.set(name, listener)
    return () => listeners.delete(name)
  }
  const emit = (name: string, data: unknown) => listeners.get(name)?.(data)
  return { touch: { go: { kiosk: { [name]: app } }, runtime: { EventsOn } } as never, emit, listeners }
}

let client: WailsClient | undefined
afterEach(() => {
  client?.close()
  document.body.innerHTML = ''
  vi.useRealTimers()
})

it('asks for the events once it listens, and shows what they tell', () => {
  const { touch, emit, listeners } = touchWindow({
    Follow: () => {
      emit('hall', fakeHall())
      return Promise.resolve()
    },
  })
  client = new WailsClient(touch)
  expect(client.hall.value?.windows).toHaveLength(20)
  expect(client.connection.value.state).toBe('live')
  emit('connection', { live: false })
  expect(client.connection.value.state).toBe('silent')
  emit('tick', { revision: 120, at: fakeHall().at })
  expect(client.connection.value.state).toBe('live')
  expect(client.revision.value).toBe(120)
  client.close()
  expect(listeners.size).toBe(0)
})

it('keeps the code and the words of a refusal', async () => {
  const message = { zh: '今天取号已结束', en: 'No more numbers today' }
  const refuse = () => Promise.reject(new Error(JSON.stringify({ code: 'day.stopped', message })))
  const { touch } = touchWindow({ Follow: () => Promise.resolve(), Take: refuse })
  client = new WailsClient(touch)
  const taken = client.take({ service: 'water', persons: 1, priority: false, language: 'zh' }, 'key')
  await expect(taken).rejects.toMatchObject({ code: 'day.stopped', text: message })
})

it('unwraps what a reprint answers', async () => {
  const print = { job: 'j1', state: 'reserved', reason: '' }
  const { touch } = touchWindow({
    Follow: () => Promise.resolve(),
    Reprint: () => Promise.resolve({ print }),
  })
  client = new WailsClient(touch)
  expect(await client.reprint('t1')).toEqual(print)
})

it('beats while a screen stands there, and tells its name and nothing else', () => {
  vi.useFakeTimers()
  const Beat = vi.fn()
  client = new WailsClient(touchWindow({ Follow: () => Promise.resolve(), Beat }).touch)
  vi.advanceTimersByTime(10_000)
  expect(Beat).not.toHaveBeenCalled()
  document.body.innerHTML = '<main data-screen="ticket">A012</main>'
  vi.advanceTimersByTime(10_000)
  expect(Beat.mock.calls).toEqual(Array.from({ length: 5 }, () => ['ticket']))
  client.close()
  vi.advanceTimersByTime(10_000)
  expect(Beat).toHaveBeenCalledTimes(5)
})

it('follows the hall from a board’s window, which has no pointer', () => {
  const { touch, emit } = touchWindow({ Follow: () => Promise.resolve(emit('hall', fakeHall())) }, 'Display')
  client = new WailsClient(touch)
  expect(client.hall.value?.windows).toHaveLength(20)
  expect(document.documentElement.classList).toContain('display')
  document.documentElement.classList.remove('display')
})
