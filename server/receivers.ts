import type { IncodeTokens } from './auth/incode-token.ts'
import type { Config } from './config/config.ts'
import type { Secrets } from './config/secrets.ts'
import type { Source } from './protocol.ts'
import { createIncodeReceiver } from './vendors/incode.ts'
import type { Receiver } from './vendors/receiver.ts'
import { createSeonReceiver } from './vendors/seon.ts'
import { createSeonFraudReceiver } from './vendors/seon-fraud.ts'
import { createSeonIdvReceiver } from './vendors/seon-idv.ts'

/** The webhook systems that this server listens to. */
export function createReceivers(deps: {
  config: Config
  secrets: Secrets
  incodeTokens: IncodeTokens | null
}): Receiver[] {
  const { environment, incode } = deps.config
  const { webhookSecrets: secrets, licenseKeys } = deps.secrets
  return [
    createSeonReceiver({ secrets, environment }),
    createSeonIdvReceiver({ secrets, licenseKeys, environment }),
    createSeonFraudReceiver({ licenseKeys }),
    createIncodeReceiver({
      environment,
      tokens: deps.incodeTokens,
      header: incode.header,
      confirms: incode.api !== null,
    }),
  ]
}

export function indexBySource(receivers: readonly Receiver[]): Partial<Record<Source, Receiver>> {
  return Object.fromEntries(receivers.map((receiver) => [receiver.source, receiver]))
}
