import { computed } from 'vue'
import { useKiosk } from '@/client'

/** The hall's clock without its seconds, for what need not be drawn anew each second. */
export function useMinute() {
  const { now } = useKiosk()
  const minute = computed(() => Math.floor(now.value.getTime() / 60_000))
  return computed(() => new Date(minute.value * 60_000))
}
