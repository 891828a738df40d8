import { createHmac, type KeyObject, randomBytes, timingSafeEqual } from 'node:crypto'

/** Names a secret without telling it: for the record of which one verified a delivery. */
export function fingerprint(secret: string | KeyObject): string {
  return createHmac('sha256', secret).update('seon-verify secret id').digest('hex').slice(0, 12)
}

/** A secret that guards anything: neither blank nor a bare prefix left over from pasting. */
export function isUsableSecret(secret: string): boolean {
  const trimmed = secret.trim()
  return trimmed !== '' && trimmed !== 'whsec_'
}

// Of this process alone: nobody can look for two texts that hash alike.
const comparisonKey = randomBytes(32)

/** Compares secrets of any length in a time that tells neither their content nor where they differ. */
export function isSameSecret(a: string | Uint8Array, b: string | Uint8Array): boolean {
  return timingSafeEqual(
    createHmac('sha256', comparisonKey).update(a).digest(),
    createHmac('sha256', comparisonKey).update(b).digest(),
  )
}
