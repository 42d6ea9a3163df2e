import { describe, expect, it } from 'vitest'
import { windowStatus } from './status'

const at = (clock: string) => new Date(`2026-11-23T${clock}:00+08:00`)
const ten = at('10:00').toISOString()

describe('a window', () => {
  const idle = { status: 'idle', until: null } as const
  const closed = { status: 'closed', until: null } as const

  it('promises no short wait while others wait for it, or no numbers are given', () => {
    expect(windowStatus(idle, { issuing: 'open' }).word).toBe('idle')
    expect(windowStatus(idle, { waiting: 2 }).word).toBe('waiting')
    expect(windowStatus(idle, { issuing: 'stopped' })).toEqual({ shape: 'dash', word: 'stopped', at: null })
    expect(windowStatus(idle, { issuing: 'stopped', waiting: 2 }).word).toBe('waiting')
  })

  it('that is closed says of the end of the day what the hall says, and expects nobody on a day off', () => {
    const expected = { ...closed, expected: true }
    expect(windowStatus(expected, { issuing: 'open' }).word).toBe('notYet')
    expect(windowStatus(expected, { issuing: 'stopped' }).word).toBe('stopped')
    expect(windowStatus(closed, { issuing: 'stopped' }).word).toBe('stopped')
    expect(windowStatus(expected, { issuing: 'off' }).word).toBe('closedToday')
    expect(windowStatus({ ...expected, from: ten }, { now: at('09:00'), issuing: 'stopped' }).word).toBe(
      'opensAt',
    )
  })

  it('promises nobody who would come for a number once none is given', () => {
    const oncall = { status: 'oncall', until: null } as const
    expect(windowStatus(oncall, { issuing: 'open' }).word).toBe('oncall')
    expect(windowStatus(oncall, { issuing: 'stopped' }).word).toBe('stopped')
    expect(windowStatus(oncall, { issuing: 'stopped', waiting: 1 }).word).toBe('oncall')
  })

  it('promises no hour that has passed', () => {
    const paused = { status: 'paused', until: ten } as const
    const pause = { reason: 'meeting', until: ten } as const
    expect(windowStatus(paused, { now: at('09:59') }).word).toBe('pausedUntil')
    expect(windowStatus(paused, { now: at('10:00') })).toEqual({ shape: 'bars', word: 'paused', at: null })
    expect(windowStatus(idle, { now: at('09:59'), pause }).word).toBe('pausedUntil')
    expect(windowStatus(idle, { now: at('10:00'), pause }).word).toBe('paused')
  })
})
