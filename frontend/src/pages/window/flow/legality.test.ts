import { describe, expect, it } from 'vitest'
import type { Action } from '@/client/types'
import { legality } from './legality'

const now = new Date('2026-11-23T09:41:00+08:00')
const read = (...actions: Action[]) => legality({ actions }, 'miss', now)

describe('what the hall allows', () => {
  it.each<[string, Action[], boolean, number, number]>([
    ['nothing', [], false, 0, 0],
    ['something else', [{ name: 'recall', from: null }], false, 0, 0],
    ['it now', [{ name: 'miss', from: null }], true, 0, 0],
    ['it since a while', [{ name: 'miss', from: '2026-11-23T09:40:00+08:00' }], true, 0, 0],
    ['it from this very moment', [{ name: 'miss', from: '2026-11-23T09:41:00+08:00' }], true, 0, 0],
    ['it in six seconds', [{ name: 'miss', from: '2026-11-23T09:41:05.2+08:00' }], false, 6, 0],
    ['it after a call', [{ name: 'miss', from: '2026-11-23T09:40:00+08:00', callsLeft: 1 }], false, 0, 1],
  ])('%s', (_, actions, legal, seconds, callsLeft) => {
    expect(read(...actions)).toEqual({ legal, seconds, callsLeft })
  })

  it('is nothing before the window was read', () => {
    expect(legality(null, 'next', now).legal).toBe(false)
  })
})
