import { readPreferences } from '../settings/preferences.ts'

/** Whether a key pressed anywhere may act as a shortcut: not while somebody writes, with a modifier, over a dialog, or switched off. */
export function isShortcut(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
  const isTyped = event.key.length === 1
  const path = event.composedPath()
  const isTaken = path.some(
    (each) =>
      (each instanceof HTMLElement && each.matches('input:not([type=checkbox]), textarea, select, [popover]')) ||
      (each instanceof HTMLDialogElement && each.matches(':modal')),
  )
  return !isTaken && (!isTyped || readPreferences().keys)
}
