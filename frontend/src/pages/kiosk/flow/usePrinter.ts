import { computed, onScopeDispose, shallowRef } from 'vue'
import type { KioskClient } from '@/client'
import type { Printer } from '@/client/types'

const askEvery = 10_000

/** How the printer is that slips from here go to. The hall's news do not carry it, so it is asked for now and then. */
export function usePrinter(client: Pick<KioskClient, 'hall' | 'printers'>) {
  const asked = shallowRef<Printer | null>(null)

  async function ask(): Promise<void> {
    const printers = await client.printers().catch(() => null)
    // While the hall cannot be asked, what was known last stands.
    if (printers) asked.value = printers[0] ?? null
  }

  const timer = setInterval(() => void ask(), askEvery)
  onScopeDispose(() => clearInterval(timer))
  void ask()

  return { printer: computed(() => asked.value ?? client.hall.value?.printer ?? null), ask }
}
