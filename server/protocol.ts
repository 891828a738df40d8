// The wire contract between server, element and dashboard: HTTP bodies, Socket.IO event maps, the status list.
// No imports on purpose, so that both sides and other projects can read it as it is.

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

/** `POST /api/init-verification`; also every field of SEON's input table, camelCase or snake_case. */
export interface InitRequest {
  userId: string
  email?: string
  phoneNumber?: string
  /** A name listed in WORKFLOWS. */
  workflow?: string
  [field: string]: unknown
}

export interface InitResponse {
  /** SEON's session token, for the SDK. */
  token: string
  /** Sees this one verification for 30 days. */
  statusToken: string
  /** Only in the sandbox: what the SDK must talk to instead of SEON. */
  sandboxUrl?: string
}

export const HINTS = ['opened', 'started', 'completed', 'cancelled', 'error', 'closed'] as const
export type Hint = (typeof HINTS)[number]

/** `POST /api/progress`: what the browser says; never more than a hint. */
export interface ProgressRequest {
  event: Hint
  /** The SDK's completion word or error code. */
  detail?: string
}

/** `GET /api/status` and the `/visitor` event `status`. */
export interface StatusMessage {
  status: Status
  revision: number
}

/**
 * What is posted to STATUS_WEBHOOK_URL on every change of status, as JSON under Standard Webhooks' headers `webhook-id`,
 * `webhook-timestamp` and `webhook-signature` (`v1`). A message may come more than once, always under the same
 * `webhook-id`; of one verification they come in the order of `revision`. Any 2xx within 15 s is a receipt.
 */
export interface StatusChanged {
  type: 'verification.status_changed'
  /** When the status changed, not when this was sent. */
  timestamp: string
  data: Pick<
    Verification,
    'id' | 'vendor' | 'vendorId' | 'userId' | 'workflow' | 'status' | 'decidedAt' | 'revision' | 'environment'
  > & {
    /** Null on the first message of a verification. */
    previousStatus: Status | null
  }
}

/** `GET /api/verifications` */
export interface VerificationPage {
  items: Verification[]
  /** Opaque; absent on the last page as null. */
  next: string | null
}

export const OUTCOMES = ['accepted', 'duplicate', 'rejected', 'quarantined', 'dead', 'unrecognised'] as const
export type DeliveryOutcome = (typeof OUTCOMES)[number]

export interface Delivery {
  id: string
  source: Source
  receivedAt: string
  outcome: DeliveryOutcome
  /** A stable code, e.g. `sig_mismatch`, `unreadable`. */
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
  /** As text; null where nothing is kept of it. */
  body: string | null
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

/** `GET /api/session`: who is signed in to the dashboard and on what kind of server. */
export interface SessionInfo {
  operator: string
  role: 'admin' | 'viewer'
  environment: Environment
  /** Stable codes of settings an operator should know of, e.g. `unsigned_users`. */
  warnings: string[]
}

export interface ErrorBody {
  error: ErrorCode
  message?: string
  /** Field name as sent → stable code. */
  fields?: Record<string, string>
  /** With `vendor_rejected`: SEON's own code. */
  vendorCode?: string
}

export const ERROR_CODES = [
  'invalid',
  'too_deep',
  'too_large',
  'unsupported_type',
  'unsupported_encoding',
  'method_not_allowed',
  'origin_forbidden',
  'origin_required',
  'user_token_invalid',
  'user_token_used',
  'rate_limited',
  'vendor_rejected',
  'vendor_configuration',
  'upstream_bad',
  'upstream_timeout',
  'upstream_busy',
  'unauthorized',
  'forbidden',
  'not_found',
  'not_configured',
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** Verifications by status, zeros included, and how many are overdue. */
export type Counts = Record<Status | 'overdue', number>

export interface Snapshot {
  revision: number
  /** The newest 200. */
  verifications: Verification[]
  counts: Counts
}

/** Apply if `from` is the revision you hold; else emit `resync`. */
export interface Changes {
  from: number
  to: number
  verifications: Verification[]
  counts: Counts
  /** Ids of verifications that are no more: a session of its own that turned out to be part of a run. Absent when none. */
  removed?: string[]
}

/** Namespace `/dashboard`, handshake `auth: {token?, since?}` or the session cookie. */
export interface DashboardServerToClientEvents {
  snapshot: (snapshot: Snapshot) => void
  changes: (changes: Changes) => void
}
export interface DashboardClientToServerEvents {
  /** Answered like a handshake: `changes` since that revision, or a `snapshot`. */
  resync: (request: { since?: number }) => void
}

/** Namespace `/visitor`, handshake `auth: {token: statusToken}`. */
export interface VisitorServerToClientEvents {
  status: (message: StatusMessage) => void
}
export type VisitorClientToServerEvents = Record<never, never>
