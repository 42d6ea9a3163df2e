import { expect, it } from 'vitest'
import { encodeWav } from './wav'

it('writes exactly these bytes', () => {
  const file = new Uint8Array(encodeWav(Float32Array.of(0, 1, -1, 0.5, 2), 24_000))
  const text = (from: number, to: number) => String.fromCharCode(...file.slice(from, to))
  expect(text(0, 4)).toBe('RIFF')
  expect(text(8, 16)).toBe('WAVEfmt ')
  expect(text(36, 40)).toBe('data')
  expect([...file.slice(4, 8)]).toEqual([46, 0, 0, 0])
  expect([...file.slice(16, 36)]).toEqual([
    ...[16, 0, 0, 0], // the format's length
    ...[1, 0, 1, 0], // PCM, one channel
    ...[0xc0, 0x5d, 0, 0], // 24000 samples a second
    ...[0x80, 0xbb, 0, 0], // 48000 bytes a second
    ...[2, 0, 16, 0], // bytes and bits of a sample
  ])
  expect([...file.slice(40, 44)]).toEqual([10, 0, 0, 0])
  expect([...file.slice(44)]).toEqual([0, 0, 0xff, 0x7f, 0x01, 0x80, 0x00, 0x40, 0xff, 0x7f])
})
