import { watchDebounced } from '@vueuse/core'
import { ref, type Ref } from 'vue'
import type { HallFeed } from '@/client'

/** Where a hall that is only tried out shows the newest slip of its virtual printer. */
const address = '/slips/latest.png'
/** A slip comes a moment (milliseconds) after its number. */
const moment = 700

/** The address of the newest slip's picture, new with each slip; empty where there is none. */
export function useLatestSlip({ revision }: Pick<HallFeed, 'revision'>): Readonly<Ref<string>> {
  const slip = ref('')
  watchDebounced(
    revision,
    async (now) => {
      if (await isPicture()) slip.value = `${address}?revision=${now}`
    },
    { debounce: moment, immediate: true },
  )
  return slip
}

async function isPicture(): Promise<boolean> {
  try {
    const { ok, headers } = await fetch(address, { method: 'HEAD' })
    return ok && (headers.get('Content-Type') ?? '').startsWith('image/')
  } catch {
    return false
  }
}
