import { describe, expect, it } from 'vitest'
import { decibels, power, peak } from './decibels'
import { tone } from './made'
import { resample } from './resample'

/** The level of a sound's middle, where its ends do not count. */
const middle = (samples: Float32Array) =>
  decibels(Math.sqrt(2 * power(samples, samples.length * 0.25, samples.length * 0.75)))

describe.each([48_000, 44_100, 32_000, 16_000, 96_000, 22_050])('from %i Hz', (from) => {
  it('keeps the level of what a voice consists of, within a tenth of a decibel', () => {
    for (const frequency of [100, 440, 1000, 3000, 6000]) {
      const came = resample(tone(frequency, from, 0.5), from, 24_000)
      expect(middle(came)).toBeCloseTo(decibels(0.5), 1)
    }
  })

  it('gives the very tone, at its time', () => {
    const came = resample(tone(1000, from, 0.3), from, 24_000)
    const due = tone(1000, 24_000, 0.3)
    expect(came.length).toBe(Math.ceil((Math.round(from * 0.3) * 24_000) / from))
    for (let i = 2000; i < 5000; i++) expect(came[i]).toBeCloseTo(due[i] ?? 0, 3)
  })

  it('lets a constant through as a constant', () => {
    const came = resample(new Float32Array(from / 2).fill(0.25), from, 24_000)
    const inner = came.subarray(3000, 9000)
    expect(peak(inner.map((sample) => sample - 0.25))).toBeLessThan(1e-6)
  })
})

it('lets nothing fold back: tones above 12 kHz are gone, by 80 decibels', () => {
  for (const frequency of [12_100, 13_000, 15_000, 18_000, 23_000])
    expect(middle(resample(tone(frequency, 48_000, 0.5), 48_000, 24_000))).toBeLessThan(decibels(0.5) - 80)
  for (const frequency of [12_100, 15_000, 21_000])
    expect(middle(resample(tone(frequency, 44_100, 0.5), 44_100, 24_000))).toBeLessThan(decibels(0.5) - 80)
})

it('leaves a sound alone that has the rate', () => {
  const sound = tone(440, 24_000, 0.1)
  expect(resample(sound, 24_000, 24_000)).toEqual(sound)
})
