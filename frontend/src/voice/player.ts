/**
 * Says aloud what the hall says, on a page that has a loudspeaker.
 *
 * Each language of a phrase is said by the first voice that can: the recorded pack, the browser's own voice, the
 * synthesised pack. A voice says the whole of it or nothing. Whatever fails is counted and passed over: the page that
 * shows the calls never waits for its sound.
 */
import { shallowReactive } from 'vue'
import type { Say, SayPart } from '@/client/types'

/** A sound that is ready. Playing it ends when it is over; it rejects when it could not be heard to its end. */
export interface Ready {
  (): Promise<void>
  /** How long it takes (milliseconds); absent where nobody knows. */
  readonly lasts?: number | undefined
}

/** The loudspeaker. */
export interface Sounds {
  /** Fetches a sound and makes it ready; rejects when there is none, or it is no sound. */
  load(address: string): Promise<Ready>
}

/** The browser's own voices. */
export interface Speech {
  /** Makes a text ready in a voice of this machine; null where it has none for the language. */
  voice(language: string, text: string): Ready | null
}

/** What went wrong since the page was opened, and what was said. */
export interface Counts {
  said: number
  /** Sounds that were not there, or could not be heard. */
  failed: number
  /** Phrases that would have begun, or ended, after their time. */
  late: number
  /** Phrases that no voice could say, in all their languages. */
  silent: number
}

/** Silence between two languages, and between two times of the same (milliseconds). */
const betweenParts = 1000
const betweenTimes = 800
/** So late a phrase may begin or end: what the news of it takes on its way, and its sound (milliseconds). */
const grace = 1500
/** So many phrases are known by their id. The hall never has more than one at a time. */
const remembered = 64

export class Player {
  readonly counts: Counts = shallowReactive({ said: 0, failed: 0, late: 0, silent: 0 })
  private readonly said: string[]
  private work: Promise<void> = Promise.resolve()
  private stopped = false

  constructor(
    private readonly sounds: Sounds,
    private readonly speech: Speech,
    /** The hall's clock, in milliseconds. */
    private readonly clock: () => number,
    /** Ids of what was said before the page was loaded anew. */
    private readonly memory: { read(): string[]; write(ids: string[]): void } = {
      read: () => [],
      write: () => undefined,
    },
  ) {
    this.said = memory.read().slice(-remembered)
  }

  /** Says a phrase after those that were asked before, once. */
  say(say: Say): Promise<void> {
    if (this.stopped || this.said.includes(say.id)) return this.work
    this.said.push(say.id)
    if (this.said.length > remembered) this.said.shift()
    this.memory.write(this.said)
    this.work = this.work.then(() => this.begin(say)).catch(() => void this.counts.failed++)
    return this.work
  }

  /** Begins nothing more; what is being said is said to its end. */
  stop(): void {
    this.stopped = true
  }

  private async begin(say: Say): Promise<void> {
    if (this.stopped) return
    if (!(await this.inTime(say))) return void this.counts.late++
    if (this.stopped) return
    // What follows is fetched while the chime sounds.
    const [first, ...rest] = say.parts
    const next = first && this.voiceFor(first)
    await this.chime(say.chime)
    let heard = (await this.part(next)) ? 1 : 0
    for (const part of rest) {
      const voice = this.voiceFor(part)
      if (heard) await pause(betweenParts)
      if (await this.part(voice)) heard++
    }
    if (heard) this.counts.said++
    else this.counts.silent++
  }

  /** Whether a phrase can still be said before its time is over and another board may speak. */
  private async inTime(say: Say): Promise<boolean> {
    const until = Date.parse(say.until)
    if (this.clock() >= until) return false
    // Whoever hears of it as it begins has the time that the hall reckoned for the slowest voice.
    if (this.clock() - Date.parse(say.at) <= grace) return true
    const takes = await this.lasts(say)
    return this.clock() + takes <= until + grace
  }

  /** How long a phrase takes with the first voices there are (milliseconds); infinite where nobody knows. */
  private async lasts(say: Say): Promise<number> {
    const chime = say.chime ? await this.tried(this.sounds.load(say.chime)) : null
    let all = chime ? (chime.lasts ?? Infinity) : 0
    for (const [n, part] of say.parts.entries()) {
      const { value } = await this.voiceFor(part).next()
      if (value) all += (value.lasts ?? Infinity) + (n > 0 ? betweenParts : 0)
    }
    return all
  }

  private async chime(address: string): Promise<void> {
    if (!address) return
    const ready = await this.tried(this.sounds.load(address))
    if (ready) await this.tried(ready())
  }

  /** Tries the voices in turn: one that breaks off in the middle has spoken, and no other says it once more. */
  private async part(voices: AsyncGenerator<Ready, undefined> | undefined): Promise<boolean> {
    if (!voices) return false
    for await (const ready of voices) if (await this.heard(ready)) return true
    return false
  }

  private async heard(ready: Ready): Promise<boolean> {
    const began = performance.now()
    try {
      await ready()
      return true
    } catch {
      this.counts.failed++
      return performance.now() - began > 500
    }
  }

  private voiceFor(part: SayPart): AsyncGenerator<Ready, undefined> {
    const { sounds, speech } = this
    // The first sound is fetched now, not when its turn comes.
    const recorded = part.recorded ? this.tried(sounds.load(part.recorded)) : null
    const tried = <T>(work: Promise<T>) => this.tried(work)
    return (async function* () {
      const pack = await recorded
      if (pack) yield pack
      const own = speech.voice(part.language, part.text)
      if (own) yield () => repeat(own, part.times)
      const made = part.synthesised ? await tried(sounds.load(part.synthesised)) : null
      if (made) yield made
      return undefined
    })()
  }

  /** A failure is counted and is nothing more. */
  private async tried<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work
    } catch {
      this.counts.failed++
      return null
    }
  }
}

async function repeat(say: Ready, times: number): Promise<void> {
  for (let n = 0; n < times; n++) {
    if (n > 0) await pause(betweenTimes)
    await say()
  }
}

const pause = (milliseconds: number) => new Promise<void>((over) => setTimeout(over, milliseconds))
