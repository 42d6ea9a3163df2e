import { shallowRef, type ShallowRef } from 'vue'
import type { Ready, Sounds } from './player'

/**
 * Whether this page can be heard. unknown: it is being tried; none: there is no loudspeaker, or no way to it; locked:
 * the browser waits for a touch; on: sound comes.
 */
export type SoundState = 'unknown' | 'none' | 'locked' | 'on'

/** How long a browser may take to let sound begin, and a sound longer than it is (milliseconds). */
const patience = 3000
/** Sounds that are kept ready, newest used last: the chime, and what is said just now. One takes a megabyte and more. */
const kept = 4

type Context = Pick<
  AudioContext,
  'state' | 'currentTime' | 'destination' | 'resume' | 'close' | 'createBufferSource' | 'decodeAudioData'
> &
  EventTarget

/** What of the browser a loudspeaker needs. Tests give their own. */
export interface SoundParts {
  context(): Context | null
  fetch(address: string): Promise<ArrayBuffer>
  /** Whether the machine has something to sound from; null where the browser does not tell. */
  hasSpeaker(): Promise<boolean | null>
  /** Tells when loudspeakers come or go. */
  onSpeakers(listener: () => void): () => void
}

/**
 * The page's loudspeaker. It goes through one AudioContext: an audio element would need more of the content policy, and
 * tells less about whether it can be heard.
 */
export class Loudspeaker implements Sounds {
  readonly state: Readonly<ShallowRef<SoundState>> = shallowRef<SoundState>('unknown')
  private context: Context | null = null
  private readonly ready = new Map<string, Promise<AudioBuffer>>()
  private readonly stops: (() => void)[] = []
  private trial = 0
  private closed = false

  constructor(private readonly parts: SoundParts = browserParts()) {
    this.stops.push(parts.onSpeakers(() => void this.unlock()))
    void this.unlock()
  }

  /** Tries to let sound begin: at the start, and at each touch until it has. */
  async unlock(): Promise<SoundState> {
    const trial = ++this.trial
    const state = await this.tryOut()
    if (trial === this.trial && !this.closed) this.set(state)
    return this.state.value
  }

  async load(address: string): Promise<Ready> {
    let sound = this.ready.get(address)
    this.ready.delete(address)
    if (!sound) {
      sound = this.decode(address)
      // What failed may be there the next time.
      sound.catch(() => this.ready.delete(address))
    }
    this.ready.set(address, sound)
    const [oldest] = this.ready.keys()
    if (this.ready.size > kept && oldest !== undefined) this.ready.delete(oldest)
    const buffer = await sound
    return Object.assign(() => this.play(buffer), { lasts: buffer.duration * 1000 })
  }

  close(): void {
    this.closed = true
    for (const stop of this.stops) stop()
    this.ready.clear()
    void this.context?.close().catch(() => undefined)
    this.context = null
  }

  private set(state: SoundState): void {
    ;(this.state as ShallowRef<SoundState>).value = state
  }

  private async tryOut(): Promise<SoundState> {
    if ((await this.parts.hasSpeaker().catch(() => null)) === false) return 'none'
    const context = this.open()
    if (!context) return 'none'
    // Without a touch the promise of resume stays open, with one it is kept; a broken device rejects it.
    const resumed = context.state === 'running' ? Promise.resolve(true) : context.resume().then(() => true)
    const answer = await Promise.race([resumed.catch(() => null), within(patience / 2, false)])
    if (answer === null || context.state === 'closed') return 'none'
    if (context.state !== 'running') return 'locked'
    return (await moves(context)) ? 'on' : 'none'
  }

  private open(): Context | null {
    if (this.context && this.context.state !== 'closed') return this.context
    if (this.closed) return null
    try {
      this.context = this.parts.context()
    } catch {
      this.context = null
    }
    const { context } = this
    // The browser lets sound begin after a touch anywhere, or takes it away with the device.
    context?.addEventListener('statechange', () => {
      if (this.context !== context || this.closed) return
      if (context.state === 'running' ? this.state.value !== 'on' : this.state.value === 'on')
        void this.unlock()
    })
    return this.context
  }

  private async decode(address: string): Promise<AudioBuffer> {
    const context = this.open()
    if (!context) throw new Error('no sound here')
    return context.decodeAudioData(await this.parts.fetch(address))
  }

  private play(buffer: AudioBuffer): Promise<void> {
    const { context } = this
    if (!context || context.state !== 'running') return Promise.reject(new Error('sound is not on'))
    return new Promise((over, failed) => {
      const source = context.createBufferSource()
      source.buffer = buffer
      source.connect(context.destination)
      // A device that was pulled out lets the clock stand, and no end ever comes.
      const watch = setTimeout(
        () => {
          source.onended = null
          void this.unlock()
          failed(new Error('the sound did not end'))
        },
        buffer.duration * 1000 + patience,
      )
      source.onended = () => {
        clearTimeout(watch)
        source.disconnect()
        over()
      }
      source.start()
    })
  }
}

/** Whether the clock of the sound goes: a device that is stuck stands still though it says that it runs. */
async function moves(context: Context): Promise<boolean> {
  const before = context.currentTime
  for (let n = 0; n < 10; n++) {
    await within(patience / 10, null)
    if (context.currentTime > before) return true
  }
  return false
}

/** Tries again where the line broke; what the hall answers that it has not, it will not have in a moment either. */
async function retried(fetchOnce: () => Promise<ArrayBuffer | null>): Promise<ArrayBuffer> {
  for (let left = 2; ; left--) {
    try {
      const sound = await fetchOnce()
      if (sound) return sound
      left = 0
      throw new Error('the hall has no such sound')
    } catch (error) {
      if (left <= 0) throw error
      await within(patience / 8, null)
    }
  }
}

function within<T>(milliseconds: number, value: T): Promise<T> {
  return new Promise((over) => setTimeout(() => over(value), milliseconds))
}

function browserParts(): SoundParts {
  const devices = (globalThis.navigator as Navigator | undefined)?.mediaDevices as MediaDevices | undefined
  return {
    context: () => ('AudioContext' in globalThis ? new AudioContext({ latencyHint: 'playback' }) : null),
    async fetch(address) {
      return retried(async () => {
        const answer = await fetch(address, { signal: AbortSignal.timeout(3 * patience) })
        return answer.ok ? answer.arrayBuffer() : null
      })
    },
    async hasSpeaker() {
      // Only Chromium lists loudspeakers without being asked for a microphone, and only on pages that it trusts.
      if (!devices || !/Chrom(e|ium)\//.test(navigator.userAgent)) return null
      return (await devices.enumerateDevices()).some(({ kind }) => kind === 'audiooutput')
    },
    onSpeakers(listener) {
      devices?.addEventListener('devicechange', listener)
      return () => devices?.removeEventListener('devicechange', listener)
    },
  }
}
