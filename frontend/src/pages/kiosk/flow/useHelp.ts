import { onScopeDispose, ref } from 'vue'
import type { KioskCalls } from '@/client'
import type { HelpState } from '@/client/types'

/** The hall answers within five seconds; a line that holds the answer back longer (milliseconds) is as good as broken. */
const patience = 6_000

/** Asks for a person, and tells who knows of it. */
export function useHelp(client: Pick<KioskCalls, 'help'>, heard: (state: HelpState) => void) {
  const asking = ref(false)
  let run = 0
  let timer: ReturnType<typeof setTimeout> | undefined

  /** Asks; while an answer is awaited, another touch is the same. */
  function ask(): void {
    if (asking.value) return
    asking.value = true
    const mine = ++run
    timer = setTimeout(() => end(mine, 'unreached'), patience)
    client.help().then(
      (state) => end(mine, state),
      () => end(mine, 'unreached'),
    )
  }

  function end(mine: number, state: HelpState): void {
    if (mine !== run) return
    stop()
    heard(state)
  }

  /** Whoever asked has gone on; what the hall answers is not said any more. */
  function stop(): void {
    run++
    asking.value = false
    clearTimeout(timer)
  }

  onScopeDispose(stop)

  return { asking, ask, stop }
}
