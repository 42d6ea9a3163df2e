import { describe, expect, it } from 'vitest'
import { amplitude, peak } from './decibels'
import { ceiling, loudness, targetLoudness } from './loudness'
import { joined, noise, together, voice } from './made'
import { clipRate, isCutOff, outline, prepare } from './prepare'

const rate = 48_000
const bounds = { least: 0.3, most: 3 }

/** A recording: stillness, the voice, stillness, all in a room. */
function recording({ syllables = 3, loud = 0.3, room = 0.001, before = 0.4, after = 0.5, at = rate } = {}) {
  const clean = joined(noise(at, before, 0), voice(at, syllables, loud), noise(at, after, 0))
  return together(clean, noise(at, clean.length / at, room))
}

describe('a clip of a good recording', () => {
  it.each([48_000, 44_100, 16_000])('is trimmed, levelled, and of 24 kHz (from %i Hz)', (at) => {
    const { clip, seconds, faults } = prepare(recording({ at }), at, bounds)
    expect(faults).toEqual([])
    expect(seconds).toBe(clip.length / clipRate)
    expect(seconds).toBeGreaterThan(0.75)
    expect(seconds).toBeLessThan(0.85)
    expect(loudness(clip, clipRate)).toBeCloseTo(targetLoudness, 0)
    expect(peak(clip)).toBeLessThanOrEqual(amplitude(ceiling) + 1e-6)
  })

  it('does not mind a microphone with direct current', () => {
    const leaning = recording().map((sample) => sample + 0.1)
    expect(prepare(leaning, rate, bounds).faults).not.toContain('nothing')
  })
})

describe('what is said of a recording', () => {
  const faults = (how: Parameters<typeof recording>[0]) => prepare(recording(how), rate, bounds).faults

  it('hears nobody', () => {
    expect(prepare(noise(rate, 2, 0.002), rate, bounds)).toMatchObject({ faults: ['nothing'], seconds: 0 })
    expect(prepare(new Float32Array(), rate, bounds).faults).toEqual(['nothing'])
  })

  it('is too quiet', () => expect(faults({ loud: 0.008, room: 0.0001 })).toEqual(['quiet']))

  it('is too loud: the microphone cut it off', () => {
    const cut = recording({ loud: 2 }).map((sample) => Math.max(-1, Math.min(1, sample)))
    expect(prepare(cut, rate, bounds).faults).toEqual(['loud'])
  })

  it('is too short or too long for its words', () => {
    expect(faults({ syllables: 1 })).toEqual(['short'])
    expect(faults({ syllables: 10 })).toEqual([])
    expect(faults({ syllables: 14 })).toEqual(['long'])
  })

  it('is noisy', () => expect(faults({ loud: 0.1, room: 0.02 })).toEqual(['noisy']))

  it('began before the recording did, or ended after it', () => {
    expect(faults({ before: 0 })).toEqual(['cutStart'])
    expect(faults({ after: 0 })).toEqual(['cutEnd'])
  })
})

it('tells a wave that was cut off from one that only reaches high', () => {
  expect(isCutOff(Float32Array.of(0, 0.99, 0.2, 0.99, 0, 0.99))).toBe(false)
  expect(isCutOff(Float32Array.of(0, 0.99, 1, 0.99, 0))).toBe(true)
  expect(isCutOff(Float32Array.of(0, -1, -1, -1, 0))).toBe(true)
})

it('draws the outline of a clip', () => {
  expect(outline(Float32Array.of(0, 0.5, -1, 0.25), 2)).toEqual([0.5, 1])
  expect(outline(Float32Array.of(0.5), 3)).toEqual([0.5, 0.5, 0.5])
})
