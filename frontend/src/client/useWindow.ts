import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { HallFeed, Live, WindowCalls } from './client'
import { toHallError, type HallError } from './errors'
import type { WindowAction, WindowView } from './types'

export interface WindowState {
  /** The window as last read; null before the first answer. Kept, with its age, when the hub is lost. */
  readonly view: Live<WindowView | null>
  /** Why the last reading failed; null when it did not. */
  readonly error: Live<HallError | null>
  /** True while a command is on its way; a second one is refused until then. */
  readonly busy: Live<boolean>
  /** Does a command and shows its result at once. Rejects with HallError. False: nobody waits, or busy. */
  act(action: WindowAction): Promise<boolean>
  refresh(): Promise<void>
}

/** Follows one window: reads it again with every revision, so that what another clerk did shows at once. */
export function useWindow(client: HallFeed & WindowCalls, id: string): WindowState {
  const view = shallowRef<WindowView | null>(null)
  const error = shallowRef<HallError | null>(null)
  const busy = ref(false)
  let reading = false
  let again = false
  let closed = false

  const show = (news: WindowView) => {
    // Answers may overtake each other; an older one must not win.
    if (!view.value || news.revision >= view.value.revision) view.value = news
  }

  async function refresh(): Promise<void> {
    again = true
    if (reading) return
    reading = true
    while (again && !closed) {
      again = false
      try {
        show(await client.window(id))
        error.value = null
      } catch (cause) {
        error.value = toHallError(cause)
      }
    }
    reading = false
  }

  async function act(action: WindowAction): Promise<boolean> {
    if (busy.value) return false
    busy.value = true
    try {
      const news = await client.act(id, action)
      if (news) show(news)
      return news !== null
    } finally {
      busy.value = false
      void refresh()
    }
  }

  watch([client.revision, () => client.connection.value.state === 'live'], () => void refresh(), {
    immediate: true,
  })
  onScopeDispose(() => (closed = true))

  return { view, error, busy, act, refresh }
}
