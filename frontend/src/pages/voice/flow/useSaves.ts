import { computed, onScopeDispose, ref, shallowRef } from 'vue'
import { HallError, unreachable } from '@/client/errors'
import type { VoiceCalls, VoiceClip } from '@/client/voices'

/** So long (milliseconds) after the hall was not reached it is tried again. */
const pause = 2_000

/** A clip that the hall would not take, and why. */
export interface Refusal {
  clip: string
  why: unknown
}

/**
 * Brings accepted clips to the hall, one after the other. What the hall could not be told is kept here and told again
 * until it is there; a later recording of the same clip takes the place of the earlier one.
 */
export function useSaves(voices: VoiceCalls, pack: string, kept: (clip: VoiceClip) => void) {
  const waiting = shallowRef<ReadonlyMap<string, ArrayBuffer>>(new Map())
  /** The hall was not reached the last time. */
  const lost = ref(false)
  const refusals = shallowRef<Refusal[]>([])
  const count = computed(() => waiting.value.size)

  let busy = false
  let timer: ReturnType<typeof setTimeout> | undefined

  function save(clip: string, wav: ArrayBuffer): void {
    waiting.value = new Map([...waiting.value].filter(([name]) => name !== clip)).set(clip, wav)
    refusals.value = refusals.value.filter((one) => one.clip !== clip)
    void run()
  }

  async function run(): Promise<void> {
    if (busy) return
    busy = true
    clearTimeout(timer)
    for (let next = first(); next; next = first()) {
      const [clip, wav] = next
      try {
        kept(await voices.keep(pack, clip, wav))
        lost.value = false
        done(clip, wav)
      } catch (cause) {
        if (again(cause)) {
          lost.value = true
          timer = setTimeout(() => void run(), pause)
          break
        }
        lost.value = false
        refusals.value = [...refusals.value.filter((one) => one.clip !== clip), { clip, why: cause }]
        done(clip, wav)
      }
    }
    busy = false
  }

  const first = () => waiting.value.entries().next().value

  /** A newer recording of the clip may have come meanwhile; that one still waits. */
  function done(clip: string, wav: ArrayBuffer): void {
    waiting.value = new Map([...waiting.value].filter(([name, one]) => name !== clip || one !== wav))
  }

  const hurry = () => void run()
  /** Whoever closes the page while something waits is asked first. */
  const ask = (event: BeforeUnloadEvent) => {
    if (count.value > 0) event.preventDefault()
  }
  window.addEventListener('online', hurry)
  window.addEventListener('beforeunload', ask)
  onScopeDispose(() => {
    clearTimeout(timer)
    window.removeEventListener('online', hurry)
    window.removeEventListener('beforeunload', ask)
  })

  return { waiting, count, lost, refusals, save }
}

/** Whether the same may be granted later: the hall was not there, or was in trouble itself. */
function again(cause: unknown): boolean {
  if (!(cause instanceof HallError)) return false
  return cause.code === unreachable || (cause.problem.status ?? 0) >= 500
}
