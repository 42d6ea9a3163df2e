/**
 * The microphone. It listens from `open` to `close` and at no other time: there is no line between two recordings, and
 * what it hears goes to whoever opened it and nowhere else.
 */
import recorder from '@/sound/recorder.js?url'

/** Why nothing can be recorded. */
export type Trouble = 'insecure' | 'old' | 'none' | 'refused' | 'busy' | 'lost' | 'asleep'

/** An open microphone. */
export interface Line {
  /** Samples in a second. */
  readonly rate: number
  close(): void
}

/** A microphone, or what stands for one in tests. */
export interface Microphone {
  /** What keeps it from listening before anybody asked, or null. */
  readonly trouble: Trouble | null
  /** Rejects with MicrophoneError. `lost` is told at most once, when the line ends by itself. */
  open(hear: (piece: Float32Array) => void, lost: () => void): Promise<Line>
}

export class MicrophoneError extends Error {
  override readonly name = 'MicrophoneError'
  constructor(
    readonly trouble: Trouble,
    cause?: unknown,
  ) {
    super(trouble, { cause })
  }
}

/** Nothing that changes the voice: each clip shall sound like the one before. */
const plain: MediaTrackConstraints = {
  channelCount: 1,
  echoCancellation: false,
  noiseSuppression: false,
  autoGainControl: false,
}

/** So long (milliseconds) a browser may take to wake its sound up. */
const waking = 3_000

export class BrowserMicrophone implements Microphone {
  get trouble(): Trouble | null {
    if (!window.isSecureContext) return 'insecure'
    // The type says that it is always there; old browsers know better.
    const devices = navigator.mediaDevices as MediaDevices | undefined
    return devices && 'AudioWorkletNode' in window ? null : 'old'
  }

  async open(hear: (piece: Float32Array) => void, lost: () => void): Promise<Line> {
    if (this.trouble) throw new MicrophoneError(this.trouble)
    const stream = await navigator.mediaDevices.getUserMedia({ audio: plain }).catch((cause: unknown) => {
      throw new MicrophoneError(troubleOf(cause), cause)
    })
    const context = new AudioContext()
    const close = () => {
      for (const track of stream.getTracks()) {
        track.onended = null
        track.stop()
      }
      if (context.state !== 'closed') void context.close()
    }
    try {
      await awake(context)
      await context.audioWorklet.addModule(recorder)
      listen(context, stream, hear)
    } catch (cause) {
      close()
      throw cause instanceof MicrophoneError ? cause : new MicrophoneError('old', cause)
    }
    for (const track of stream.getTracks())
      track.onended = () => {
        close()
        lost()
      }
    return { rate: context.sampleRate, close }
  }
}

function listen(context: AudioContext, stream: MediaStream, hear: (piece: Float32Array) => void): void {
  const node = new AudioWorkletNode(context, 'recorder', {
    numberOfInputs: 1,
    numberOfOutputs: 0,
    channelCount: 1,
    channelCountMode: 'explicit',
  })
  node.port.onmessage = ({ data }: MessageEvent<Float32Array>) => hear(data)
  context.createMediaStreamSource(stream).connect(node)
}

/** A browser lets sound sleep until somebody touches the page. */
async function awake(context: AudioContext): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new MicrophoneError('asleep')), waking)
  })
  try {
    await Promise.race([context.resume(), late])
  } finally {
    clearTimeout(timer)
  }
}

function troubleOf(cause: unknown): Trouble {
  switch (cause instanceof DOMException ? cause.name : '') {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused'
    case 'NotReadableError':
    case 'AbortError':
      return 'busy'
    default:
      return 'none'
  }
}
