import { onScopeDispose, ref, type Ref } from 'vue'

/** Pages stand for so long (milliseconds). */
const stay = 10_000

/** Counts turns: every ten seconds, but never while a call is new and people are looking for their number. */
export function usePager(held: () => boolean): Readonly<Ref<number>> {
  const turns = ref(0)
  let due = false
  let elapsed = 0
  const step = 1000
  const timer = setInterval(() => {
    elapsed += step
    due ||= elapsed >= stay
    if (!due || held()) return
    due = false
    elapsed = 0
    turns.value++
  }, step)
  onScopeDispose(() => clearInterval(timer))
  return turns
}
