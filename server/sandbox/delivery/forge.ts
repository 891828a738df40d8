import type { Channel, Webhook } from './channel.ts'

/** What proves a delivery: SEON's two signatures, and Incode's bearer token. */
const PROOFS: ReadonlySet<string> = new Set(['seon-signature', 'digest', 'authorization'])

/** The headers of one try; those of a forged webhook are what somebody without the secret could send. */
export async function readHeaders(channel: Channel, webhook: Webhook): Promise<Record<string, string>> {
  const headers = await channel.headers(webhook)
  if (webhook.forged === undefined) return headers
  if (webhook.forged === 'missing') {
    return Object.fromEntries(Object.entries(headers).filter(([name]) => !PROOFS.has(name)))
  }
  // Of another body: as long and as well formed as the right one.
  const others = await channel.headers({ ...webhook, body: `${webhook.body} ` })
  return 'authorization' in others ? { ...others, authorization: 'Bearer forged' } : others
}
