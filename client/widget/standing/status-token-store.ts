/** Where a reload of the page finds the verification again: in this tab, for this server and this user alone. */
export interface StatusTokenKey {
  server: string
  /** Empty: nothing is kept, as nobody could say whose it is. */
  userId: string
}

export function readStatusToken(key: StatusTokenKey): string | null {
  return whereAllowed((storage) => key.userId && storage.getItem(toName(key))) || null
}

export function keepStatusToken(key: StatusTokenKey, token: string): void {
  whereAllowed((storage) => key.userId && storage.setItem(toName(key), token))
}

export function dropStatusToken(key: StatusTokenKey): void {
  whereAllowed((storage) => storage.removeItem(toName(key)))
}

function toName({ server, userId }: StatusTokenKey): string {
  return `seon-verify ${server} ${userId}`
}

/** A browser may forbid storage (sandboxed frame, site data blocked): then a reload starts afresh. */
function whereAllowed<T>(use: (storage: Storage) => T): T | undefined {
  try {
    return use(sessionStorage)
  } catch {
    return undefined
  }
}
