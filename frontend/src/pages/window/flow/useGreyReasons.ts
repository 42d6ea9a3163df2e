import { computed, type ComputedRef } from 'vue'
import { useLanguage } from '@/locales'
import type { Desk } from './useDesk'

/** Why 再叫一遍 and 过号 are grey while a called ticket stands at the window; empty when there is nothing to say. */
export function useGreyReasons({ ticket, live, may }: Desk): ComputedRef<{ recall: string; miss: string }> {
  const { t } = useLanguage()

  return computed(() => {
    if (!live.value || ticket.value?.state !== 'called') return { recall: '', miss: '' }
    return { recall: recall(), miss: miss() }
  })

  function recall(): string {
    const { seconds } = may('recall')
    return seconds ? t('window.recallIn', { seconds }) : ''
  }

  function miss(): string {
    const { legal, seconds, callsLeft } = may('miss')
    if (legal) return ''
    if (callsLeft) return t('window.missAfter', { calls: callsLeft })
    return seconds ? t('window.missIn', { seconds }) : t('window.missLater')
  }
}
