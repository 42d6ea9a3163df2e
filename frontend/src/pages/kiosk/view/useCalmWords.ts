import { computed, type ComputedRef } from 'vue'
import { useLanguage } from '@/locales'
import { opensAt, stillAhead } from '@/words/status'
import type { Screen } from '../flow/screens'
import { useKioskPage } from './context'
import { leaderWords } from './leader'

type CalmScreen = Extract<Screen, { name: 'calm' }>

/** A calm screen's title and text. Where a value is not known its clause falls away. */
export function useCalmWords(screen: ComputedRef<CalmScreen | null>, isGeneral: ComputedRef<boolean>) {
  const { t, has, pick, words } = useLanguage()
  const { flow, news } = useKioskPage()
  const { hall, minute } = news

  const service = computed(() => flow.serviceOf(screen.value?.service))
  const desk = computed(() => pick(hall.value?.helpDesk))
  /** How soon staff come who are called; 0 where that is not told. */
  const minutes = computed(() => {
    const all = hall.value?.windows.filter(({ id }) => service.value?.windows.includes(id)) ?? []
    return Math.min(...all.map((one) => one.onCallMinutes || Infinity))
  })

  /** When what the screen speaks of begins, or is over. */
  const time = computed(() => {
    const { value: now } = screen
    const { value: all } = hall
    if (!now || !all) return ''
    const zone = all.timeZone
    const said = (at: string | Date | null | undefined, form: 'when' | 'half') =>
      at ? words.value[form](new Date(at), zone, minute.value) : ''
    switch (now.calm) {
      case 'early':
      case 'dayOff':
      case 'stopped':
        return said(now.at ?? all.issuing?.from, 'when')
      case 'later':
        return said(service.value && opensAt(all, service.value, minute.value), 'when')
      case 'closed':
      case 'serviceStopped':
        return said(now.at ?? service.value?.from, 'half')
      case 'leaderNone':
      case 'leaderEnds':
        return said(all.nextLeader?.from, 'half')
      default:
        return said(stillAhead(service.value?.until, minute.value), 'when')
    }
  })

  /** Which of its sentences a screen says, where it has several. */
  function key(part: 'title' | 'text'): string {
    const name = `kiosk.calm.${screen.value?.calm}.${part}`
    if (isGeneral.value && has(`${name}Only`)) return `${name}Only`
    return !isKnown() && has(`${name}Open`) ? `${name}Open` : name
  }

  /** Whether there is something to put where the sentence has room for it. */
  function isKnown(): boolean {
    const calm = screen.value?.calm
    if (calm === 'failed') return !!flow.ticket.value?.track
    if (calm === 'onCall') return minutes.value < Infinity
    return time.value !== ''
  }

  function say(part: 'title' | 'text'): string {
    if (!screen.value) return ''
    if (screen.value.calm === 'help' && part === 'text' && !desk.value) return ''
    return t(key(part), {
      number: flow.ticket.value?.number ?? '',
      office: screen.value.office ?? pick(service.value?.name),
      time: time.value,
      who: leaderWords(hall.value?.nextLeader, pick),
      minutes: minutes.value,
      place: desk.value,
      queue: service.value ? words.value.queue(service.value.waiting, service.value.wait) : '',
      seconds: flow.left.value ?? 0,
    })
  }

  return { title: computed(() => say('title')), text: computed(() => say('text')) }
}
