import { inject, type ComputedRef, type InjectionKey } from 'vue'
import type { useNews } from '@/client'
import type { KioskFlow } from '../flow/useKioskFlow'
import type { useCovers } from './useCovers'
import type { Layout } from './useLayout'
import type { useView } from './useView'

/** What every screen of the kiosk stands in. */
export interface Kiosk {
  flow: KioskFlow
  view: ReturnType<typeof useView>
  layout: ComputedRef<Layout>
  covers: ReturnType<typeof useCovers>
  news: Pick<ReturnType<typeof useNews>, 'hall' | 'minute'>
}

export const kioskKey: InjectionKey<Kiosk> = Symbol('kiosk page')

export function useKioskPage(): Kiosk {
  const kiosk = inject(kioskKey)
  if (!kiosk) throw new Error('a screen of the kiosk stands outside its page')
  return kiosk
}
