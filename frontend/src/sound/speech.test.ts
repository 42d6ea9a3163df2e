import { describe, expect, it } from 'vitest'
import { highPass } from './filters'
import { joined, noise, together, tone, voice } from './made'
import { findSpeech, trim } from './speech'

const rate = 48_000
const room = (seconds: number, amplitude = 0.001) => noise(rate, seconds, amplitude)
const find = (sound: Float32Array) => findSpeech(highPass(sound, rate), rate)

/** The voice of `syllables` in a room: half a second of stillness before, 0.7 after. */
function spoken(syllables: number, amplitude: number, still: number): Float32Array {
  const clean = joined(room(0.5, 0), voice(rate, syllables, amplitude), room(0.7, 0))
  return together(clean, room(clean.length / rate, still))
}

describe('finding the voice', () => {
  it.each([
    ['a usual one', 3, 0.3, 0.001],
    ['a single digit', 1, 0.3, 0.001],
    ['a soft one', 3, 0.02, 0.0005],
    ['one in a loud hall', 3, 0.3, 0.02],
    ['one in perfect stillness', 3, 0.3, 0],
  ])('finds the ends of %s within 30 ms', (_, syllables, amplitude, still) => {
    const found = find(spoken(syllables, amplitude, still))
    expect(found).not.toBeNull()
    expect((found?.from ?? 0) / rate).toBeGreaterThan(0.47)
    expect((found?.from ?? 0) / rate).toBeLessThan(0.53)
    expect((found?.to ?? 0) / rate).toBeGreaterThan(0.5 + syllables * 0.25 - 0.03)
    expect((found?.to ?? 0) / rate).toBeLessThan(0.5 + syllables * 0.25 + 0.03)
  })

  it('tells how far the voice stands above the room', () => {
    const found = find(spoken(3, 0.3, 0.003))
    expect((found?.voice ?? 0) - (found?.noise ?? 0)).toBeGreaterThan(30)
    const loud = find(spoken(3, 0.1, 0.04))
    expect((loud?.voice ?? 0) - (loud?.noise ?? 0)).toBeLessThan(18)
  })

  it('passes over the click of the key before and after', () => {
    const sound = spoken(2, 0.3, 0.001)
    const key = noise(rate, 0.02, 0.5)
    sound.set(key, 0.05 * rate)
    sound.set(key, 1.6 * rate)
    const found = find(sound)
    expect((found?.from ?? 0) / rate).toBeCloseTo(0.5, 1)
    expect((found?.to ?? 0) / rate).toBeCloseTo(1, 1)
  })

  it('keeps a soft beginning that belongs to the voice', () => {
    const hiss = noise(rate, 0.12, 0.02) // as of an s
    const sound = joined(room(0.5), hiss, voice(rate, 2), room(0.5))
    expect((find(sound)?.from ?? 0) / rate).toBeCloseTo(0.5, 1)
  })

  it('bridges a pause between two halves', () => {
    const sound = joined(room(0.5), voice(rate, 2), room(0.4), voice(rate, 2), room(0.5))
    expect((find(sound)?.to ?? 0) / rate).toBeCloseTo(1.9, 1)
  })

  it('hears a voice that speaks from the first moment to the last', () => {
    const found = find(voice(rate, 6))
    expect(found?.from).toBeLessThan(0.03 * rate)
    expect(found?.to).toBeGreaterThan(1.47 * rate)
    expect(found?.noise).toBeNull()
  })

  it('hears nobody in stillness, noise, a hum, or a click', () => {
    expect(find(new Float32Array(rate))).toBeNull()
    expect(find(room(2, 0.002))).toBeNull()
    expect(find(room(2, 0.05))).toBeNull()
    expect(find(tone(400, rate, 1, 0.1))).toBeNull()
    expect(find(tone(50, rate, 2, 0.2))).toBeNull()
    expect(find(joined(room(0.5), noise(rate, 0.02, 0.5), room(0.5)))).toBeNull()
    expect(find(new Float32Array())).toBeNull()
  })
})

it('keeps 30 ms of stillness around the voice, and fades it in and out', () => {
  const sound = spoken(2, 0.3, 0.001)
  const found = find(sound)
  if (!found) throw new Error('nothing was found')
  const trimmed = trim(sound, rate, found)
  expect(trimmed.length).toBe(found.to - found.from + 2 * 0.03 * rate)
  expect(trimmed[0]).toBe(0)
  expect(trimmed.at(-1)).toBeCloseTo(0, 6)
})

it('trims what reaches to the ends without going beyond them', () => {
  const sound = voice(rate, 1)
  expect(trim(sound, rate, { from: 0, to: sound.length, voice: -10, noise: null }).length).toBe(sound.length)
})
