import { describe, expect, it } from 'vitest'
import { amplitude, peak } from './decibels'
import { ceiling, level, limit, loudness, targetLoudness } from './loudness'
import { joined, tone, voice } from './made'

const rate = 24_000
const pause = new Float32Array(rate / 2)

describe('loudness', () => {
  it.each([24_000, 48_000])(
    'agrees with the standard: 997 Hz at full scale is -3.01 LUFS (at %i Hz)',
    (at) => {
      expect(loudness(tone(997, at, 1, 1), at)).toBeCloseTo(-3.01, 1)
      expect(loudness(tone(997, at, 1, 0.1), at)).toBeCloseTo(-23.01, 1)
    },
  )

  it('does not count the pauses', () => {
    const spoken = voice(rate, 4)
    expect(loudness(joined(pause, spoken, pause), rate)).toBeCloseTo(loudness(spoken, rate), 0)
  })

  it('is that of silence for silence and for nothing', () => {
    expect(loudness(pause, rate)).toBe(-100)
    expect(loudness(new Float32Array(), rate)).toBe(-100)
  })
})

describe('levelling', () => {
  it('makes a whisper and a shout equally loud', () => {
    for (const how of [0.01, 0.05, 0.3, 0.9])
      expect(loudness(level(voice(rate, 3, how), rate), rate)).toBeCloseTo(targetLoudness, 0)
  })

  it('makes a short digit as loud as a long sentence', () => {
    const [short, long] = [voice(rate, 1, 0.1), voice(rate, 12, 0.4)]
    expect(loudness(level(short, rate), rate)).toBeCloseTo(loudness(level(long, rate), rate), 0)
  })

  it('never lets a peak above the ceiling, nor cuts one off', () => {
    const soft = voice(rate, 4, 0.05)
    soft[9000] = 0.9 // a pop
    const made = level(soft, rate)
    expect(peak(made)).toBeLessThanOrEqual(amplitude(ceiling) + 1e-6)
    const atTop = made.filter((sample) => Math.abs(sample) > amplitude(ceiling) * 0.99)
    expect(atTop.length).toBeLessThan(3)
  })

  it('leaves a sound alone that stays below the limit', () => {
    const sound = tone(300, rate, 0.1, 0.4)
    expect(limit(sound, rate, 0.5)).toBe(sound)
  })

  it('holds a tone at the limit without changing its shape', () => {
    const held = limit(tone(300, rate, 0.5, 1), rate, 0.5)
    const due = tone(300, rate, 0.5, 0.5)
    for (let i = 1000; i < 11_000; i++) expect(held[i]).toBeCloseTo(due[i] ?? 0, 1)
  })
})
