const KEY = 'seon-verify-device'
const BYTES = 16

/** 22 characters by which the server knows this browser again, so that the link serves one device. */
export function readDevice(): string {
  const kept = whereAllowed(() => localStorage.getItem(KEY))
  if (kept && /^[\w-]{22}$/.test(kept)) return kept
  const made = toBase64Url(crypto.getRandomValues(new Uint8Array(BYTES)))
  whereAllowed(() => localStorage.setItem(KEY, made))
  return made
}

function toBase64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

/** A browser may forbid storage: then a reload is another device. */
function whereAllowed<T>(use: () => T): T | undefined {
  try {
    return use()
  } catch {
    return undefined
  }
}
