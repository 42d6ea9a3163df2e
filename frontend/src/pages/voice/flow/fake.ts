/** A microphone, a player and a hall for tests. */
import { HallError, unreachable } from '@/client/errors'
import type {
  NewVoicePack,
  Phrase,
  VoiceCalls,
  VoiceCheck,
  VoiceClip,
  VoicePack,
  VoicePackClips,
} from '@/client/voices'
import { joined, noise, voice } from '@/sound/made'
import { MicrophoneError, type Line, type Microphone, type Trouble } from './microphone'
import type { Player } from './player'

const rate = 48_000

export class FakeMicrophone implements Microphone {
  /** What keeps it from listening before anybody asked. */
  trouble: Trouble | null = null
  /** Why it does not open. */
  refuses: Trouble | null = null
  /** How many lines are open. */
  lines = 0
  private hear: (piece: Float32Array) => void = () => undefined
  private lost: () => void = () => undefined

  async open(hear: (piece: Float32Array) => void, lost: () => void): Promise<Line> {
    if (this.refuses) throw new MicrophoneError(this.refuses)
    this.lines++
    this.hear = hear
    this.lost = lost
    let open = true
    const close = () => {
      if (open) this.lines--
      open = false
    }
    return { rate, close }
  }

  /** Lets it hear a sound, in pieces as the browser gives them. */
  play(sound: Float32Array): void {
    for (let at = 0; at < sound.length; at += 2048) this.hear(sound.slice(at, at + 2048))
  }

  unplug(): void {
    this.lines--
    this.lost()
  }
}

/** Stillness until the page says that it listens. */
export const opening = (): Float32Array => noise(rate, 0.3, 0.001)
/** Somebody says something of that many syllables. */
export const words = (syllables = 2, amplitude = 0.3): Float32Array =>
  joined(noise(rate, 0.4, 0.001), voice(rate, syllables, amplitude), noise(rate, 0.4, 0.001))
/** What the microphone hears after the key was pressed. */
export const after = (): Float32Array => noise(rate, 0.3, 0.001)

export class FakePlayer implements Player {
  played: ArrayBuffer[] = []
  private ended: () => void = () => undefined

  play(wav: ArrayBuffer): Promise<void> {
    this.stop()
    this.played.push(wav)
    return new Promise((done) => (this.ended = done))
  }

  stop(): void {
    this.ended()
  }
}

const clip = (name: string, text: string, pinyin: string, more: Partial<VoiceClip> = {}): VoiceClip => ({
  name,
  group: 'words',
  text,
  pinyin,
  meaning: name,
  minMillis: 120,
  maxMillis: 3000,
  state: 'missing',
  ...more,
})

/** A hall that keeps voices in memory. */
export class FakeVoices implements VoiceCalls {
  pack: VoicePackClips = {
    id: 'zh',
    language: 'zh',
    title: '普通话',
    done: 0,
    all: 3,
    clips: [
      clip('please', '请', 'qing3'),
      clip('number', '号', 'hao4'),
      clip('to-window-3', '到三号窗口', 'dao4 san1 hao4 chuang1 kou3', { group: 'windows' }),
      clip('ready', '准备', 'zhun3 bei4', { later: true }),
    ],
  }
  kept: string[] = []
  away = false
  /** What the next clip is refused with. */
  refuses: HallError | null = null
  created: NewVoicePack[] = []
  removed: string[] = []

  private reach(): void {
    if (this.away) throw new HallError(unreachable)
  }

  private set(name: string, state: VoiceClip['state']): VoiceClip {
    const old = this.pack.clips.find((one) => one.name === name)
    if (!old) throw new HallError('voice.clip-unknown')
    const next = { ...old, state, seconds: 0.5 }
    this.pack = { ...this.pack, clips: this.pack.clips.map((one) => (one === old ? next : one)) }
    return next
  }

  async packs(): Promise<VoicePack[]> {
    this.reach()
    return this.removed.includes(this.pack.id) ? [] : [this.pack]
  }

  async create(pack: NewVoicePack): Promise<VoicePack> {
    this.reach()
    this.created.push(pack)
    return this.pack
  }

  async clips(): Promise<VoicePackClips> {
    this.reach()
    return this.pack
  }

  async remove(pack: string): Promise<void> {
    this.removed.push(pack)
  }

  async keep(_: string, name: string): Promise<VoiceClip> {
    this.reach()
    if (this.refuses) {
      const why = this.refuses
      this.refuses = null
      throw why
    }
    this.kept.push(name)
    return this.set(name, 'recorded')
  }

  async forget(_: string, name: string): Promise<VoiceClip> {
    this.reach()
    return this.set(name, 'missing')
  }

  async sound(_: string, name: string): Promise<ArrayBuffer> {
    this.reach()
    return new TextEncoder().encode(name).buffer as ArrayBuffer
  }

  async phrase(_: string, { kind }: Phrase): Promise<ArrayBuffer> {
    return new TextEncoder().encode(kind).buffer as ArrayBuffer
  }

  async check(): Promise<VoiceCheck> {
    const lacks = this.pack.clips
      .filter((one) => !one.later && one.state === 'missing')
      .map(({ name }) => name)
    const clips = ['please', 'number', 'to-window-3']
    return {
      faults: [],
      phrases: [{ kind: 'call', ticket: 'A012', window: 3, text: '请A零幺二号，到三号窗口。', clips, lacks }],
    }
  }
}
