import type { Channel } from './channel.ts'
import { type DigestEncoding, signDigest, signSeon } from './signature.ts'

const MINUTE_MS = 60_000

/** After the immediate first try: 1 min, 5 min, 30 min, 2 h, 24 h (SDK readme 1.7). */
const RETRY_DELAYS_MS = [1, 5, 30, 120, 1440].map((minutes) => minutes * MINUTE_MS)

export interface SeonChannelOptions {
  /** `/webhooks/seon`, or `/webhooks/seon-idv` for accounts with an IDV endpoint of their own. */
  path: string
  /** SEON waits 30 s (SDK readme 1.7). */
  timeoutMs: number
  readSecret: () => string
  readLicenseKey: () => string
  readDigestEncoding: () => DigestEncoding
}

/** The current system ("Settings → System → Webhooks"): Orchestration and IDV (docs.seon.io/api-reference/webhooks). */
export function createSeonChannel(options: SeonChannelOptions): Channel {
  const { path, timeoutMs, readSecret, readLicenseKey, readDigestEncoding } = options
  return {
    path,
    retryDelaysMs: RETRY_DELAYS_MS,
    timeoutMs,
    headers({ body, requestId, signature = 'seon-signature' }) {
      const headers = {
        'content-type': 'application/json',
        'user-agent': 'seon/2.0.0',
        'request-id': requestId,
        'webhook-schema-version': 'v1',
      }
      if (signature === 'none') return headers
      return signature === 'digest'
        ? { ...headers, digest: signDigest(body, readLicenseKey(), readDigestEncoding()) }
        : { ...headers, 'seon-signature': signSeon(body, readSecret()) }
    },
    judge({ ok, status }) {
      if (ok) return 'delivered'
      return status >= 400 && status < 500 && status !== 429 ? 'give-up' : 'retry'
    },
  }
}
