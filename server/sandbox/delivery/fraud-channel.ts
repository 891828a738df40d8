import type { Channel } from './channel.ts'
import { type DigestEncoding, signDigest } from './signature.ts'

export interface FraudChannelOptions {
  timeoutMs: number
  readLicenseKey: () => string
  readDigestEncoding: () => DigestEncoding
}

/** The older system: Fraud, AML and lists, signed with the licence key and never sent again (docs.seon.io/api-reference/webhooks). */
export function createFraudChannel({ timeoutMs, readLicenseKey, readDigestEncoding }: FraudChannelOptions): Channel {
  return {
    path: '/webhooks/seon-fraud',
    retryDelaysMs: [],
    timeoutMs,
    headers: ({ body }) => ({
      'content-type': 'application/json',
      digest: signDigest(body, readLicenseKey(), readDigestEncoding()),
    }),
    judge: ({ ok }) => (ok ? 'delivered' : 'give-up'),
  }
}
