import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { effectScope, nextTick, shallowRef, type EffectScope } from 'vue'
import { FakeClient } from '@/client/fake'
import type { Say } from '@/client/types'
import type { SoundState } from './sound'
import { useVoice, type Voice } from './useVoice'

let client: FakeClient
let scope: EffectScope
const sound = shallowRef<SoundState>('unknown')
const board = shallowRef<string | null>('main')
let unlocked: number
let closed: number
let loaded: string[]

function listen(): Voice {
  const parts = {
    loudspeaker: () => ({
      state: sound,
      async unlock() {
        unlocked++
        return sound.value
      },
      async load(address: string) {
        loaded.push(address)
        return async () => undefined
      },
      close: () => closed++,
    }),
    speech: () => ({ voice: () => null }),
  }
  return scope.run(() => useVoice(client, () => board.value, parts)) as Voice
}

function say(id: string): Say {
  const at = client.now.value
  const until = new Date(at.getTime() + 12_000).toISOString()
  const part = { language: 'zh', text: '请', times: 1, recorded: '/recorded.wav', synthesised: '' }
  return { id, kind: 'call', at: at.toISOString(), until, chime: '', parts: [part] }
}

beforeEach(() => {
  sessionStorage.clear()
  client = new FakeClient()
  scope = effectScope()
  sound.value = 'unknown'
  board.value = 'main'
  unlocked = closed = 0
  loaded = []
})
afterEach(() => {
  scope.stop()
  client.close()
  vi.unstubAllGlobals()
})

describe('a page that speaks', () => {
  it('tells the hall only while sound really comes', async () => {
    const voice = listen()
    expect(client.speaks).toBeNull()
    for (const [state, told, locked] of [
      ['locked', null, true],
      ['on', 'main', false],
      ['none', null, false],
      ['on', 'main', false],
    ] as const) {
      sound.value = state
      await nextTick()
      expect(client.speaks).toBe(told)
      expect(voice.locked.value).toBe(locked)
    }
  })

  it('says what the hall says, once, and nothing before sound is on', async () => {
    listen()
    client.receiveSay(say('1'))
    sound.value = 'on'
    client.receiveSay(say('2'))
    client.receiveSay(say('2'))
    await vi.waitFor(() => expect(loaded).toEqual(['/recorded.wav']))
  })

  it('is switched on by a touch or a key anywhere', async () => {
    listen()
    dispatchEvent(new Event('pointerdown'))
    dispatchEvent(new Event('keydown'))
    expect(unlocked).toBe(2)
    sound.value = 'on'
    dispatchEvent(new Event('pointerdown'))
    expect(unlocked).toBe(2)
  })

  it('falls silent with its board, and speaks for another', async () => {
    sound.value = 'on'
    listen()
    expect(client.speaks).toBe('main')
    board.value = null
    await nextTick()
    expect(client.speaks).toBeNull()
    expect(closed).toBe(1)
    client.receiveSay(say('1'))
    board.value = 'east'
    await nextTick()
    expect(client.speaks).toBe('east')
    expect(loaded).toEqual([])
  })
})

it('a page in the program’s own window claims nothing and asks for nothing', () => {
  vi.stubGlobal('location', { protocol: 'wails:', search: '' })
  sound.value = 'on'
  const voice = listen()
  expect(voice.state.value).toBe('none')
  expect(voice.locked.value).toBe(false)
  expect(client.speaks).toBeNull()
})
