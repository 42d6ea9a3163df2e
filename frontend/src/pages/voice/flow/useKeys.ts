import { onScopeDispose } from 'vue'

/**
 * Keys that work anywhere on the page. A control that has the focus keeps its own keys, but for what is marked
 * `data-hot`: there, too, the space bar records and Enter goes on.
 */
export function useKeys(keys: Partial<Record<string, () => void>>): void {
  const actionOf = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return undefined
    const target = event.target instanceof Element ? event.target : null
    const control = target?.closest('button, a, input, select, textarea, [role="dialog"]')
    if (control && !control.hasAttribute('data-hot')) return undefined
    return keys[event.key.length === 1 ? event.key.toLowerCase() : event.key]
  }
  const down = (event: KeyboardEvent) => {
    const action = actionOf(event)
    if (!action) return
    event.preventDefault()
    if (!event.repeat) action()
  }
  // Some browsers press a button when the space bar comes up again.
  const up = (event: KeyboardEvent) => {
    if (event.key === ' ' && actionOf(event)) event.preventDefault()
  }
  window.addEventListener('keydown', down)
  window.addEventListener('keyup', up)
  onScopeDispose(() => {
    window.removeEventListener('keydown', down)
    window.removeEventListener('keyup', up)
  })
}
