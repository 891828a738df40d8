import type { DigestEncoding } from './delivery/signature.ts'

/** What `POST /control/settings` changes while the sandbox runs. */
export interface SandboxSettings {
  /** The hosted page asks the SDK for a device hash. Off by default: the SDK's agent calls hosts of SEON for it. */
  deviceHash: boolean
  /** From the end of a flow to its last webhook, ms; the earlier ones of that run are spread over it. Default 1500. */
  webhookDelayMs: number
  /** The page says `completed` only after the run's webhooks have been tried once. Default false. */
  webhookFirst: boolean
  /** How the older webhooks write their `Digest`; SEON does not say. Default hex. */
  digestEncoding: DigestEncoding
}

/** Long enough to see `submitted` on a dashboard, short enough not to wait for it. */
const WEBHOOK_DELAY_MS = 1500

export function createSettings(deviceHash: boolean): SandboxSettings {
  return { deviceHash, webhookDelayMs: WEBHOOK_DELAY_MS, webhookFirst: false, digestEncoding: 'hex' }
}
