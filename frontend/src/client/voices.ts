/** What the page that records the hall's voice asks of the hall. No other page uses this. */
import { inject, type App, type InjectionKey } from 'vue'
import { HallError, toHallError, unreachable } from './errors'
import { answer, maybe, openApi } from './http'
import type { components } from './schema'

type Schemas = components['schemas']

/** A recorded voice: one speaker's clips in one language. */
export type VoicePack = Schemas['VoicePack']
/** The same with every clip that this hall needs, in the order in which they are best read. */
export type VoicePackClips = Schemas['VoicePackClips']
export type VoiceClip = Schemas['VoiceClip']
export type NewVoicePack = Schemas['NewVoicePack']
export type VoiceCheck = Schemas['VoiceCheck']

/** A whole announcement to listen to. */
export interface Phrase {
  kind: Schemas['VoicePhrase']['kind']
  ticket?: string
  window?: number
  room?: 'joint' | 'leader' | 'mediation'
  at?: string
}

/** Every promise rejects with HallError and with nothing else. Sounds are whole WAV files. */
export interface VoiceCalls {
  packs(): Promise<VoicePack[]>
  create(pack: NewVoicePack): Promise<VoicePack>
  clips(pack: string): Promise<VoicePackClips>
  /** Deletes every recording of a pack. */
  remove(pack: string): Promise<void>
  /** Keeps a clip; whatever it was before is gone. The same clip may be sent again. */
  keep(pack: string, clip: string, wav: ArrayBuffer): Promise<VoiceClip>
  forget(pack: string, clip: string): Promise<VoiceClip>
  sound(pack: string, clip: string): Promise<ArrayBuffer>
  phrase(pack: string, phrase: Phrase): Promise<ArrayBuffer>
  check(pack: string): Promise<VoiceCheck>
}

/** So long (milliseconds) a sound may take, there or back. */
const patience = 30_000

/** The hall's voices over HTTP. */
export class VoiceClient implements VoiceCalls {
  private readonly api = openApi()

  async packs(): Promise<VoicePack[]> {
    return answer(this.api.GET('/api/v1/voices'))
  }

  async create(body: NewVoicePack): Promise<VoicePack> {
    return answer(this.api.POST('/api/v1/voices', { body }))
  }

  async clips(pack: string): Promise<VoicePackClips> {
    return answer(this.api.GET('/api/v1/voices/{pack}', { params: { path: { pack } } }))
  }

  async remove(pack: string): Promise<void> {
    await maybe(this.api.DELETE('/api/v1/voices/{pack}', { params: { path: { pack } } }))
  }

  async keep(pack: string, clip: string, wav: ArrayBuffer): Promise<VoiceClip> {
    const kept = await ask(addressOf(pack, clip), {
      method: 'PUT',
      headers: { 'Content-Type': 'audio/wav' },
      body: wav,
    })
    return (await kept.json()) as VoiceClip
  }

  async forget(pack: string, clip: string): Promise<VoiceClip> {
    const params = { path: { pack, clip } }
    return answer(this.api.DELETE('/api/v1/voices/{pack}/clips/{clip}', { params }))
  }

  async sound(pack: string, clip: string): Promise<ArrayBuffer> {
    return (await ask(addressOf(pack, clip))).arrayBuffer()
  }

  async phrase(pack: string, phrase: Phrase): Promise<ArrayBuffer> {
    const query = new URLSearchParams(Object.entries(phrase).map(([name, value]) => [name, String(value)]))
    return (await ask(`/api/v1/voices/${encodeURIComponent(pack)}/phrase?${query}`)).arrayBuffer()
  }

  async check(pack: string): Promise<VoiceCheck> {
    return answer(this.api.GET('/api/v1/voices/{pack}/check', { params: { path: { pack } } }))
  }
}

const addressOf = (pack: string, clip: string) =>
  `/api/v1/voices/${encodeURIComponent(pack)}/clips/${encodeURIComponent(clip)}`

/** Sounds do not go through the typed door: it knows JSON only. */
async function ask(address: string, init: RequestInit = {}): Promise<Response> {
  const abort = new AbortController()
  const timer = setTimeout(() => abort.abort(), patience)
  try {
    const response = await fetch(address, { ...init, signal: abort.signal }).catch((cause: unknown) => {
      throw new HallError(unreachable, null, {}, cause)
    })
    if (!response.ok) throw toHallError(await response.json().catch(() => null))
    return response
  } finally {
    clearTimeout(timer)
  }
}

const voicesKey: InjectionKey<VoiceCalls> = Symbol('voices')

export const provideVoices = (app: Pick<App, 'provide'>, client: VoiceCalls): unknown =>
  app.provide(voicesKey, client)

/** The hall's voices, in any component of the page. */
export function useVoices(): VoiceCalls {
  const client = inject(voicesKey)
  if (!client) throw new Error('this page has no such client: see provideVoices')
  return client
}
