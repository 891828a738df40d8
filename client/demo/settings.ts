/** What a visitor of the demo has chosen; kept for this tab, so that a reload meets the same customer. */
export interface Settings {
  mode: string
  scheme: string
  /** An invented customer's number. */
  userId: string
}

const KEY = 'seon-verify-demo'

export function readSettings(): Settings {
  return writeSettings(parseSettings(sessionStorage.getItem(KEY)))
}

/** Without a user id there is a new customer. */
export function writeSettings(settings: Partial<Settings>): Settings {
  const complete = {
    mode: settings.mode ?? 'fullscreen',
    scheme: settings.scheme ?? 'auto',
    userId: settings.userId ?? createUserId(),
  }
  sessionStorage.setItem(KEY, JSON.stringify(complete))
  return complete
}

function parseSettings(text: string | null): Partial<Settings> {
  const value: unknown = JSON.parse(text ?? '{}')
  const read = (name: string): string | undefined => {
    const found: unknown = typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined
    return typeof found === 'string' ? found : undefined
  }
  const settings = { mode: read('mode'), scheme: read('scheme'), userId: read('userId') }
  return Object.fromEntries(Object.entries(settings).filter(([, found]) => found !== undefined))
}

function createUserId(): string {
  const number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0
  return `FH-${number.toString(36).toUpperCase().padStart(7, '0')}`
}
