import { createHmac } from 'node:crypto'

/** `SEON-Signature`: HMAC-SHA256 over the raw body, as hex (vendor-facts §2.1). */
export function signSeon(body: string, secret: string): string {
  return createHmac('sha256', secret).update(body).digest('hex')
}
