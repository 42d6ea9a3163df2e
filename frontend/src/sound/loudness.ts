import { amplitude, decibels, decibelsOfPower, peak, power, silence } from './decibels'
import { weigh } from './filters'

/** How loud every clip is (LUFS): well above a hall's murmur, and with room for the peaks of a voice. */
export const targetLoudness = -20
/** The highest a peak comes (decibels): room for what lies between the samples. */
export const ceiling = -1.5

const frame = 0.02
/** Frames so much softer than the mean are pauses. */
const gate = 10

/**
 * How loud a sound is to people, in LUFS of ITU-R BS.1770-4, but for one thing: its blocks of 0.4 s are longer than a
 * spoken digit, so pauses are told apart in frames of 20 ms. {@link silence} for silence.
 */
export function loudness(samples: Float32Array, rate: number): number {
  const weighed = weigh(samples, rate)
  const size = Math.round(frame * rate)
  const frames: number[] = []
  for (let at = 0; at + size <= weighed.length; at += size) frames.push(power(weighed, at, at + size))
  const floor = mean(frames) * 10 ** (-gate / 10)
  const spoken = mean(frames.filter((one) => one >= floor))
  return spoken > 0 ? Math.max(silence, decibelsOfPower(spoken) - 0.691) : silence
}

const mean = (values: number[]): number =>
  values.length ? values.reduce((sum, value) => sum + value, 0) / values.length : 0

/** The same sound at the target's loudness, its peaks held below the ceiling. */
export function level(samples: Float32Array, rate: number): Float32Array {
  const gain = amplitude(targetLoudness - loudness(samples, rate))
  const raised = samples.map((sample) => sample * gain)
  return limit(raised, rate, amplitude(ceiling))
}

/** How long before and after a peak the gain gives way. Slower than a wave, faster than an ear. */
const giving = 0.004

/** Holds the sound below `most`: around a peak the gain is lowered smoothly, instead of cutting the peak off. */
export function limit(samples: Float32Array, rate: number, most: number): Float32Array {
  if (peak(samples) <= most) return samples
  const reach = Math.max(1, Math.round(giving * rate))
  const needed = samples.map((sample) => Math.min(1, most / Math.max(Math.abs(sample), 1e-9)))
  const lowest = slidingMinimum(needed, reach)
  // The mean of minima that all reach over the peak is no higher than the peak allows.
  let sum = 0
  const at = (i: number) => lowest[Math.max(0, Math.min(lowest.length - 1, i))] ?? 1
  for (let i = -reach; i <= reach; i++) sum += at(i)
  return samples.map((sample, i) => {
    const gain = sum / (2 * reach + 1)
    sum += at(i + reach + 1) - at(i - reach)
    const held = sample * gain
    return Math.max(-most, Math.min(most, held)) // what rounding left over
  })
}

/** For each place the least of the values up to `reach` before and after it. */
function slidingMinimum(values: Float32Array, reach: number): Float32Array {
  const result = new Float32Array(values.length)
  const queue: number[] = [] // places, their values rising
  let head = 0
  for (let i = 0; i < values.length + reach; i++) {
    if (i < values.length) {
      while (queue.length > head && (values[queue.at(-1) ?? 0] ?? 1) >= (values[i] ?? 1)) queue.pop()
      queue.push(i)
    }
    const middle = i - reach
    if (middle < 0) continue
    while ((queue[head] ?? 0) < middle - reach) head++
    result[middle] = values[queue[head] ?? 0] ?? 1
  }
  return result
}

/** The level (decibels) of the highest peak. */
export const peakLevel = (samples: Float32Array): number => decibels(peak(samples))
