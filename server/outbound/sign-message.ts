import { createHmac } from 'node:crypto'

/** The headers by which a receiver tells a message of ours; names and form are Standard Webhooks'. */
export interface SignedHeaders {
  'webhook-id': string
  /** Of this try, seconds since 1970. */
  'webhook-timestamp': string
  /** `v1,<base64>` for each secret, separated by spaces, so that a receiver may hold either of two while they change. */
  'webhook-signature': string
}

/**
 * Signs as Standard Webhooks says (spec/standard-webhooks.md, "Signature scheme"): HMAC-SHA256 over
 * `id.timestamp.body`, the body byte for byte as it is sent.
 * @param secrets base64, with or without `whsec_`
 * @returns takes `id`, which holds no full stop, the time of the try in epoch ms, and the body
 */
export function createSignMessage(
  secrets: readonly string[],
): (id: string, attemptedAt: number, body: Uint8Array) => SignedHeaders {
  const keys = secrets.map((secret) => Buffer.from(secret.replace(/^whsec_/, ''), 'base64'))
  return (id, attemptedAt, body) => {
    const timestamp = String(Math.floor(attemptedAt / 1000))
    const signatures = keys.map((key) => {
      const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
      return `v1,${digest}`
    })
    return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures.join(' ') }
  }
}
