import type { Channel } from './channel.ts'
import { signSeon } from './seon-signature.ts'

const MINUTE_MS = 60_000

/** After the immediate first try: 1 min, 5 min, 30 min, 2 h, 24 h (SDK readme; vendor-facts §2.6). */
export const SEON_RETRY_DELAYS_MS = [1, 5, 30, 120, 1440].map((minutes) => minutes * MINUTE_MS)

/** SDK readme (vendor-facts §2.6). */
const SEON_TIMEOUT_MS = 30_000

/** The current system ("Settings → System → Webhooks"): Orchestration and IDV (vendor-facts §2.1). */
export function createSeonChannel(readSecret: () => string, timeoutMs = SEON_TIMEOUT_MS): Channel {
  return {
    path: '/webhooks/seon',
    retryDelaysMs: SEON_RETRY_DELAYS_MS,
    timeoutMs,
    headers: ({ body, requestId, signed = true }) => ({
      'content-type': 'application/json',
      'user-agent': 'seon/2.0.0',
      'request-id': requestId,
      'webhook-schema-version': 'v1',
      ...(signed ? { 'seon-signature': signSeon(body, readSecret()) } : {}),
    }),
    judge({ ok, status }) {
      if (ok) return 'delivered'
      return status >= 400 && status < 500 && status !== 429 ? 'give-up' : 'retry'
    },
  }
}
