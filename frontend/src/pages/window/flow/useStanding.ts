import { computed, type ComputedRef, type Ref } from 'vue'
import type { HallFeed } from '@/client'
import type { WindowTicket, WindowView } from '@/client/types'
import type { Shape } from '@/icons/shapes'
import { useLanguage } from '@/locales'
import { windowStatus } from '@/words/status'
import { span } from './span'

/** How a window without a ticket stands, in words, and what the button to open it is called. */
export interface Standing {
  shape: Shape
  title: string
  text: string
  /** The message of the opening button; empty while the window is open, and once the day is over. */
  open: 'window.open' | 'window.resume' | ''
  /** The window takes part in a reception, which it may leave. */
  part?: boolean
  /** The day is over, and the hub can print its figures. */
  daySlip?: boolean
}

export function useStanding(
  view: Readonly<Ref<WindowView | null>>,
  { hall, now }: Pick<HallFeed, 'hall' | 'now'>,
): ComputedRef<Standing> {
  const { t, words } = useLanguage()

  return computed(() => {
    if (!view.value) return { shape: 'dash', title: '', text: '', open: '' }
    const { status, reason, waiting, joined } = view.value
    if (joined) {
      const title = t('window.helping', { window: words.value.window(joined.window), number: joined.number })
      return { shape: 'square', title, text: t('window.helpingText'), open: '', part: true }
    }
    const { shape, word, at } = windowStatus(view.value)
    switch (status) {
      case 'paused': {
        const time = at ? words.value.clock(at, hall.value?.timeZone ?? 'Asia/Shanghai') : ''
        const title = t(`common.windowStatus.${word}`, { time })
        const why = reason ? t(`common.pauseReason.${reason}`) : ''
        const text = why ? t('window.pausedFor', { reason: why }) : t('window.pausedText')
        return { shape, title, text, open: 'window.resume' }
      }
      case 'closed':
      case 'oncall':
        return (
          dayOver() ?? { shape, title: t('window.closed'), text: t('window.closedText'), open: 'window.open' }
        )
      default: {
        const pause = hallPause()
        if (pause) return pause
        const text = waiting[0] ? next(waiting[0]) : t('window.nobody')
        return { shape: 'ring', title: t('window.idle'), text, open: '' }
      }
    }
  })

  /** Nobody is called while the whole hall pauses. */
  function hallPause(): Standing | null {
    const { pause: whole, timeZone = 'Asia/Shanghai' } = hall.value ?? {}
    if (!whole) return null
    const time = whole.until ? words.value.clock(new Date(whole.until), timeZone) : ''
    const title = time ? t('window.hallPausedUntil', { time }) : t('window.hallPaused')
    const text = t('window.hallPausedFor', { reason: t(`common.pauseReason.${whole.reason}`) })
    return { shape: 'bars', title, text, open: '' }
  }

  /** Nobody is called any more today; what is left is the day's slip. */
  function dayOver(): Standing | null {
    const { phase, day, printers = [] } = hall.value ?? {}
    if (phase !== 'closed' || !day) return null
    const daySlip = printers.some(({ id, state }) => id === 'hub' && state !== 'none')
    const text = daySlip ? t('window.day.text') : ''
    return { shape: 'dash', title: t('window.dayOver'), text, open: '', daySlip }
  }

  function next({ number, persons, arrivedAt }: WindowTicket): string {
    const minutes = span(words.value, (now.value.getTime() - Date.parse(arrivedAt)) / 1000)
    return t('window.idleNext', { number, persons: words.value.persons(persons), minutes })
  }
}
