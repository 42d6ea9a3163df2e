import { peak } from './decibels'
import { highPass } from './filters'
import { level, loudness } from './loudness'
import { resample } from './resample'
import { findSpeech, kept, trim, type Speech } from './speech'

/** The rate of every clip (hertz). */
export const clipRate = 24_000

/** What one would rather hear otherwise. */
export type TakeFault = 'nothing' | 'quiet' | 'loud' | 'short' | 'long' | 'noisy' | 'cutStart' | 'cutEnd'

/** What a hall does not take at all; with the others people may decide to keep a clip. */
const refused: readonly TakeFault[] = ['nothing', 'loud', 'short', 'long']

/** Whether a take can be kept. */
export const usable = ({ faults }: Take): boolean => !faults.some((fault) => refused.includes(fault))

/** What became of a recording. */
export interface Take {
  /** The clip at {@link clipRate}: trimmed and levelled; empty where nothing was heard. */
  clip: Float32Array
  seconds: number
  faults: TakeFault[]
}

/** Softer than this (LUFS) the microphone is far or turned down: raising it would raise its hiss. */
const quietest = -46
/** How far (decibels) the voice should stand above the room. */
const clearance = 18
/** A sample as large as this was cut off, where several stand in a row. */
const cutOff = 0.985
const cutInARow = 3
/** So close (seconds) to an end of the recording, the voice was probably cut. */
const edge = 0.02
/** How long a clip may take (seconds), the stillness around it not counted. */
export interface Bounds {
  least: number
  most: number
}

/** Makes a clip of a recording and says what is to be said about it. */
export function prepare(recording: Float32Array, rate: number, bounds: Bounds): Take {
  const sound = highPass(recording, rate)
  const speech = findSpeech(sound, rate)
  if (!speech) return { clip: new Float32Array(), seconds: 0, faults: ['nothing'] }
  const clip = level(resample(trim(sound, rate, speech), rate, clipRate), clipRate)
  return {
    clip,
    seconds: clip.length / clipRate,
    faults: faultsOf(recording, sound, rate, speech, bounds),
  }
}

function faultsOf(
  recording: Float32Array,
  sound: Float32Array,
  rate: number,
  speech: Speech,
  { least, most }: Bounds,
): TakeFault[] {
  const seconds = (speech.to - speech.from) / rate
  const whole = seconds + 2 * kept // as the hall measures it
  const voice = sound.subarray(speech.from, speech.to)
  const found: [TakeFault, boolean][] = [
    ['loud', isCutOff(recording)],
    ['quiet', loudness(voice, rate) < quietest],
    ['cutStart', speech.from < edge * rate],
    ['cutEnd', speech.to > sound.length - edge * rate],
    ['short', seconds < least],
    ['long', whole > most],
    ['noisy', speech.noise !== null && speech.voice - speech.noise < clearance],
  ]
  return found.filter(([, is]) => is).map(([fault]) => fault)
}

/** Whether the microphone or its amplifier cut waves off: several samples in a row at the very top. */
export function isCutOff(samples: Float32Array): boolean {
  if (peak(samples) < cutOff) return false
  let row = 0
  return samples.some((sample) => {
    row = Math.abs(sample) >= cutOff ? row + 1 : 0
    return row >= cutInARow
  })
}

/** The outline of a clip, for a picture: the highest peak of each of so many stretches, 0 to 1. */
export function outline(samples: Float32Array, stretches: number): number[] {
  return Array.from({ length: stretches }, (_, i) => {
    const from = Math.floor((i * samples.length) / stretches)
    const to = Math.max(from + 1, Math.floor(((i + 1) * samples.length) / stretches))
    return peak(samples.subarray(from, to))
  })
}
