/** Every status a verification can have, in rank order (see server/verification/status.ts). */
export const STATUSES = [
  'created',
  'started',
  'processing',
  'cancelled',
  'submitted',
  'finished',
  'review',
  'approved',
  'declined',
  'expired',
  'abandoned',
  'error',
] as const
export type Status = (typeof STATUSES)[number]

/** What counts as a word on the person; a later run that came to nothing does not take an approval away. */
export const VERDICTS: readonly Status[] = ['approved', 'review', 'declined']

/** Statuses that only a vendor can bring about and after which nothing more is awaited from it. */
export const DECIDED_STATUSES = ['review', 'approved', 'declined', 'expired', 'abandoned', 'error'] as const
export type DecidedStatus = (typeof DECIDED_STATUSES)[number]

/** The webhook systems we receive from; one door each. */
export const SOURCES = ['seon', 'seon-idv', 'seon-fraud', 'incode'] as const
export type Source = (typeof SOURCES)[number]

/** Who a verification belongs to. SEON Fraud never makes one. */
export const VENDORS = ['seon', 'seon-idv', 'incode'] as const
export type Vendor = (typeof VENDORS)[number]

export type Environment = 'sandbox' | 'live'

/** Times are ISO 8601 in UTC. `revision` is global: the last change that touched this verification. */
export interface Verification {
  id: string
  vendor: Vendor
  /** Execution id (SEON), session id (SEON IDV) or interview id (Incode). */
  vendorId: string
  userId: string | null
  workflow: string | null
  status: Status
  /** When the vendor decided; null while undecided and in `review`. */
  decidedAt: string | null
  createdAt: string
  updatedAt: string
  revision: number
  environment: Environment
  /** A decision is later than this workflow's usual lag. */
  overdue: boolean
}

/** What a timeline entry is: our own start, a browser's hint, a vendor's fact, or a fact we cannot read. */
export type EntryKind = 'init' | 'hint' | 'report' | 'unrecognised'

export interface TimelineEntry {
  at: string
  /** `page` is the visitor's browser, `server` this server. */
  source: Source | 'page' | 'server'
  kind: EntryKind
  /** What it says of this verification; a session's or transaction's own, within a run, is in `detail`. */
  status?: Status
  /** The vendor's event name, or the hint's. */
  event?: string
  deliveryId?: string
  /** A vendor's word or code that explains the entry (never personal data). */
  detail?: string
}

/** One check that a vendor made, as `group` and `name` in our words with the vendor's result normalised. */
export interface Check {
  group: 'document' | 'selfie' | 'liveness' | 'face_match' | 'address' | 'data' | 'duplicates' | 'aml'
  /** `overall` or the vendor's field name without its `CheckResult` suffix. */
  name: string
  result: 'pass' | 'review' | 'fail' | 'not_performed' | 'unknown'
  deliveryId?: string
}

export interface VerificationDetail extends Verification {
  timeline: TimelineEntry[]
  checks: Check[]
  /** Stable codes of what deserves a second look, e.g. `contradiction`. */
  flags: string[]
  /** For each field that a report decided, the report's delivery (or `init`, `hint`). */
  provenance: Record<string, string>
}
