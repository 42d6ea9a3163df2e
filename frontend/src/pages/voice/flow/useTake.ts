import { onScopeDispose, ref, shallowRef } from 'vue'
import { decibels, decibelsOfPower, peak, power, silence } from '@/sound/decibels'
import { prepare, type Bounds, type Take } from '@/sound/prepare'
import { MicrophoneError, type Line, type Microphone, type Trouble } from './microphone'

/**
 * idle: nothing is heard. opening: the browser asks, or the device wakes. recording: the microphone is open and what it
 * hears is kept. done: the microphone is closed and there is a take.
 */
export type TakeState = 'idle' | 'opening' | 'recording' | 'done'

/** What the microphone hears now (decibels). */
export interface Heard {
  level: number
  peak: number
}

const nothing: Heard = { level: silence, peak: silence }

/** A device crackles when it opens (seconds). */
const crackle = 0.15
/** Who presses the key speaks to the end of the word (seconds); that much is still heard. */
const tail = 0.15
/** A microphone that fell silent gives no more; so long (milliseconds) the end is waited for. */
const patience = 600
/** So much longer than its words (seconds) a recording may be: time to begin, and to press the key. */
const leisure = 4

/** One recording of one clip. */
export function useTake(microphone: Microphone) {
  const state = ref<TakeState>('idle')
  const take = shallowRef<Take | null>(null)
  const heard = shallowRef<Heard>(nothing)
  /** How much of the time that a recording may take is gone, 0 to 1. */
  const gone = ref(0)
  const trouble = ref<Trouble | 'hidden' | null>(null)

  let turn = 0
  let line: Line | null = null
  let pieces: Float32Array[] = []
  let length = 0
  let bounds: Bounds = { least: 0, most: 0 }
  /** At which length the recording ends, once somebody has pressed the key. */
  let end = Infinity
  let late: ReturnType<typeof setTimeout> | undefined

  /** Opens the microphone and records until `stop`, or until no clip can be that long. */
  async function start(within: Bounds): Promise<void> {
    if (state.value === 'opening' || state.value === 'recording') return
    discard()
    bounds = within
    state.value = 'opening'
    const mine = ++turn
    try {
      const opened = await microphone.open(
        (piece) => mine === turn && hear(piece),
        () => mine === turn && fail('lost'),
      )
      if (mine !== turn) opened.close()
      else line = opened
    } catch (cause) {
      if (mine === turn) fail(cause instanceof MicrophoneError ? cause.trouble : 'none')
    }
  }

  function hear(piece: Float32Array): void {
    if (!line) return
    length += piece.length
    heard.value = { level: decibelsOfPower(power(piece)), peak: decibels(peak(piece)) }
    if (state.value === 'opening') {
      if (length < crackle * line.rate) return
      state.value = 'recording'
      length = 0
      return
    }
    pieces.push(piece)
    const most = (bounds.most + leisure) * line.rate
    gone.value = Math.min(1, length / most)
    if (length >= Math.min(most, end)) finish()
  }

  /** The words are said. */
  function stop(): void {
    if (state.value === 'opening') return discard()
    if (state.value !== 'recording' || !line || end !== Infinity) return
    end = length + tail * line.rate
    late = setTimeout(finish, patience)
  }

  function finish(): void {
    const rate = line?.rate ?? 0
    const recording = new Float32Array(length)
    let at = 0
    for (const piece of pieces) {
      recording.set(piece, at)
      at += piece.length
    }
    release()
    take.value = prepare(recording, rate, bounds)
    state.value = 'done'
  }

  /** Closes the microphone and forgets what it heard. */
  function release(): void {
    turn++
    clearTimeout(late)
    line?.close()
    line = null
    pieces = []
    length = 0
    end = Infinity
    gone.value = 0
    heard.value = nothing
  }

  /** Forgets the take. */
  function discard(): void {
    release()
    take.value = null
    trouble.value = null
    state.value = 'idle'
  }

  function fail(why: Trouble | 'hidden'): void {
    discard()
    trouble.value = why
  }

  /** Nobody shall be heard by a page that nobody sees. */
  function hide(): void {
    if (document.hidden && (state.value === 'opening' || state.value === 'recording')) fail('hidden')
  }
  const leave = () => release()
  document.addEventListener('visibilitychange', hide)
  window.addEventListener('pagehide', leave)
  onScopeDispose(() => {
    release()
    document.removeEventListener('visibilitychange', hide)
    window.removeEventListener('pagehide', leave)
  })

  return { state, take, heard, gone, trouble, start, stop, discard }
}
