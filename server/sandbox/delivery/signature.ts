import { createHmac } from 'node:crypto'

/** `SEON-Signature`: HMAC-SHA256 over the raw body, as hex (docs.seon.io/api-reference/webhooks). */
export function signSeon(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}

/** SEON does not say which (docs.seon.io/api-reference/webhooks). */
export type DigestEncoding = 'hex' | 'base64'

/** `Digest` of the older webhooks: HMAC-SHA256 over the whole body, keyed with the account's licence key. */
export function signDigest(body: string, licenseKey: string, encoding: DigestEncoding): string {
  return `SHA-256=${createHmac('sha256', licenseKey).update(body).digest(encoding)}`
}
