import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Say, SayPart } from '@/client/types'
import { Player, type Ready } from './player'

const start = Date.parse('2026-11-23T09:41:00+08:00')
const at = (seconds: number) => new Date(start + seconds * 1000).toISOString()

const part = (more: Partial<SayPart> = {}): SayPart => ({
  language: 'zh',
  text: '请A零幺二号，到三号窗口。',
  times: 2,
  recorded: '/recorded.wav',
  synthesised: '/made.wav',
  ...more,
})
const say = (id: string, more: Partial<Say> = {}): Say => ({
  id,
  kind: 'call',
  at: at(0),
  until: at(12),
  chime: '/chime.wav',
  parts: [part()],
  ...more,
})

/** What was heard, in order; each sound takes a second. */
let heard: string[]
let sounding: number
/** Addresses that are not there, and those that break when they are played. */
let missing: Set<string>
let broken: Map<string, number>
let voices: string[]
let player: Player

function sound(name: string, lasts?: number): Ready {
  const play = async () => {
    expect(++sounding).toBe(1)
    const fails = broken.get(name)
    await new Promise((over) => setTimeout(over, fails ?? 1000))
    sounding--
    if (fails !== undefined) throw new Error('the device is gone')
    heard.push(name)
  }
  return Object.assign(play, { lasts })
}

function newPlayer(memory?: { read(): string[]; write(ids: string[]): void }) {
  const sounds = {
    async load(address: string) {
      if (missing.has(address)) throw new Error('404')
      return sound(address, 1000)
    },
  }
  const speech = {
    voice: (language: string) => (voices.includes(language) ? sound(`own ${language}`) : null),
  }
  return new Player(sounds, speech, () => Date.now(), memory)
}

beforeEach(() => {
  vi.useFakeTimers({ now: start })
  heard = []
  sounding = 0
  missing = new Set()
  broken = new Map()
  voices = ['zh', 'en']
  player = newPlayer()
})
afterEach(() => void vi.useRealTimers())

const rest = () => vi.advanceTimersByTimeAsync(60_000)

describe('a phrase', () => {
  it('is said in the recorded voice, after the chime', async () => {
    void player.say(say('1'))
    await rest()
    expect(heard).toEqual(['/chime.wav', '/recorded.wav'])
    expect(player.counts).toEqual({ said: 1, failed: 0, late: 0, silent: 0 })
  })

  it('has no chime where the sound has it inside', async () => {
    void player.say(say('1', { chime: '' }))
    await rest()
    expect(heard).toEqual(['/recorded.wav'])
  })

  it('is said in each language, each in its own voice', async () => {
    const parts = [part(), part({ language: 'en', recorded: '', times: 1 })]
    void player.say(say('1', { parts }))
    await rest()
    expect(heard).toEqual(['/chime.wav', '/recorded.wav', 'own en'])
  })
})

describe('a voice that fails', () => {
  it.each<[string, Partial<SayPart>, string[], string[], string[], number]>([
    ['no recorded pack', { recorded: '' }, [], ['zh'], ['own zh', 'own zh'], 0],
    ['a sound that is not there', {}, ['/recorded.wav'], ['zh'], ['own zh', 'own zh'], 1],
    ['and no voice of the browser', {}, ['/recorded.wav'], [], ['/made.wav'], 1],
    ['and none at all', {}, ['/recorded.wav', '/made.wav'], [], [], 2],
    ['a language nobody speaks', { language: 'dong', recorded: '', synthesised: '' }, [], ['zh'], [], 0],
  ])('%s: the next says the whole of it', async (_, more, gone, own, expected, failed) => {
    missing = new Set(gone)
    voices = own
    void player.say(say('1', { parts: [part(more)] }))
    await rest()
    expect(heard).toEqual(['/chime.wav', ...expected])
    expect(player.counts).toMatchObject({
      failed,
      said: expected.length ? 1 : 0,
      silent: expected.length ? 0 : 1,
    })
  })

  it('that cannot begin leaves it to the next; one that breaks off in the middle does not', async () => {
    broken.set('/recorded.wav', 0)
    void player.say(say('1'))
    await rest()
    expect(heard).toEqual(['/chime.wav', 'own zh', 'own zh'])
    broken.set('/recorded.wav', 3000)
    heard = []
    void player.say(say('2', { until: at(900) }))
    await rest()
    expect(heard).toEqual(['/chime.wav'])
  })

  it('lets the phrase be said without a chime, and the next phrase come', async () => {
    missing.add('/chime.wav')
    void player.say(say('1'))
    void player.say(say('2', { until: at(900) }))
    await rest()
    expect(heard).toEqual(['/recorded.wav', '/recorded.wav'])
    expect(player.counts.failed).toBe(2)
  })
})

describe('several phrases', () => {
  it('are said one after the other, each once', async () => {
    for (const id of ['1', '2', '1', '2', '3']) void player.say(say(id, { until: at(900), chime: '' }))
    await rest()
    expect(heard).toHaveLength(3)
  })

  it('are not begun once their time is over, by the hall’s clock', async () => {
    void player.say(say('1', { until: at(12) }))
    void player.say(say('2', { until: at(2) }))
    void player.say(say('3', { until: at(-1) }))
    await rest()
    expect(heard).toEqual(['/chime.wav', '/recorded.wav'])
    expect(player.counts.late).toBe(2)
  })

  it('are not begun where a board that joins in the middle cannot end them in their time', async () => {
    const late = (seconds: number) => ({ at: at(-seconds), until: at(12 - seconds) })
    // The chime and the recorded voice take two seconds, and so they fit.
    await Promise.all([player.say(say('1', late(9))), rest()])
    expect(heard).toEqual(['/chime.wav', '/recorded.wav'])
    for (const [n, more] of [
      late(11.6),
      // How long the browser's own voice takes nobody knows: it gets the time that the hall left for it.
      { ...late(5), parts: [part({ recorded: '' })] },
      // Four languages of a second each, with three seconds of silence between them.
      { ...late(6), parts: [part(), part(), part(), part()] },
    ].entries()) {
      vi.setSystemTime(start)
      await Promise.all([player.say(say(`late ${n}`, more)), rest()])
    }
    expect(heard).toEqual(['/chime.wav', '/recorded.wav'])
    expect(player.counts).toMatchObject({ said: 1, late: 3 })
  })

  it('are begun by a board that heard of them a moment late', async () => {
    void player.say(say('1', { at: at(-1), until: at(2), parts: [part({ recorded: '' })] }))
    await rest()
    expect(heard).toEqual(['/chime.wav', 'own zh', 'own zh'])
  })

  it('are not said once more by a page that was loaded anew', async () => {
    let kept: string[] = []
    const memory = { read: () => kept, write: (ids: string[]) => (kept = [...ids]) }
    void newPlayer(memory).say(say('1'))
    await rest()
    void newPlayer(memory).say(say('1', { until: at(900) }))
    await rest()
    expect(heard).toEqual(['/chime.wav', '/recorded.wav'])
  })

  it('end with the page', async () => {
    player.stop()
    void player.say(say('1'))
    await rest()
    expect(heard).toEqual([])
  })
})
