import { afterEach, describe, expect, it } from 'vitest'
import { effectScope } from 'vue'
import { newKey } from '../key'
import type { Call } from '../types'
import { useWindow } from '../useWindow'
import { FakeClient } from '.'

const client = new FakeClient()
afterEach(() => client.tick())

const waitingAt = (id: string) => client.hall.value?.windows.find((window) => window.id === id)?.waiting

describe('the fake hall', () => {
  it('gives one ticket for one key', async () => {
    const request = { service: 'water', persons: 2, priority: false, language: 'zh' } as const
    const key = newKey()
    const first = await client.take(request, key)
    expect(await client.take(request, key)).toEqual(first)
    expect(waitingAt('17')).toBe(1)
    expect((await client.take(request, newKey())).ahead).toBe(1)
    expect(await client.cancel(first.code)).toMatchObject({ state: 'cancelled' })
    expect(waitingAt('17')).toBe(1)
  })

  it('calls, tells the call once, and finishes', async () => {
    const calls: Call[] = []
    const stop = client.onCall((call) => calls.push(call))
    await client.act('1', { name: 'finish', outcome: 'resolved' })
    const called = await client.act('1', { name: 'next' })
    stop()
    expect(called?.ticket).toMatchObject({ state: 'called', times: 1 })
    expect(calls.map((call) => call.ticket)).toEqual([called?.ticket?.number])
    expect(client.hall.value?.calls[0]?.ticket).toBe(called?.ticket?.number)
    await expect(client.act('1', { name: 'next' })).rejects.toMatchObject({ code: 'window.busy' })
  })

  it('answers null when nobody waits', async () => {
    expect(await client.act('4', { name: 'next' })).toBeNull()
  })

  it('refuses when told to, and is lost when the line is', async () => {
    client.refuseNext('day.stopped')
    await expect(client.window('1')).rejects.toMatchObject({ code: 'day.stopped' })
    client.lose()
    expect(client.connection.value.state).toBe('silent')
    await expect(client.window('1')).rejects.toMatchObject({ code: 'hub.unreachable' })
    client.tick()
    expect(client.connection.value.state).toBe('live')
  })
})

it('a followed window shows its own commands and other clerks’', async () => {
  const scope = effectScope()
  await scope.run(async () => {
    const { view, act, refresh, busy } = useWindow(client, '6')
    await refresh()
    await act({ name: 'finish', outcome: 'referred', persons: 3 })
    expect(busy.value).toBe(false)
    expect(view.value?.ticket).toBeNull()
    await client.act('6', { name: 'next' })
    await expect.poll(() => view.value?.ticket?.state).toBe('called')
  })
  scope.stop()
})
