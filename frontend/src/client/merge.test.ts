import { describe, expect, it } from 'vitest'
import { fakeHall } from './fake/hall'
import { applyCall, applyChange } from './merge'
import type { Call, Window } from './types'

const hall = { ...fakeHall(), revision: 10 }
const windowOf = (id: string) => hall.windows.find((window) => window.id === id) as Window

const call = (revision: number, ticket: string, window = '3'): Call => ({
  revision,
  ticket,
  window,
  windowNumber: Number(window),
  windowName: { zh: '自然资源', en: 'Natural Resources' },
  times: 1,
  at: '2026-11-23T09:41:00+08:00',
})

describe('a change', () => {
  it('replaces what changed and leaves the rest as it was', () => {
    const changed: Window = { ...windowOf('3'), status: 'calling', ticket: 'C012' }
    const after = applyChange(hall, { revision: 11, windows: [changed] })
    expect(after.revision).toBe(11)
    expect(after.windows.find((window) => window.id === '3')).toEqual(changed)
    expect(after.windows.find((window) => window.id === '4')).toBe(windowOf('4'))
    expect(after.services).toBe(hall.services)
  })

  it('changes the queue of a service and keeps its name', () => {
    const after = applyChange(hall, { revision: 11, services: [{ id: 'water', waiting: 7 }] })
    expect(after.services.find((service) => service.id === 'water')).toMatchObject({
      waiting: 7,
      name: { zh: '水利' },
    })
  })

  it('ends the hours that it no longer names', () => {
    const today = { issuing: 'off', from: '2026-11-25T08:30:00+08:00' } as const
    const services = hall.services.map((one) => (one.id === 'water' ? { ...one, ...today } : one))
    const { from, ...open } = windowOf('17')
    expect(from).toBeDefined()
    const after = applyChange(
      { ...hall, services },
      { revision: 11, windows: [open], services: [{ id: 'water', waiting: 0 }] },
    )
    expect(after.services.find(({ id }) => id === 'water')).not.toHaveProperty('issuing')
    expect(after.services.find(({ id }) => id === 'water')).not.toHaveProperty('from')
    expect(after.windows.find(({ id }) => id === '17')).not.toHaveProperty('from')
  })

  it('is ignored when the state is newer, and taken when the revision comes in two messages', () => {
    const old = { revision: 9, windows: [{ ...windowOf('3'), ticket: 'C001' }] }
    expect(applyChange(hall, old)).toBe(hall)
    const first = applyCall(hall, call(11, 'C012'))
    const second = applyChange(first, { revision: 11, windows: [{ ...windowOf('3'), ticket: 'C012' }] })
    expect(second.windows.find((window) => window.id === '3')?.ticket).toBe('C012')
  })
})

describe('a call', () => {
  it('comes first, and two calls in one revision both stay', () => {
    const after = applyCall(applyCall({ ...hall, calls: [] }, call(11, 'C012')), call(11, 'B007', '2'))
    expect(after.calls.map((one) => one.ticket)).toEqual(['B007', 'C012'])
  })

  it('replaces the earlier call of the same ticket', () => {
    const once = applyCall({ ...hall, calls: [] }, call(11, 'C012'))
    const after = applyCall(applyCall(once, call(12, 'B007', '2')), { ...call(13, 'C012'), times: 2 })
    expect(after.calls.map((one) => [one.ticket, one.times])).toEqual([
      ['C012', 2],
      ['B007', 1],
    ])
  })

  it('drops the oldest beyond ten', () => {
    let after = { ...hall, calls: [] as Call[] }
    for (let n = 1; n <= 12; n++) after = { ...after, ...applyCall(after, call(10 + n, `C${n}`)) }
    expect(after.calls).toHaveLength(10)
    expect(after.calls[0]?.ticket).toBe('C12')
  })
})
