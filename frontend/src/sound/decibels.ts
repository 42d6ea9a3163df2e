/** Levels. Samples run from -1 to 1; 0 dB is the largest that can be stored. */

/** The level of silence: softer than the last bit of 16. */
export const silence = -100

/** Decibels of an amplitude; never below {@link silence}. */
export const decibels = (amplitude: number): number =>
  amplitude > 1e-5 ? 20 * Math.log10(amplitude) : silence

/** Decibels of a mean square; never below {@link silence}. */
export const decibelsOfPower = (power: number): number => (power > 1e-10 ? 10 * Math.log10(power) : silence)

/** The amplitude of so many decibels. */
export const amplitude = (level: number): number => 10 ** (level / 20)

/** The largest absolute sample. */
export function peak(samples: Float32Array): number {
  let most = 0
  for (const sample of samples) most = Math.max(most, Math.abs(sample))
  return most
}

/** The mean square of the samples from `from` to before `to`. */
export function power(samples: Float32Array, from = 0, to = samples.length): number {
  let sum = 0
  for (let i = from; i < to; i++) sum += (samples[i] ?? 0) ** 2
  return to > from ? sum / (to - from) : 0
}
