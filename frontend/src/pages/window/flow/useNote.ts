import { computed, onScopeDispose, shallowRef, watch, type Ref } from 'vue'
import type { Hall } from '@/client/types'
import { useLanguage } from '@/locales'
import type { Note } from './useDesk'

/** How long (milliseconds) a line about the last press stays. */
const stay = 8000
/** The same for one that offers a slip: somebody may ask for it, and where the matter went is to be chosen. */
const stayWithSlip = 30_000

/** The line about the last press, in words; it goes by itself. */
export function useNote(note: Ref<Note | null>, hall: Readonly<Ref<Hall | null>>) {
  const { t, pick, words, explain } = useLanguage()
  const shown = shallowRef<Note | null>(null)
  let timer: ReturnType<typeof setTimeout> | undefined

  watch(note, (news) => {
    shown.value = news
    clearTimeout(timer)
    timer = setTimeout(() => (shown.value = null), offer.value ? stayWithSlip : stay)
  })
  onScopeDispose(() => clearTimeout(timer))

  const text = computed(() => {
    const one = shown.value
    switch (one?.kind) {
      case 'nobody':
        return t('window.nobody')
      case 'refused':
        return explain(one.error)
      case 'slip':
        return t(`window.slip.${one.says}`, { number: one.number })
      case 'day':
        return t('window.day.says', { state: t(`common.print.${one.state}`) })
      case 'undone':
        return t(`window.undone.${one.undo.what}`, { number: one.undo.number })
      case 'done':
        return done(one)
      default:
        return ''
    }
  })

  /** What was done is said where the page itself no longer shows it. */
  function done({ action, ticket, persons }: Extract<Note, { kind: 'done' }>): string {
    const number = ticket?.number ?? ''
    switch (action.name) {
      case 'finish': {
        const outcome = t(`common.outcome.${action.outcome}`)
        return t('window.done.finish', { number, outcome, persons: words.value.persons(persons) })
      }
      case 'miss':
      case 'hold':
      case 'rejoin':
        return t(`window.done.${action.name}`, { number })
      case 'join': {
        const asked = hall.value?.windows.find(({ id }) => id === action.window)
        return t('window.done.join', { number, window: asked ? words.value.window(asked.number) : '' })
      }
      case 'transfer': {
        const id = 'service' in action ? action.service : ''
        const service = pick(hall.value?.services.find((one) => one.id === id)?.name)
        return t('window.done.transfer', { number, service })
      }
      default:
        return ''
    }
  }

  /** The slip that belongs to what was just done, if there is one. */
  const offer = computed(() => {
    const one = shown.value
    if (one?.kind !== 'done' || !one.ticket) return null
    const { action, ticket } = one
    if (action.name === 'transfer') return { slip: 'transfer', ticket, referred: false } as const
    if (action.name === 'finish' && action.outcome !== 'unrecorded')
      return { slip: 'outcome', ticket, referred: action.outcome === 'referred' } as const
    return null
  })

  /** Whether what was wanted did not happen, as far as anybody knows. */
  const refused = computed(() => {
    const one = shown.value
    return one?.kind === 'refused' || (one?.kind === 'day' && ['failed', 'unknown'].includes(one.state))
  })

  return { text, offer, refused }
}
