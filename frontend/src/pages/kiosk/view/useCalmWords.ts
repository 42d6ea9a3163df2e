import { computed, type ComputedRef } from 'vue'
import { useKiosk } from '@/client'
import { useLanguage } from '@/locales'
import type { Screen } from '../flow/screens'
import { useKioskPage } from './context'

type CalmScreen = Extract<Screen, { name: 'calm' }>

/** A calm screen's title and text. Where a value is not known its clause falls away. */
export function useCalmWords(screen: ComputedRef<CalmScreen | null>, isGeneral: ComputedRef<boolean>) {
  const { hall } = useKiosk()
  const { t, pick, words } = useLanguage()
  const { flow } = useKioskPage()

  const service = computed(() => flow.serviceOf(screen.value?.service))
  const until = computed(() => {
    const at = service.value?.until
    return at && hall.value ? words.value.time(new Date(at), hall.value.timeZone) : ''
  })
  const desk = computed(() => pick(hall.value?.helpDesk))

  /** Which of its sentences a screen says, where it has several. */
  function key(part: 'title' | 'text'): string {
    const calm = screen.value?.calm ?? 'help'
    if (calm === 'paused' && part === 'title' && !until.value) return 'kiosk.calm.paused.titleOpen'
    if (calm === 'failed' && part === 'text' && !flow.ticket.value?.track)
      return 'kiosk.calm.failed.textNoCode'
    if ((calm === 'later' || calm === 'closed') && part === 'text' && isGeneral.value)
      return `kiosk.calm.${calm}.textOnly`
    return `kiosk.calm.${calm}.${part}`
  }

  function say(part: 'title' | 'text'): string {
    if (!screen.value) return ''
    if (screen.value.calm === 'help' && part === 'text' && !desk.value) return ''
    return t(key(part), {
      number: flow.ticket.value?.number ?? '',
      office: screen.value.office ?? pick(service.value?.name),
      time: until.value,
      place: desk.value,
      seconds: flow.left.value ?? 0,
    })
  }

  return { title: computed(() => say('title')), text: computed(() => say('text')) }
}
