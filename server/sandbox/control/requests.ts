import { z } from 'zod'
import { FORGERIES } from '../delivery/channel.ts'
import { FAULT_PLACES, FAULTS } from '../faults.ts'
import { ENDS } from '../flow/ends.ts'
import { SCORES } from '../incode/interviews.ts'
import { RUN_STATUSES } from '../runs.ts'

// What the control API takes; anything else is answered 400.

/** More than anybody watches; a flood is what the chaos dial is for. */
const MOST_COPIES = 100

/** A month: more than any vendor's schedule. */
const LONGEST_MS = 30 * 24 * 3_600_000

export const SettingsRequest = z.strictObject({
  deviceHash: z.boolean().optional(),
  webhookDelayMs: z.number().int().min(0).max(LONGEST_MS).optional(),
  webhookFirst: z.boolean().optional(),
  digestEncoding: z.enum(['hex', 'base64']).optional(),
})
export const FaultRequest = z.strictObject({
  place: z.enum(FAULT_PLACES),
  fault: z.enum(FAULTS).nullable(),
  times: z.number().int().min(1).optional(),
})
const share = z.number().min(0).max(1).exactOptional()
const lasting = z.number().int().min(0).max(LONGEST_MS).exactOptional()
export const ChaosRequest = z.strictObject({
  seed: z.number().int().exactOptional(),
  duplicate: share,
  reorder: share,
  reorderMs: lasting,
  delay: share,
  delayMs: lasting,
  drop: share,
  corrupt: share,
  revoke: share,
  revokeAfterMs: lasting,
  outageMs: lasting,
})
const secret = z.string().min(1).exactOptional()
export const SecretsRequest = z.strictObject({ seon: secret, fraudLicenseKey: secret, incodeClientSecret: secret })
export const ClockRequest = z.union([
  z.strictObject({ advanceMs: z.number().int().min(0).max(LONGEST_MS) }),
  z.strictObject({ reset: z.literal(true) }),
])
export const OverrideRequest = z.strictObject({ status: z.enum(RUN_STATUSES) })
export const EndRequest = z.strictObject({ end: z.enum(ENDS) })
export const TriggerRequest = z.strictObject({
  event: z.string(),
  status: z.string().exactOptional(),
  userId: z.string().exactOptional(),
  executionId: z.string().exactOptional(),
  interviewId: z.string().exactOptional(),
  count: z.number().int().min(1).max(10_000).exactOptional(),
  score: z.enum(SCORES).exactOptional(),
  source: z.enum(['seon', 'seon-idv']).exactOptional(),
  forged: z.enum(FORGERIES).exactOptional(),
  copies: z.number().int().min(1).max(MOST_COPIES).exactOptional(),
  holdMs: lasting,
})

/** `?limit=` of the lists: what a screen shows, or all. */
export const ListRequest = z.object({ limit: z.coerce.number().int().min(1).default(Infinity) })
