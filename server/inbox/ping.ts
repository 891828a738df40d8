import type { Request } from 'express'

/** The documented ping has 60 bytes; more than this is something else. */
const MAX_PING_BYTES = 1024

/**
 * SEON's check of a webhook's address: `{"event": "ping", "message"?: string}`, unsigned, and SEON saves the webhook
 * only if it gets a 200 (docs.seon.io/api-reference/webhooks). It has no effect here, so anybody may send it.
 */
export function isPing(request: Request, body: Uint8Array): boolean {
  if (request.get('seon-signature') !== undefined || request.get('digest') !== undefined) return false
  if (body.byteLength === 0 || body.byteLength > MAX_PING_BYTES) return false
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return false
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return false
  const { event, message, ...rest } = Object.fromEntries(Object.entries(parsed))
  return event === 'ping' && (message === undefined || typeof message === 'string') && Object.keys(rest).length === 0
}
