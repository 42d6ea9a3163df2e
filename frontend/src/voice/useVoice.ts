import { computed, shallowRef, watch, type ComputedRef } from 'vue'
import type { HallFeed } from '@/client'
import { Player, type Counts, type Speech } from './player'
import { Loudspeaker, type SoundState } from './sound'
import { BrowserSpeech } from './speech'

export interface Voice {
  state: ComputedRef<SoundState>
  /** The browser waits for a touch before it lets anything be heard. */
  locked: ComputedRef<boolean>
  /** What was said and what failed since the page began to speak; null while it does not. */
  counts: ComputedRef<Counts | null>
}

/** What a page's voice is made of. Tests give their own. */
export interface VoiceParts {
  loudspeaker(): Pick<Loudspeaker, 'state' | 'unlock' | 'load' | 'close'>
  speech(): Speech
}

const browser: VoiceParts = {
  loudspeaker: () => new Loudspeaker(),
  speech: () => new BrowserSpeech(),
}

/**
 * Lets a page speak for a board, while `board` names one; null keeps it silent. The hall is told only once sound really
 * comes, so that it does not count on a page that nobody hears.
 */
export function useVoice(feed: HallFeed, board: () => string | null, parts: VoiceParts = browser): Voice {
  const state = shallowRef<SoundState>('none')
  const counts = shallowRef<Counts | null>(null)
  const speaksFor = computed(() => (canSound(feed) ? board() : null))
  watch(
    speaksFor,
    (name, _, onCleanup) => {
      if (name === null) return
      onCleanup(
        speak(feed, name, parts, (heard, counted) => {
          state.value = heard
          counts.value = counted
        }),
      )
    },
    { immediate: true },
  )
  return {
    state: computed(() => state.value),
    locked: computed(() => state.value === 'locked'),
    counts: computed(() => counts.value),
  }
}

/** A page of the program's own window cannot sound on every system, and has no line of its own to say so. */
function canSound(feed: HallFeed): boolean {
  return feed.speakAs !== undefined && location.protocol !== 'wails:'
}

/** Speaks until the returned function is called. */
function speak(
  feed: HallFeed,
  board: string,
  parts: VoiceParts,
  tell: (state: SoundState, counts: Counts | null) => void,
): () => void {
  const loudspeaker = parts.loudspeaker()
  const player = new Player(loudspeaker, parts.speech(), () => feed.time(), sessionMemory)
  const touched = () => {
    if (loudspeaker.state.value !== 'on') void loudspeaker.unlock()
  }
  const touches = ['pointerdown', 'pointerup', 'keydown']
  for (const touch of touches) addEventListener(touch, touched)
  const silence = feed.onSay((say) => {
    if (loudspeaker.state.value === 'on') void player.say(say)
  })
  const follow = watch(
    loudspeaker.state,
    (state) => {
      tell(state, player.counts)
      feed.speakAs?.(state === 'on' ? board : null)
    },
    { immediate: true },
  )
  return () => {
    for (const touch of touches) removeEventListener(touch, touched)
    silence()
    follow()
    player.stop()
    loudspeaker.close()
    tell('none', null)
    feed.speakAs?.(null)
  }
}

const key = 'said'

/** A page that is loaded anew in the middle of a phrase does not begin it once more. */
const sessionMemory = {
  read(): string[] {
    try {
      const ids: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]')
      return Array.isArray(ids) ? ids.filter((id) => typeof id === 'string') : []
    } catch {
      return []
    }
  },
  write(ids: string[]): void {
    try {
      sessionStorage.setItem(key, JSON.stringify(ids))
    } catch {
      // A browser that keeps nothing says it once more, at worst.
    }
  },
}
