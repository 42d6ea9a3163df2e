import { onScopeDispose, ref, shallowRef, watch } from 'vue'
import type { HallFeed, Live, WindowCalls } from './client'
import { toHallError, unreachable, type HallError } from './errors'
import { newKey } from './key'
import type { WindowAction, WindowView } from './types'

export interface WindowState {
  /** The window as last read; null before the first answer. Kept, with its age, when the hub is lost. */
  readonly view: Live<WindowView | null>
  /** Why the last reading failed; null when it did not. */
  readonly error: Live<HallError | null>
  /** True while a command is on its way; a second one is refused until then. */
  readonly busy: Live<boolean>
  /**
   * Does a command and shows its result at once. Rejects with HallError. False: nobody waits, or busy.
   * A command that nobody answered may have been done all the same: given again while the window still looks as it did,
   * it goes under its old key, so that the hall does it once.
   */
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
  let unanswered: { command: string; key: string } | null = null

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
    const command = JSON.stringify([action, place(view.value)])
    const key = unanswered?.command === command ? unanswered.key : newKey()
    unanswered = null
    try {
      const news = await client.act(id, action, key)
      if (news) show(news)
      return news !== null
    } catch (cause) {
      const error = toHallError(cause)
      if (error.code === unreachable) unanswered = { command, key }
      throw error
    } finally {
      busy.value = false
      void refresh()
    }
  }

  // Once the window has moved on, the same command means something new.
  watch(
    () => JSON.stringify(place(view.value)),
    () => (unanswered = null),
    { flush: 'sync' },
  )

  watch([client.revision, () => client.connection.value.state === 'live'], () => void refresh(), {
    immediate: true,
  })
  onScopeDispose(() => (closed = true))

  return { view, error, busy, act, refresh }
}

/** What a command acts upon: the window's status and the ticket at it, with its state. */
function place(view: WindowView | null) {
  return [view?.status, view?.ticket?.id, view?.ticket?.state, view?.ticket?.times]
}
