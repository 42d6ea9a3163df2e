/** Filters of second order, as the recommendation ITU-R BS.1770-4 and every textbook has them. */

/** y[n] = b0 x[n] + b1 x[n-1] + b2 x[n-2] - a1 y[n-1] - a2 y[n-2] */
interface Biquad {
  b0: number
  b1: number
  b2: number
  a1: number
  a2: number
}

function run({ b0, b1, b2, a1, a2 }: Biquad, samples: Float32Array): Float32Array {
  const filtered = new Float32Array(samples.length)
  let s1 = 0
  let s2 = 0
  for (let i = 0; i < samples.length; i++) {
    const x = samples[i] ?? 0
    const y = b0 * x + s1
    s1 = b1 * x - a1 * y + s2
    s2 = b2 * x - a2 * y
    filtered[i] = y
  }
  return filtered
}

/** A high-pass; with q = 1/√2 it is Butterworth's. */
function highPassOf(rate: number, frequency: number, q: number): Biquad {
  const k = Math.tan((Math.PI * frequency) / rate)
  const whole = 1 + k / q + k * k
  return {
    b0: 1 / whole,
    b1: -2 / whole,
    b2: 1 / whole,
    a1: (2 * (k * k - 1)) / whole,
    a2: (1 - k / q + k * k) / whole,
  }
}

/** Below it (hertz) there is no voice, only hum, steps, and a cheap microphone's direct current. */
const lowestVoice = 70

/** Takes away what lies below every voice. */
export const highPass = (samples: Float32Array, rate: number): Float32Array =>
  run(highPassOf(rate, lowestVoice, Math.SQRT1_2), samples)

/**
 * The shelf that stands for a listener's head in the K-weighting. The recommendation gives its coefficients for
 * 48 kHz; these are the analogue values behind them, so that any rate has the same curve.
 */
function shelf(rate: number): Biquad {
  const k = Math.tan((Math.PI * 1681.974450955533) / rate)
  const q = 0.7071752369554196
  const high = 10 ** (3.999843853973347 / 20)
  const band = high ** 0.4996667741545416
  const whole = 1 + k / q + k * k
  return {
    b0: (high + (band * k) / q + k * k) / whole,
    b1: (2 * (k * k - high)) / whole,
    b2: (high - (band * k) / q + k * k) / whole,
    a1: (2 * (k * k - 1)) / whole,
    a2: (1 - k / q + k * k) / whole,
  }
}

/** Weighs a sound by how loud its parts are to people: the K-weighting of ITU-R BS.1770-4. */
export function weigh(samples: Float32Array, rate: number): Float32Array {
  const { b0, b1, b2, a1, a2 } = highPassOf(rate, 38.13547087602444, 0.5003270373238773)
  const scale = 1 / b0
  return run({ b0: b0 * scale, b1: b1 * scale, b2: b2 * scale, a1, a2 }, run(shelf(rate), samples))
}
