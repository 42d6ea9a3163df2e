/**
 * Changes a sound's rate by a windowed sinc: a low-pass that ends at the lower of the two half rates, so that nothing
 * folds back, evaluated only where a sample comes out.
 */

/** How far down (decibels) what would fold back is. 16 bits reach to 96. */
const rejection = 92
/** Where the fall of the low-pass begins, as a part of the half rate where it is down. */
const passes = 0.88

/** Kaiser's window for the rejection, by his formulae. */
const beta = 0.1102 * (rejection - 8.7)

/** The modified Bessel function of the first kind and order zero. */
function bessel(x: number): number {
  let sum = 1
  let term = 1
  for (let k = 1; term > sum * 1e-12; k++) {
    term *= (x / (2 * k)) ** 2
    sum += term
  }
  return sum
}

function greatestDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestDivisor(b, a % b)
}

/** The same sound at another rate (whole hertz). */
export function resample(samples: Float32Array, from: number, to: number): Float32Array {
  if (from === to) return samples.slice()
  const divisor = greatestDivisor(from, to)
  const phases = to / divisor
  const step = from / divisor

  const half = Math.min(from, to) / 2
  const fall = (half * (1 - passes)) / from // of a turn of the incoming samples
  const cutoff = (half * (1 + passes)) / 2 / from
  const reach = Math.ceil((rejection - 8) / (2.285 * 2 * Math.PI * fall) / 2)
  const filters = Array.from({ length: phases }, (_, phase) => filterOf(phase / phases, cutoff, reach))

  const result = new Float32Array(Math.ceil((samples.length * to) / from))
  for (let i = 0; i < result.length; i++) {
    const at = i * step
    const filter = filters[at % phases] ?? new Float64Array()
    const first = Math.floor(at / phases) - reach + 1
    let sum = 0
    const begin = Math.max(0, -first)
    const end = Math.min(filter.length, samples.length - first)
    for (let k = begin; k < end; k++) sum += (filter[k] ?? 0) * (samples[first + k] ?? 0)
    result[i] = sum
  }
  return result
}

/** The weights of the samples around a place that lies `offset` (0 to 1) of a sample after the middle one. */
function filterOf(offset: number, cutoff: number, reach: number): Float64Array {
  const weights = new Float64Array(2 * reach)
  let sum = 0
  for (let k = 0; k < weights.length; k++) {
    const distance = k - reach + 1 - offset
    const angle = 2 * Math.PI * cutoff * distance
    const sinc = distance === 0 ? 1 : Math.sin(angle) / angle
    const inside = 1 - (distance / reach) ** 2
    const weight = inside > 0 ? sinc * (bessel(beta * Math.sqrt(inside)) / bessel(beta)) : 0
    weights[k] = weight
    sum += weight
  }
  // Every phase lets a constant through unchanged: otherwise the phases would be heard as a tone.
  return weights.map((weight) => weight / sum)
}
