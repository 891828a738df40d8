import type { Environment } from '../protocol.ts'
import type { Receiver } from './receiver.ts'
import { parseCurrentEvent } from './seon/current-events.ts'
import { createSignatureVerifier, SEON_SIGNATURE } from './signature.ts'

export interface SeonReceiverOptions {
  /** SEON_WEBHOOK_SECRET: all are accepted, so that one can replace another. */
  secrets: readonly string[]
  environment: Environment
}

/** `POST /webhooks/seon`: SEON Orchestration and everything else its current webhook system sends. */
export function createSeonReceiver({ secrets, environment }: SeonReceiverOptions): Receiver {
  return {
    source: 'seon',
    path: '/webhooks/seon',
    verify: createSignatureVerifier([{ scheme: SEON_SIGNATURE, keys: secrets.map((key) => ({ key, environment })) }]),
    parse: parseCurrentEvent,
    accepted: { received: true },
    answersPing: true,
  }
}
