/** Where a reload of the page finds the verification again: in this tab, for this server and this user alone. */
export interface StatusTokenKey {
  server: string
  /** Empty: nothing is kept, as nobody could say whose it is. */
  userId: string
}

export function readStatusToken(key: StatusTokenKey): string | null {
  return whereAllowed((storage) => key.userId && storage.getItem(nameKey(key))) || null
}

/** Null: nothing any more. */
export function keepStatusToken(key: StatusTokenKey, token: string | null): void {
  whereAllowed((storage) => {
    if (token === null) storage.removeItem(nameKey(key))
    else if (key.userId) storage.setItem(nameKey(key), token)
  })
}

/** In the browser's storage, and wherever else it keeps a token for us. */
export function nameKey({ server, userId }: StatusTokenKey): string {
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
