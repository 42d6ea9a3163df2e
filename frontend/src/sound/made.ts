/** Sounds that are made, for tests: tones, a room's noise, and something that rises and falls as a voice does. */

/** A tone of `frequency` hertz. */
export function tone(frequency: number, rate: number, seconds: number, amplitude = 0.5): Float32Array {
  return Float32Array.from(
    { length: Math.round(rate * seconds) },
    (_, i) => amplitude * Math.sin((2 * Math.PI * frequency * i) / rate),
  )
}

/** Even noise up to `amplitude`, the same each time. */
export function noise(rate: number, seconds: number, amplitude: number): Float32Array {
  let state = 1
  return Float32Array.from({ length: Math.round(rate * seconds) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return amplitude * (state / 2 ** 31 - 1)
  })
}

/** So many syllables of a quarter of a second: a buzz with the overtones of a voice, each swelling and falling. */
export function voice(rate: number, syllables: number, amplitude = 0.3): Float32Array {
  const long = Math.round(rate * 0.25)
  return Float32Array.from({ length: long * syllables }, (_, i) => {
    const swell = Math.sin((Math.PI * (i % long)) / long) ** 0.5
    let sum = 0
    for (let h = 1; h <= 20; h++) sum += Math.sin((2 * Math.PI * 140 * h * i) / rate) / h
    return (amplitude * swell * sum) / 1.85
  })
}

/** One sound after the other. */
export function joined(...sounds: Float32Array[]): Float32Array {
  const whole = new Float32Array(sounds.reduce((sum, one) => sum + one.length, 0))
  let at = 0
  for (const one of sounds) {
    whole.set(one, at)
    at += one.length
  }
  return whole
}

/** Both sounds at once, as long as the first. */
export const together = (one: Float32Array, other: Float32Array): Float32Array =>
  one.map((sample, i) => sample + (other[i] ?? 0))
