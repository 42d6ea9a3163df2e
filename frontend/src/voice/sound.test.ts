import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Loudspeaker, type SoundParts } from './sound'

/** A browser's sound that does what a test says. */
class FakeContext extends EventTarget {
  state: AudioContextState = 'suspended'
  allowed = false
  breaks = false
  stuck = false
  ends = true
  readonly destination = {} as AudioDestinationNode
  private readonly began = Date.now()
  private readonly waiting: (() => void)[] = []
  readonly played: string[] = []

  get currentTime(): number {
    return this.state === 'running' && !this.stuck ? Date.now() - this.began : 0
  }
  resume(): Promise<void> {
    if (this.breaks) return Promise.reject(new Error('no device'))
    return new Promise((over) => {
      this.waiting.push(over)
      if (this.allowed) this.run()
    })
  }
  run(): void {
    this.state = 'running'
    for (const over of this.waiting.splice(0)) over()
    this.dispatchEvent(new Event('statechange'))
  }
  close(): Promise<void> {
    this.state = 'closed'
    return Promise.resolve()
  }
  decodeAudioData(data: ArrayBuffer): Promise<AudioBuffer> {
    if (data.byteLength === 0) return Promise.reject(new Error('no sound'))
    return Promise.resolve({ duration: 2 } as AudioBuffer)
  }
  createBufferSource(): AudioBufferSourceNode {
    const nothing = () => undefined
    const source = {
      onended: null as (() => void) | null,
      buffer: null,
      connect: nothing,
      disconnect: nothing,
      start: () => {
        if (this.ends) setTimeout(() => source.onended?.(), 2000)
      },
    }
    return source as unknown as AudioBufferSourceNode
  }
}

let context: FakeContext
let speaker: boolean | null
let change: () => void
let fetched: string[]
let parts: SoundParts
let loudspeaker: Loudspeaker | undefined

beforeEach(() => {
  vi.useFakeTimers()
  context = new FakeContext()
  speaker = null
  fetched = []
  parts = {
    context: () => context as never,
    async fetch(address) {
      fetched.push(address)
      if (address === '/gone.wav') throw new Error('404')
      return new ArrayBuffer(address === '/noise.wav' ? 0 : 8)
    },
    hasSpeaker: () => Promise.resolve(speaker),
    onSpeakers: (listener) => {
      change = listener
      return () => undefined
    },
  }
})
afterEach(() => {
  loudspeaker?.close()
  vi.useRealTimers()
})

async function open() {
  loudspeaker = new Loudspeaker(parts)
  await vi.advanceTimersByTimeAsync(10_000)
  return loudspeaker
}
const settle = () => vi.advanceTimersByTimeAsync(10_000)

describe('a loudspeaker', () => {
  it('is on where the browser lets it', async () => {
    context.allowed = true
    expect((await open()).state.value).toBe('on')
  })

  it('waits for a touch where the browser wants one, and comes on with it', async () => {
    const { state, unlock } = await open().then((one) => ({ state: one.state, unlock: () => one.unlock() }))
    expect(state.value).toBe('locked')
    void unlock()
    await settle()
    expect(state.value).toBe('locked')
    context.allowed = true
    void unlock()
    await settle()
    expect(state.value).toBe('on')
  })

  it('comes on too when the browser lets it of itself', async () => {
    const { state } = await open()
    context.run()
    await settle()
    expect(state.value).toBe('on')
  })

  it.each<[string, () => void]>([
    ['there is nothing to sound from', () => (speaker = false)],
    ['the browser has no sound', () => (parts.context = () => null)],
    [
      'it cannot be opened',
      () =>
        (parts.context = () => {
          throw new Error('too many')
        }),
    ],
    ['the device refuses', () => (context.breaks = true)],
    [
      'the device is stuck though it says that it runs',
      () => ((context.allowed = true), (context.stuck = true)),
    ],
  ])('is none where %s', async (_, spoil) => {
    spoil()
    expect((await open()).state.value).toBe('none')
  })

  it('is tried anew when a device is plugged in or pulled out', async () => {
    context.allowed = true
    speaker = false
    const { state } = await open()
    expect(state.value).toBe('none')
    speaker = true
    change()
    await settle()
    expect(state.value).toBe('on')
    speaker = false
    change()
    await settle()
    expect(state.value).toBe('none')
  })
})

describe('a sound', () => {
  it('plays to its end, and is fetched once', async () => {
    context.allowed = true
    const one = await open()
    for (let n = 0; n < 2; n++) {
      const played = one.load('/chime.wav').then((ready) => ready())
      await settle()
      await expect(played).resolves.toBeUndefined()
    }
    expect(fetched).toEqual(['/chime.wav'])
  })

  it.each(['/gone.wav', '/noise.wav'])(
    'that is none, %s, says so, and is asked for again',
    async (address) => {
      context.allowed = true
      const one = await open()
      await expect(one.load(address)).rejects.toThrow()
      await expect(one.load(address)).rejects.toThrow()
      expect(fetched).toEqual([address, address])
    },
  )

  it('that never ends is given up, and the device tried anew', async () => {
    context.allowed = true
    const one = await open()
    context.ends = false
    context.stuck = true
    const played = one.load('/chime.wav').then((ready) => ready())
    const failed = expect(played).rejects.toThrow('did not end')
    await settle()
    await failed
    await settle()
    expect(one.state.value).toBe('none')
  })

  it('does not begin while the loudspeaker is not on', async () => {
    const one = await open()
    await expect(one.load('/chime.wav').then((ready) => ready())).rejects.toThrow('not on')
  })
})
