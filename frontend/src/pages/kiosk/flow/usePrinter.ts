import { onScopeDispose, shallowRef, watch } from 'vue'
import type { KioskClient } from '@/client'
import type { Printer } from '@/client/types'
import { printerObstacle } from './obstacles'

/** Seconds between two askings, and while somebody may be waiting for it to be well again, or for a slip to be taken. */
const askEvery = { well: 10, obstacle: 2 }

/**
 * How the printer is that slips from here go to. Which one that is, and how a kiosk's own is, must be asked for; of the
 * one that the hall's news tell of, they know more.
 */
export function usePrinter(client: Pick<KioskClient, 'hall' | 'printers'>) {
  const asked = shallowRef<Printer | null>(null)

  async function ask(): Promise<void> {
    const printers = await client.printers().catch(() => null)
    // While the hall cannot be asked, what was known last stands.
    if (printers) asked.value = printers[0] ?? null
  }

  let seconds = 0
  const timer = setInterval(() => {
    if (++seconds < askEvery[printerObstacle(asked.value) ? 'obstacle' : 'well']) return
    seconds = 0
    void ask()
  }, 1000)
  onScopeDispose(() => clearInterval(timer))
  void ask()

  // The hall's news of it are newer than the last answer.
  watch(
    () => client.hall.value?.printers,
    (told = []) =>
      (asked.value = told.find(({ id }) => id === asked.value?.id) ?? asked.value ?? told[0] ?? null),
    { immediate: true, flush: 'sync' },
  )

  return { printer: asked, ask }
}
