import { computed, onScopeDispose, ref, shallowRef, watch } from 'vue'
import { useVoices, type VoiceClip, type VoicePackClips } from '@/client/voices'
import { clipRate, usable } from '@/sound/prepare'
import { encodeWav } from '@/sound/wav'
import { useDevices } from './devices'
import { useSaves } from './useSaves'
import { useTake } from './useTake'

const autoKey = 'voice.auto'

/** The recording of one pack: which clip it is at, the take of it, and what the hall has of the others. */
export function useStudio(id: string, first: string) {
  const voices = useVoices()
  const { microphone, player } = useDevices()
  const pack = shallowRef<VoicePackClips | null>(null)
  const problem = shallowRef<unknown>(null)
  const name = ref(first)
  const auto = ref(read(autoKey) !== 'off')
  const playing = ref(false)

  const recording = useTake(microphone)
  const saves = useSaves(voices, id, merge)
  const clips = computed(() => pack.value?.clips ?? [])
  const index = computed(() => clips.value.findIndex((one) => one.name === name.value))
  const clip = computed(() => clips.value[index.value])
  const isThere = (one: VoiceClip) => one.state === 'recorded' || saves.waiting.value.has(one.name)
  /** Those without which the hall cannot say what it says. */
  const needed = computed(() => clips.value.filter((one) => !one.later))
  const done = computed(() => needed.value.filter(isThere).length)
  const complete = computed(() => needed.value.length > 0 && done.value === needed.value.length)
  const stored = computed(() => clip.value !== undefined && isThere(clip.value))
  const canKeep = computed(() => recording.take.value !== null && usable(recording.take.value))

  async function load(): Promise<void> {
    try {
      pack.value = await voices.clips(id)
      problem.value = null
      if (!clip.value) name.value = (nextMissing() ?? clips.value[0])?.name ?? ''
    } catch (cause) {
      problem.value = cause
    }
  }

  /** The hall's word on a clip. */
  function merge(one: VoiceClip): void {
    if (!pack.value) return
    pack.value = { ...pack.value, clips: clips.value.map((old) => (old.name === one.name ? one : old)) }
  }

  /**
   * The first clip after this one that is not there, from the beginning again after the last. What is only needed later
   * comes when all else is there, and somebody has begun with it.
   */
  function nextMissing(later = clip.value?.later ?? false): VoiceClip | undefined {
    const after = clips.value.slice(index.value + 1)
    const before = clips.value.slice(0, Math.max(0, index.value))
    const missing = [...after, ...before].filter((one) => !isThere(one))
    return missing.find((one) => !one.later) ?? (later ? missing[0] : undefined)
  }

  function jump(to: string): void {
    hush()
    recording.discard()
    name.value = to
  }

  function step(by: 1 | -1): void {
    const to = clips.value[index.value + by]
    if (to) jump(to.name)
  }

  /** The big button: begin, or the words are said. */
  function record(): void {
    if (!clip.value) return
    hush()
    if (recording.state.value === 'recording' || recording.state.value === 'opening') return recording.stop()
    void recording.start({ least: clip.value.minMillis / 1000, most: clip.value.maxMillis / 1000 })
  }

  function keep(): void {
    const take = recording.take.value
    if (!take || !canKeep.value || !clip.value) return
    saves.save(clip.value.name, encodeWav(take.clip, clipRate))
    const next = auto.value ? nextMissing() : undefined
    hush()
    recording.discard()
    if (next) name.value = next.name
  }

  async function forget(): Promise<void> {
    if (!clip.value) return
    hush()
    try {
      merge(await voices.forget(id, clip.value.name))
      problem.value = null
    } catch (cause) {
      problem.value = cause
    }
  }

  /** Plays the take, or what is stored. */
  async function listen(): Promise<void> {
    if (playing.value) return hush()
    playing.value = true
    try {
      const wav = await wavNow()
      if (wav && playing.value) await player.play(wav)
      problem.value = null
    } catch (cause) {
      problem.value = cause
    } finally {
      playing.value = false
    }
  }

  async function wavNow(): Promise<ArrayBuffer | undefined> {
    const take = recording.take.value
    if (take) return encodeWav(take.clip, clipRate)
    return saves.waiting.value.get(name.value) ?? (stored.value ? voices.sound(id, name.value) : undefined)
  }

  function hush(): void {
    player.stop()
    playing.value = false
  }

  watch(auto, (on) => write(autoKey, on ? 'on' : 'off'))
  onScopeDispose(hush)
  void load()

  return {
    ...recording,
    pack,
    problem,
    clips,
    needed,
    clip,
    index,
    done,
    complete,
    stored,
    canKeep,
    auto,
    playing,
    saves,
    blocked: microphone.trouble,
    load,
    nextMissing,
    jump,
    step,
    record,
    keep,
    forget,
    listen,
  }
}

/** A browser may keep nothing; then the setting lasts as long as the page. */
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value)
  } catch {
    // It lasts as long as the page.
  }
}
