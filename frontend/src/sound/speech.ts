import { decibelsOfPower, power } from './decibels'

/** Where in a recording somebody speaks, and how still it is otherwise. */
export interface Speech {
  /** The first sample of the voice, and the first after it. */
  from: number
  to: number
  /** The level of the voice and of the room without it (decibels); noise is null where nothing but voice is heard. */
  voice: number
  noise: number | null
}

const frame = 0.01
/** A sound shorter than this (seconds), with a pause around it, is a key or a click and no syllable. */
const click = 0.06
const aside = 0.12
/** Softer than this (decibels) is no voice, however still the room. */
const softest = -62
/** A fan hums evenly; what rises and falls less (decibels) is no voice. */
const liveliness = 7
/** How far (decibels) a voice stands above the room, and how far at least where the room is loud. */
const above = { most: 12, least: 4 }
/** The first and last breath of a voice is so much softer (decibels). */
const breath = 6
/** How far (decibels) below its own loudest vowel a voice is still a voice, at least and at most. */
const below = { least: 12, most: 36 }

/** Finds the voice in a recording that went through the high-pass; null where there is none. */
export function findSpeech(samples: Float32Array, rate: number): Speech | null {
  const size = Math.round(frame * rate)
  const levels: number[] = []
  for (let at = 0; at + size <= samples.length; at += size)
    levels.push(decibelsOfPower(power(samples, at, at + size)))
  if (levels.length === 0) return null
  const sorted = [...levels].sort((a, b) => a - b)
  const loudest = sorted[Math.floor((sorted.length - 1) * 0.98)] ?? softest
  const room = sorted[Math.floor(sorted.length * 0.1)] ?? softest
  if (loudest - room < liveliness) return null
  const threshold = Math.max(
    softest,
    loudest - below.most,
    room + above.least,
    Math.min(loudest - below.least, room + above.most), // where somebody speaks all the time, no room is heard
  )
  const faint = Math.max(threshold - breath, room + above.least - 1)
  const parts = withoutClicks(partsAbove(levels, threshold))
  const [first, last] = [parts[0], parts.at(-1)]
  if (!first || !last) return null

  let from = first.from
  while (from > 0 && (levels[from - 1] ?? softest) > faint) from--
  let to = last.to
  while (to < levels.length && (levels[to] ?? softest) > faint) to++

  const voiced = levels.slice(from, to).filter((one) => one > threshold)
  const still = [...levels.slice(0, Math.max(0, from - 2)), ...levels.slice(to + 2)].sort((a, b) => a - b)
  return {
    from: from * size,
    to: Math.min(samples.length, to * size),
    voice: meanLevel(voiced),
    // The middle one: a click in the pause is no noise of the room.
    noise: still.length * frame >= 0.1 ? (still[Math.floor(still.length / 2)] ?? null) : null,
  }
}

interface Part {
  from: number
  to: number
}

function partsAbove(levels: number[], threshold: number): Part[] {
  const parts: Part[] = []
  levels.forEach((one, i) => {
    if (one <= threshold) return
    const last = parts.at(-1)
    // Between the closing and the opening of a stop consonant there are up to 50 ms of silence.
    if (last && i - last.to <= 5) last.to = i + 1
    else parts.push({ from: i, to: i + 1 })
  })
  return parts
}

/** Drops what is as short as a click and stands apart from everything else. */
function withoutClicks(parts: Part[]): Part[] {
  const far = aside / frame
  return parts.filter((part, i) => {
    if (part.to - part.from >= click / frame) return true
    const before = part.from - (parts[i - 1]?.to ?? -Infinity)
    const after = (parts[i + 1]?.from ?? Infinity) - part.to
    return Math.min(before, after) < far
  })
}

function meanLevel(levels: number[]): number {
  const mean = levels.reduce((sum, one) => sum + 10 ** (one / 10), 0) / levels.length
  return decibelsOfPower(mean)
}

/** How much of the stillness (seconds) stays before and after the voice. */
export const kept = 0.03
/** How fast (seconds) it comes and goes: without, a cut through the room's hum would tick. */
const fading = 0.005

/** The voice alone, with a short breath of stillness at both ends. */
export function trim(samples: Float32Array, rate: number, { from, to }: Speech): Float32Array {
  const edge = Math.round(kept * rate)
  const trimmed = samples.slice(Math.max(0, from - edge), Math.min(samples.length, to + edge))
  const fade = Math.min(Math.round(fading * rate), Math.floor(trimmed.length / 2))
  for (let i = 0; i < fade; i++) {
    const gain = i / fade
    const end = trimmed.length - 1 - i
    trimmed[i] = (trimmed[i] ?? 0) * gain
    trimmed[end] = (trimmed[end] ?? 0) * gain
  }
  return trimmed
}
