/** Sounds for the fake microphone of record-walk.mjs, and a look at what became of them. */
import { renameSync, writeFileSync } from 'node:fs'

const rate = 48_000

/** A room in which nobody speaks. */
export function still(seconds, amplitude = 0.001) {
  return Float32Array.from({ length: seconds * rate }, () => amplitude * (2 * Math.random() - 1))
}

/** What rises and falls as syllables do, a quarter of a second each, with the overtones of a voice. */
export function speech(seconds, pitch, amplitude) {
  const syllable = rate * Math.min(0.25, seconds)
  return Float32Array.from({ length: seconds * rate }, (_, i) => {
    const swell = Math.sin((Math.PI * (i % syllable)) / syllable) ** 0.5
    let sum = 0
    for (let h = 1; h <= 20; h++) sum += Math.sin((2 * Math.PI * pitch * h * i) / rate) / h
    return (amplitude * swell * sum) / 1.85 + 0.0005 * (2 * Math.random() - 1)
  })
}

/** Writes a WAV file in one step: the browser may read it at any time. */
export function writeWav(path, samples) {
  const file = Buffer.alloc(44 + 2 * samples.length)
  file.write('RIFF', 0)
  file.writeUInt32LE(36 + 2 * samples.length, 4)
  file.write('WAVEfmt ', 8)
  file.writeUInt32LE(16, 16)
  file.writeUInt16LE(1, 20)
  file.writeUInt16LE(1, 22)
  file.writeUInt32LE(rate, 24)
  file.writeUInt32LE(2 * rate, 28)
  file.writeUInt16LE(2, 32)
  file.writeUInt16LE(16, 34)
  file.write('data', 36)
  file.writeUInt32LE(2 * samples.length, 40)
  samples.forEach((sample, i) =>
    file.writeInt16LE(Math.round(32767 * Math.max(-1, Math.min(1, sample))), 44 + 2 * i),
  )
  writeFileSync(`${path}.new`, file)
  renameSync(`${path}.new`, path)
}

/** What a stored clip is: its form, how long, how loud where it is spoken, and how long it is still at its ends. */
export function analyse(file) {
  const length = file.readUInt32LE(40) / 2
  const its = file.readUInt32LE(24)
  const at = (i) => file.readInt16LE(44 + 2 * i) / 32768
  const frame = its / 100
  const levels = []
  let peak = 0
  for (let from = 0; from < length; from += frame) {
    let sum = 0
    const to = Math.min(length, from + frame)
    for (let i = from; i < to; i++) {
      sum += at(i) ** 2
      peak = Math.max(peak, Math.abs(at(i)))
    }
    levels.push(10 * Math.log10(sum / (to - from) + 1e-12))
  }
  const loudest = Math.max(...levels)
  const spoken = levels.filter((one) => one > loudest - 30).map((one) => 10 ** (one / 10))
  const heard = (one) => one > loudest - 25
  return {
    rate: its,
    channels: file.readUInt16LE(22),
    bits: file.readUInt16LE(34),
    seconds: length / its,
    spoken: 10 * Math.log10(spoken.reduce((sum, one) => sum + one, 0) / spoken.length),
    peak: 20 * Math.log10(peak),
    lead: levels.findIndex(heard) / 100,
    tail: (levels.length - 1 - levels.findLastIndex(heard)) / 100,
  }
}
