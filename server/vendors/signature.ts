import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto'
import { fingerprint, isUsableSecret } from '../auth/secrets.ts'
import type { Environment } from '../protocol.ts'
import type { RawDelivery, Verdict } from './receiver.ts'

/** How a vendor writes an HMAC-SHA256 into a header. */
export interface SignatureScheme {
  /** Lower case. */
  header: string
  /** The 32 bytes the header claims, or null where it does not follow the grammar. */
  read(value: string): Buffer | null
}

/** A shared secret and whose deliveries it signs. */
export interface SigningKey {
  key: string
  environment: Environment
}

/** A scheme with the keys that may be used in it; several keys while one replaces another. */
export interface SigningWay {
  scheme: SignatureScheme
  keys: readonly SigningKey[]
}

// Buffer.from(…, 'hex') stops silently at the first odd character: the grammar is matched before decoding.
const HEX_SHA256 = /^[0-9a-fA-F]{64}$/
const BASE64_SHA256 = /^[A-Za-z0-9+/]{43}=$/

function readHex(value: string): Buffer | null {
  return HEX_SHA256.test(value) ? Buffer.from(value, 'hex') : null
}

function readBase64(value: string): Buffer | null {
  const bytes = BASE64_SHA256.test(value) ? Buffer.from(value, 'base64') : null
  // The last character carries two bits that decoding ignores: one signature must have one spelling.
  return bytes?.toString('base64') === value ? bytes : null
}

/** `SEON-Signature: <hex>` of SEON's current webhooks (SDK readme 1.7). */
export const SEON_SIGNATURE: SignatureScheme = { header: 'seon-signature', read: readHex }

const DIGEST_PREFIX = 'SHA-256='

/** `Digest: SHA-256=<hash>` of SEON's older webhooks. Their page does not say whether hex or base64: both are taken. */
export const DIGEST: SignatureScheme = {
  header: 'digest',
  read(value) {
    if (!value.startsWith(DIGEST_PREFIX)) return null
    const hash = value.slice(DIGEST_PREFIX.length)
    return readHex(hash) ?? readBase64(hash)
  },
}

/** HMAC-SHA256 of a body as it goes over the wire. */
export function sign(body: Uint8Array | string, secret: string | KeyObject): Buffer {
  return createHmac('sha256', secret).update(body).digest()
}

/** Every value of a header as sent: Node joins or drops repeated ones elsewhere. `name` is lower case. */
export function headerValues(rawHeaders: readonly string[], name: string): string[] {
  return rawHeaders.filter((_, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === name)
}

const NOTHING_CLAIMED = Buffer.alloc(32)

/**
 * Builds the check of a signed door. Exactly one signature header, of whatever scheme, must be there. All keys are tried
 * on every delivery, so that time says nothing about what was wrong.
 */
export function createSignatureVerifier(ways: readonly SigningWay[]): (delivery: RawDelivery) => Verdict {
  const tries = ways.flatMap(({ scheme, keys }) =>
    keys
      .filter(({ key }) => isUsableSecret(key))
      .map(({ key, environment }) => ({
        scheme,
        key: createSecretKey(Buffer.from(key)),
        verdict: { ok: true, environment, secretId: fingerprint(key) } as const,
      })),
  )
  return ({ body, rawHeaders }) => {
    const presented = ways.flatMap(({ scheme }) =>
      headerValues(rawHeaders, scheme.header).map((value) => ({ scheme, claimed: scheme.read(value) })),
    )
    const [only] = presented
    const matches = tries.filter(
      ({ scheme, key }) =>
        timingSafeEqual(sign(body, key), only?.claimed ?? NOTHING_CLAIMED) && scheme === only?.scheme,
    )
    if (tries.length === 0) return { ok: false, outcome: 'not_configured' }
    if (only === undefined) return { ok: false, outcome: 'rejected', reason: 'sig_missing' }
    if (presented.length > 1) return { ok: false, outcome: 'rejected', reason: 'sig_duplicate' }
    if (only.claimed === null) return { ok: false, outcome: 'rejected', reason: 'sig_malformed' }
    return matches[0]?.verdict ?? { ok: false, outcome: 'quarantined', reason: 'sig_mismatch' }
  }
}
