import { useEventListener } from '@vueuse/core'
import { commandOfKey, type Command } from './commands'

/**
 * The keys of the page. A held key counts once. While a dialog is open the keys are the dialog's, but the browser's own
 * meaning of them (F3 searches, F6 leaves the page) never breaks in.
 *
 * Space is the call key and nothing else: it must not press the button that happens to have the focus, or a clerk who
 * means the next number would finish the ticket at the window.
 */
export function useKeys(run: (command: Command) => void, dialogOpen: () => boolean): void {
  const spare = ({ key, ctrlKey, target }: KeyboardEvent) =>
    (key === ' ' && (dialogOpen() || ownsSpace(target as Element | null))) ||
    (ctrlKey && writes(target as Element | null))

  useEventListener(document, 'keydown', (event) => {
    if (event.altKey || event.metaKey) return
    if (event.key === 'Enter' && event.repeat) event.preventDefault()
    const command = commandOfKey[nameOf(event)]
    if (!command || spare(event)) return
    event.preventDefault()
    if (!event.repeat && !dialogOpen()) run(command)
  })

  // Some browsers press a button when space is let go.
  useEventListener(document, 'keyup', (event) => {
    if (event.key === ' ' && !spare(event)) event.preventDefault()
  })
}

/** Whoever writes takes back letters, not calls. */
function writes(target: Element | null): boolean {
  return !!target?.closest('input, textarea, select')
}

/** A letter is the same with the capitals locked. */
function nameOf({ ctrlKey, shiftKey, key }: KeyboardEvent): string {
  return (ctrlKey ? 'Ctrl+' : '') + (shiftKey ? 'Shift+' : '') + (key.length === 1 ? key.toLowerCase() : key)
}

/** Small controls that were reached with Tab keep their space: the stepper, 人来了，排上, links. */
function ownsSpace(target: Element | null): boolean {
  return !!target?.closest('input, textarea, select, a, button:not([data-action])')
}
