import type { Source } from './verification.ts'

export const OUTCOMES = ['accepted', 'duplicate', 'rejected', 'quarantined', 'dead', 'unrecognised'] as const
export type DeliveryOutcome = (typeof OUTCOMES)[number]

/**
 * Why a delivery was refused (`sig_…`, `bearer_bad`, `too_large`, `encoding`), could not be read or applied, or is worth a
 * second look (`rid_conflict`: its message id had come before with another body). A later server may know more.
 */
export const DELIVERY_REASONS = [
  'sig_missing',
  'sig_malformed',
  'sig_duplicate',
  'sig_mismatch',
  'bearer_bad',
  'too_large',
  'encoding',
  'rid_conflict',
  'no_body',
  'failed',
  'empty',
  'not_utf8',
  'not_json',
  'not_object',
  'too_deep',
  'too_many_keys',
  'no_event',
] as const
export type DeliveryReason = (typeof DELIVERY_REASONS)[number]

export interface Delivery {
  id: string
  source: Source
  receivedAt: string
  outcome: DeliveryOutcome
  /** A `DeliveryReason`. */
  reason?: string
  bytes: number
  event?: string
  verificationId?: string
  /** The first delivery of the same body. */
  duplicateOf?: string
}

export interface DeliveryPage {
  items: Delivery[]
  next: string | null
}

/** `GET /api/deliveries/:id` */
export interface DeliveryDetail extends Delivery {
  /** As text; null where nothing is kept of it, for viewers, and with `?body=0`. Reading it is recorded. */
  body: string | null
  /** Whether there is one to reveal. */
  hasBody: boolean
}

/**
 * `POST /api/deliveries/replay`: these deliveries (1,000 at most), or all received from `from` until before `to` (ISO
 * 8601). `outcome` is comma-separated as in the list's query. With `dryRun` nothing is changed, only told.
 */
export type ReplayRequest = { dryRun?: boolean } & (
  | { ids: string[] }
  | { from: string; to: string; source?: Source; outcome?: string }
)

/** Also of `POST /api/deliveries/:id/replay`. */
export interface ReplayResult {
  /** Deliveries that were asked for and are there. */
  matched: number
  /** Verifications that changed, or with `dryRun` would change. Batches are tried one by one, so for many it is an estimate. */
  changed: number
  /** Of `matched`, those with nothing to replay: body deleted by retention, a duplicate, or never verified. Absent when none. */
  skipped?: number
  /** Of `matched`, those that could not be processed again; they stay as they were. Absent when none. */
  failed?: number
}
