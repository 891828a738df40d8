import { createHmac, createSecretKey } from 'node:crypto'

/** What is hashed, so that equal values of different kinds never meet. */
export type HashPurpose = 'body' | 'message' | 'peer' | 'email' | 'start' | 'receipt-user' | 'link-code' | 'link-device'

/**
 * Hashes with this installation's own key: equal values can be found again, and a short or guessable value (a phone
 * number, an address) cannot be confirmed by whoever reads the store or the log without the key.
 */
export type KeyedHash = (purpose: HashPurpose, ...parts: readonly (string | Uint8Array)[]) => string

export function createKeyedHash(key: Uint8Array): KeyedHash {
  // Taken in once: from bare bytes Node makes it anew each time, which takes longer than the hash.
  const secret = createSecretKey(key)
  return (purpose, ...parts) => {
    const hmac = createHmac('sha256', secret)
    // Lengths go first so that no two lists of parts run together into the same bytes.
    for (const part of [purpose, ...parts]) hmac.update(`${Buffer.byteLength(part)}:`).update(part)
    return hmac.digest('hex')
  }
}
