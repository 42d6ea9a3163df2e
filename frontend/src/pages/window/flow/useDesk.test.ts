import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, type EffectScope } from 'vue'
import { HallError, unreachable, type WindowCalls } from '@/client'
import { FakeClient } from '@/client/fake'
import { useDesk, type Desk } from './useDesk'

let client: FakeClient
let scope: EffectScope
let desk: Desk

/** Sits down at a window: 3 has a called ticket and a queue, 4 is idle and nobody waits. */
async function sit(id: string): Promise<void> {
  desk = scope.run(() => useDesk(client, id)) as Desk
  await vi.waitFor(() => expect(desk.view.value).not.toBeNull())
}

beforeEach(() => {
  vi.useFakeTimers()
  client = new FakeClient()
  scope = effectScope()
})
afterEach(() => {
  scope.stop()
  client.close()
  vi.useRealTimers()
})

const resolved = { name: 'finish', outcome: 'resolved' } as const

describe('one press, one command', () => {
  it('takes two presses within a second for one', async () => {
    await sit('4')
    const act = vi.spyOn(client, 'act')
    await desk.press({ name: 'next' })
    await vi.advanceTimersByTimeAsync(900)
    await desk.press({ name: 'next' })
    expect(act).toHaveBeenCalledTimes(1)
    await vi.advanceTimersByTimeAsync(100)
    await desk.press({ name: 'next' })
    expect(act).toHaveBeenCalledTimes(2)
  })

  it('sends nothing while a command is on its way', async () => {
    await sit('3')
    await desk.press(resolved)
    const act = vi.spyOn(client, 'act')
    await Promise.all([desk.press({ name: 'next' }), desk.press({ name: 'next' })])
    expect(act).toHaveBeenCalledTimes(1)
    expect(desk.ticket.value).toMatchObject({ number: 'C014', state: 'called', times: 1 })
  })

  it('calls again after a second, when the hall allows it', async () => {
    await sit('3')
    expect(await desk.press({ name: 'recall' })).toBe(true)
    expect(await desk.press({ name: 'recall' })).toBe(false)
    expect(desk.may('recall').seconds).toBe(10)
    client.tick()
    await vi.advanceTimersByTimeAsync(11_000)
    client.tick()
    expect(await desk.press({ name: 'recall' })).toBe(true)
    expect(desk.ticket.value?.times).toBe(3)
  })

  it('does not send what the hall would refuse', async () => {
    await sit('3')
    const act = vi.spyOn(client, 'act')
    expect(await desk.press({ name: 'next' })).toBe(false)
    expect(await desk.press({ name: 'miss' })).toBe(false)
    expect(act).not.toHaveBeenCalled()
  })
})

describe('the party', () => {
  it('keeps the clerk’s correction while the ticket stays, and forgets it with the ticket', async () => {
    await sit('3')
    desk.persons.value = 7
    await desk.press({ name: 'start' })
    expect(desk.persons.value).toBe(7)
    await desk.press({ ...resolved, persons: desk.persons.value })
    expect(desk.view.value?.served).toEqual({
      tickets: 12,
      persons: 41,
      resolved: 7,
      referred: 5,
      unrecorded: 0,
    })
    await desk.press({ name: 'next' })
    expect(desk.persons.value).toBe(desk.ticket.value?.persons)
  })
})

describe('a lost hub', () => {
  it('allows nothing, keeps the picture, and comes back by itself', async () => {
    await sit('3')
    client.lose()
    expect(desk.live.value).toBe(false)
    expect(desk.can('finish')).toBe(false)
    expect(await desk.press(resolved)).toBe(false)
    expect(desk.ticket.value?.number).toBe('C012')
    client.tick()
    expect(desk.can('finish')).toBe(true)
  })
})

describe('a command that nobody answered', () => {
  /** The keys under which commands reach the hall; the first is lost, after or before the hall did it. */
  function loseFirst(done: boolean): string[] {
    const keys: string[] = []
    const hall: WindowCalls = client
    const act = client.act.bind(client)
    vi.spyOn(hall, 'act').mockImplementation(async (id, action, key) => {
      keys.push(key ?? '')
      if (keys.length > 1) return act(id, action)
      if (done) await act(id, action)
      throw new HallError(unreachable)
    })
    return keys
  }

  it('goes again under its old key', async () => {
    await sit('3')
    const keys = loseFirst(false)
    expect(await desk.press(resolved)).toBe(false)
    expect(desk.note.value).toMatchObject({ kind: 'refused', error: { code: unreachable } })
    await vi.advanceTimersByTimeAsync(1000)
    client.tick()
    expect(await desk.press(resolved)).toBe(true)
    expect(keys[0]).toMatch(/^[0-9a-f]{32}$/)
    expect(keys[1]).toBe(keys[0])
  })

  it('was done after all: the page shows it, and the next one has a key of its own', async () => {
    await sit('3')
    await desk.press(resolved)
    const keys = loseFirst(true)
    expect(await desk.press({ name: 'next' })).toBe(false)
    await vi.waitFor(() => expect(desk.ticket.value?.number).toBe('C014'))
    await desk.press(resolved)
    await vi.advanceTimersByTimeAsync(1000)
    client.tick()
    await desk.press({ name: 'next' })
    expect(desk.ticket.value?.number).toBe('C015')
    expect(new Set(keys).size).toBe(3)
  })
})

describe('notes', () => {
  it('tell that nobody waits', async () => {
    await sit('4')
    expect(await desk.press({ name: 'next' })).toBe(false)
    expect(desk.note.value).toEqual({ kind: 'nobody' })
  })

  it('tell why the hall refused, and the page stays in use', async () => {
    await sit('3')
    client.refuseNext('ticket.not-waiting', {
      zh: 'C012刚被2号窗口叫走',
      en: 'C012 was just called by window 2',
    })
    expect(await desk.press({ name: 'start' })).toBe(false)
    expect(desk.note.value).toMatchObject({ kind: 'refused', error: { code: 'ticket.not-waiting' } })
    expect(desk.busy.value).toBe(false)
  })
})
