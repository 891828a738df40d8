import type { Environment } from '../protocol.ts'
import type { Receiver } from './receiver.ts'
import { parseCurrentEvent } from './seon/current-events.ts'
import { createSignatureVerifier, DIGEST, SEON_SIGNATURE, type SigningKey } from './signature.ts'

export interface SeonIdvReceiverOptions {
  /** SEON_WEBHOOK_SECRET: all are accepted, in either header. */
  secrets: readonly string[]
  /** SEON_LICENSE_KEY, for accounts whose IDV endpoint still signs with `Digest`. */
  licenseKeys: readonly SigningKey[]
  environment: Environment
}

/**
 * `POST /webhooks/seon-idv`: for accounts with an IDV endpoint of their own. Its guide says "a signature in the header"
 * and not which: exactly one of `SEON-Signature` and `Digest` must be there.
 */
export function createSeonIdvReceiver({ secrets, licenseKeys, environment }: SeonIdvReceiverOptions): Receiver {
  const keys = secrets.map((key) => ({ key, environment }))
  return {
    source: 'seon-idv',
    path: '/webhooks/seon-idv',
    verify: createSignatureVerifier([
      { scheme: SEON_SIGNATURE, keys },
      { scheme: DIGEST, keys: [...keys, ...licenseKeys] },
    ]),
    parse: parseCurrentEvent,
    accepted: { received: true },
    answersPing: true,
  }
}
