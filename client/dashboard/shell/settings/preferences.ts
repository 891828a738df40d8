export interface Preferences {
  theme: 'system' | 'light' | 'dark'
  density: 'normal' | 'compact'
  /** Single-key shortcuts; people who dictate or whose keys slip switch them off (WCAG 2.1.4). */
  keys: boolean
}

const PLACE = 'seon-verify-dashboard'

/** What this browser remembers; anything unreadable counts as never chosen. */
export function readPreferences(): Preferences {
  const kept = readKept()
  return {
    theme: kept['theme'] === 'light' || kept['theme'] === 'dark' ? kept['theme'] : 'system',
    density: kept['density'] === 'compact' ? 'compact' : 'normal',
    keys: kept['keys'] !== false,
  }
}

/** Remembers the choice, shows it at once, and tells of it with `sv-preferences` on the window. */
export function applyPreferences(preferences: Preferences): void {
  const { dataset } = document.documentElement
  dataset['theme'] = preferences.theme
  dataset['density'] = preferences.density
  try {
    localStorage.setItem(PLACE, JSON.stringify(preferences))
  } catch {
    // Storage may be switched off; the choice then lasts as long as the page.
  }
  dispatchEvent(new Event('sv-preferences'))
}

function readKept(): Record<string, unknown> {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '{}')
    return typeof kept === 'object' && kept !== null ? { ...kept } : {}
  } catch {
    return {}
  }
}
