import { useEventListener } from '@vueuse/core'
import { onScopeDispose, shallowRef } from 'vue'

/** none: the browser has no sound; stopped: it was on, and the phone has taken it away. */
export type BellState = 'none' | 'off' | 'on' | 'stopped'

/** 叮咚: two tones (hertz), each so long (seconds), as often as a ring asks. */
const [tones, long] = [[659, 523], 0.45] as const

/**
 * A sound that is made in the page and begins with a tap, as every phone demands. It needs no file and no permission,
 * and it is as loud as the phone is set.
 */
export function useBell() {
  const state = shallowRef<BellState>('AudioContext' in globalThis ? 'off' : 'none')
  let context: AudioContext | null = null

  const listen = () => {
    if (context) state.value = context.state === 'running' ? 'on' : 'stopped'
  }

  /** Rings so many times; silent while it is not on. */
  function ring(times: number): void {
    if (!context || context.state !== 'running') return
    for (let n = 0; n < times; n++) {
      const begin = context.currentTime + n * 3 * long
      tones.forEach((tone, index) => sound(context as AudioContext, tone, begin + index * long))
    }
  }

  /** Call it in a tap: sound goes on, and one ring shows how it will be; or it goes off. */
  async function toggle(): Promise<void> {
    if (state.value === 'on') {
      await context?.close().catch(() => undefined)
      context = null
      state.value = 'off'
      return
    }
    try {
      if (!context) {
        context = new AudioContext()
        context.onstatechange = listen
      }
      await context.resume()
      listen()
      ring(1)
    } catch {
      state.value = 'stopped'
    }
  }

  // A phone that was locked may have stopped it; some let it go on without another tap.
  useEventListener(document, 'visibilitychange', () => {
    if (document.visibilityState === 'visible' && state.value === 'stopped')
      void context?.resume().catch(listen)
  })
  onScopeDispose(() => void context?.close().catch(() => undefined))

  return { state, ring, toggle }
}

/** One tone like a struck bell: at once there, slowly gone. */
function sound(context: AudioContext, tone: number, begin: number): void {
  const string = context.createOscillator()
  const strength = context.createGain()
  string.frequency.value = tone
  strength.gain.setValueAtTime(0.0001, begin)
  strength.gain.exponentialRampToValueAtTime(0.6, begin + 0.02)
  strength.gain.exponentialRampToValueAtTime(0.0001, begin + 2 * long)
  string.connect(strength).connect(context.destination)
  string.start(begin)
  string.stop(begin + 2 * long)
}
