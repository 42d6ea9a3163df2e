/** WAV files of 16 bits and one channel. */

const headerLength = 44
const bytesOfSample = 2

/** A WAV file of the samples, which are cut at -1 and 1. */
export function encodeWav(samples: Float32Array, rate: number): ArrayBuffer {
  const length = samples.length * bytesOfSample
  const file = new ArrayBuffer(headerLength + length)
  const view = new DataView(file)
  const text = (at: number, name: string) => {
    for (let i = 0; i < name.length; i++) view.setUint8(at + i, name.charCodeAt(i))
  }
  text(0, 'RIFF')
  view.setUint32(4, headerLength - 8 + length, true)
  text(8, 'WAVE')
  text(12, 'fmt ')
  view.setUint32(16, 16, true) // length of the format
  view.setUint16(20, 1, true) // PCM
  view.setUint16(22, 1, true) // channels
  view.setUint32(24, rate, true)
  view.setUint32(28, rate * bytesOfSample, true)
  view.setUint16(32, bytesOfSample, true)
  view.setUint16(34, 8 * bytesOfSample, true)
  text(36, 'data')
  view.setUint32(40, length, true)
  samples.forEach((sample, i) => {
    const whole = Math.round(Math.max(-1, Math.min(1, sample)) * 0x7fff)
    view.setInt16(headerLength + i * bytesOfSample, whole, true)
  })
  return file
}
