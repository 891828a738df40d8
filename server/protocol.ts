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
  /** Only with a hosted link's `statusToken`, and only until the link was used; `status` is then `created`, `revision` 0. */
  link?: LinkState
}

/** `waiting` to be opened and started; `expired` after 24 hours unused; `replaced` by a newer link for the same user. */
export type LinkState = 'waiting' | 'expired' | 'replaced'

/**
 * `POST /api/resume`, bearer user token (it is not used up): where that user stands, asked before Start is offered. In
 * the sandbox without USER_TOKEN_SECRET, `userId` says who. Live with unsigned users it always answers
 * `{mayStart: true, found: null}`: whoever names a user must not learn from it whether that user was ever verified.
 */
export interface ResumeRequest {
  /** Only in the sandbox, without a user token. */
  userId?: string
  /** A name listed in WORKFLOWS; a user token's wins. Approved in one workflow is not approved in another. */
  workflow?: string
}

export interface ResumeResponse {
  /** What RESTART says: false means that a start would be refused with 409 `already_approved` or `already_submitted`. */
  mayStart: boolean
  /** The verification because of which none may be started, else the user's newest in that workflow; null: there is none. */
  found: (StatusMessage & { statusToken: string }) | null
  /** With a `LinkBearer`: the origin of the page that made the link, where it was a page. */
  site?: string
}

/**
 * `POST /api/receipts`, bearer status token, from a page (403 `origin_required` without `Origin`): a receipt for that
 * page's form, bound to the verification, its user and the page's origin, good for one redemption within 10 minutes.
 * Ask again (for a new one) shortly before `expiresAt`. 409 `not_approved` with `status` unless it stands approved now.
 */
export interface ReceiptRequest {
  /** From our own embed page only: the origin of the page around it, which must be one of ALLOWED_ORIGINS. */
  forOrigin?: string
}

export interface ReceiptResponse {
  /** Opaque, at most 1,000 characters. The element's value: the form field that the site's back end redeems. */
  receipt: string
  /** ISO 8601 */
  expiresAt: string
}

/**
 * `POST /api/receipts/redeem`, by a back end with API_TOKEN or ADMIN_TOKEN. Give both, whom the form is for and where it
 * was: what is not given is not compared. Refusals leave the receipt as it was: 400 `receipt_invalid` (forged, edited,
 * not a receipt), 410 `receipt_expired`, 409 `receipt_used`, 403 `receipt_mismatch` (`fields` says which), 409
 * `receipt_revoked` with `status` (it stood approved when the receipt was made, and no longer does).
 */
export interface RedeemRequest {
  receipt: string
  userId?: string
  /** `https://www.example.com` */
  origin?: string
}

export interface RedeemResponse {
  /** As it stands now: always `approved`. */
  verification: Verification
  /** Where the receipt was made. */
  origin: string
}

/**
 * `POST /api/links`: body, headers, limits and errors as with `POST /api/init-verification`. Nothing is started (or paid)
 * until the visitor opens `url` and begins. A user's newer link replaces older ones that were not started. A user token
 * goes over to the link: it starts nothing else any more (401 `user_token_used`), and a retry replaces the link.
 */
export interface LinkResponse {
  /** Our own page, `<PUBLIC_URL>/verify/<code>`: for one person, started on one device. `?language=de` may be added. */
  url: string
  /** Follows what is started by the link, as an ordinary status token does; until then `StatusMessage.link` says how it waits. */
  statusToken: string
  /** 24 hours from now, ISO 8601. */
  expiresAt: string
}

/**
 * What the hosted page sends as bearer to init and resume in place of a user token: `link.<code>.<device>`, where
 * `device` is 22 characters that this browser made once. 404 `link_invalid`, 410 `link_expired`, 409 `link_used` (by
 * another device, or done).
 */
export type LinkBearer = `link.${string}.${string}`

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

/** What a list of verifications can be sorted by. */
export const SORTS = ['createdAt', 'updatedAt', 'decidedAt'] as const
export type Sort = (typeof SORTS)[number]

/**
 * Which verifications, in which order. As `GET /api/verifications?…` (`status` comma-separated, `overdue` 1 or 0, no
 * `email`, no `ids`) or as the JSON body of `POST /api/verifications/search`; both answer `VerificationPage`. What names a
 * person (`q`, `email`, `userId`) belongs into the body: addresses end up in logs.
 */
export interface VerificationSearch {
  status?: Status[]
  vendor?: Vendor
  /** The vendor's workflow id, as `Verification.workflow`. */
  workflow?: string
  environment?: Environment
  overdue?: boolean
  userId?: string
  /** The whole of a user's, a vendor's or our own id; in the body also the whole of an e-mail address. */
  q?: string
  /** The whole address that the start named, in any case. Kept as a keyed hash only: no answer says which it was. */
  email?: string
  /** ISO 8601: bounds of the time that is sorted by; `from` included, `to` not. */
  from?: string
  to?: string
  /**
   * Only of these, at most 200: how a list that is kept current asks which of the changed ones it would show, where that
   * cannot be seen from the rows themselves. All of them come on one page if `limit` is 200.
   */
  ids?: string[]
  /** `createdAt` by default. By `decidedAt` only those are listed that have one. Equal times go by id. */
  sort?: Sort
  /** `desc` by default: newest first. */
  order?: 'asc' | 'desc'
  /** `next` of the page before; everything else must be asked as it was then. */
  cursor?: string
  /** 1–200, 50 by default. */
  limit?: number
}

/** `GET /api/verifications`, `POST /api/verifications/search` */
export interface VerificationPage {
  items: Verification[]
  /** Opaque; absent on the last page as null. */
  next: string | null
}

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

/** Half of the values are at most `medianMs`, 95 % at most `p95Ms`; both within 5 %, as they come from histograms. */
export interface Spread {
  medianMs: number
  p95Ms: number
  /** How many values. */
  count: number
}

/** The figures that are also given for the period before. */
export interface MainFigures {
  /** ISO 8601, rounded outward to whole buckets; `to` is not included. */
  from: string
  to: string
  /** Verifications created in the period, by where they stand now. */
  counts: Record<Status, number>
  /** Of those, the ones whose decision is late now. */
  overdue: number
  /** Verdicts in the period that still stand, whenever their verification was created. */
  decided: { approved: number; review: number; declined: number }
  /** Approved among approved and declined, 0–1; null without either. */
  approvalRate: number | null
  /** From creation to approval or decline, of those decided in the period; null without any. */
  timeToDecision: Spread | null
  /** Of those created in the period, how many came at least so far. `decided`: approved, in review or declined. */
  funnel: { created: number; started: number; submitted: number; decided: number }
}

/**
 * `GET /api/statistics?from=&to=&workflow=&vendor=&environment=`, operators. `from` and `to` in ISO 8601, 400 days apart at
 * most; by default the last 7 days until now. `environment` is the server's own by default, `workflow` a vendor's id.
 */
export interface Statistics extends MainFigures {
  /** 3,600,000 in periods of up to 8 days, 86,400,000 (days of UTC) of up to 100 days, else 604,800,000 (from Mondays). */
  bucketMs: number
  /** By bucket (`at` is its beginning), without gaps: the verdicts that `decided` sums up. */
  decisions: { at: string; approved: number; review: number; declined: number }[]
  /**
   * Of those created in the period, who came to nothing so far, each once. Who is at it right now is still among
   * `beforeStart` or `inFlow`.
   */
  gaveUp: { beforeStart: number; inFlow: number; cancelled: number; abandoned: number; expired: number }
  /**
   * The last that was heard of the same people before they left, most frequent first: `init` (nothing was), a `Hint`, one of
   * the SDK's codes `error_code_1` to `error_code_9`, or the name of a vendor's event.
   */
  gaveUpAt: { step: string; count: number }[]
  /**
   * From the time that a webhook says of itself to its arrival here, by arrival in the period; sources that give no time are
   * absent. Of all webhooks of the environment, whatever `workflow` and `vendor` are.
   */
  webhookLag: ({ source: Source } & Spread)[]
  /** The period of the same length just before. */
  previous: MainFigures
  /** Everything there is to choose from in this environment, whatever the period. */
  workflows: string[]
  vendors: Vendor[]
}

/** `GET /api/session/ways`, for everybody: how operators sign in here. */
export interface SignInWays {
  /** The OpenID provider's host, where there is one: `GET /api/session/oidc` leads to it. */
  provider: string | null
}

/** Why `/dashboard?sign-in=<word>` shows the form again: after the OpenID provider, or (`link_used`) after a sandbox's sign-in link. */
export const SIGN_IN_FAILURES = ['cancelled', 'expired', 'failed', 'link_used', 'refused', 'unreachable'] as const
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number]

/** `DELETE /api/session`, where the OpenID provider has a session of its own to end; else 204. */
export interface SignedOut {
  /** Where to go to be signed out there, too; it leads back to the dashboard. */
  signOutUrl: string
}

/** `GET /api/session`: who is signed in to the dashboard and on what kind of server. */
export interface SessionInfo {
  operator: string
  /**
   * With a session, ids that name a person come masked (as `n•••@e•••`); admins ask for one by `POST /api/reveals`. To viewers
   * that, bodies, and whatever changes anything are 403.
   */
  role: 'admin' | 'viewer'
  environment: Environment
  /** Stable codes of settings an operator should know of, e.g. `unsigned_users`. */
  warnings: string[]
  /** SEON_PANEL_URL: where SEON's panel shows a run, `{executionId}` to be replaced by a run's id. Absent: not known. */
  seonPanelUrl?: string
  /** WORKFLOWS by name; the one of WORKFLOW_ID has none of its own. */
  workflows: { id: string; name: string | null }[]
}

export const EXPORT_FORMATS = ['csv', 'ndjson'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/**
 * `POST /api/exports/verifications`, admins: every verification that `POST /api/verifications/search` would find with the
 * same fields, in the same order, as a file. Streamed; `X-Total-Count` says how many there are, where that is known. It is
 * recorded before it begins. A file that breaks off ends without its last chunk, so that whoever reads it notices. What
 * changes while it is written may be in it as it was before or after; in an order by `updatedAt` it may be missing.
 *
 * - `csv`: RFC 4180 in UTF-8, with a byte order mark, without which Excel takes it for another encoding; a header with the
 *   fields of `Verification`, `overdue` as `true` or `false`, nothing for null. Text that a spreadsheet would take for a
 *   formula has a `'` before it.
 * - `ndjson`: a `Verification` a line, without a mark and with nothing put before anything.
 */
export interface ExportRequest extends Omit<VerificationSearch, 'cursor' | 'limit' | 'ids'> {
  format: ExportFormat
  /** User ids that name a person as they are; else masked. */
  whole?: boolean
}

/**
 * `GET /api/verifications/:id/user`, operators and API_TOKEN: all that is kept of that verification's user in its
 * environment. By the verification's id, as a user's own may name a person and addresses end up in logs. 404 `not_found`
 * also where the verification names no user.
 */
export interface UserPage {
  /** Masked on dashboards where it names a person. */
  userId: string
  environment: Environment
  /** Newest `createdAt` first, at most 200. */
  verifications: Verification[]
  /** What vendors said of the user and of the user's transactions, newest first, at most 500. */
  events: UserEvent[]
  /** Whether there is more of either than is told. */
  isCut: boolean
}

export interface UserEvent {
  id: string
  at: string
  /** `transaction`: a step of a run or a payment; `list`: put on a list or taken off; `aml`: monitoring has news. */
  kind: 'transaction' | 'list' | 'aml' | 'other'
  source: Source
  /** The vendor's event name. */
  event: string
  /** A vendor's word or code that explains it, e.g. `APPROVE`, `user_id: blacklist`. */
  detail?: string
  /** Of kind `transaction`. */
  transactionId?: string
  /** Stable codes of what deserves a second look, e.g. `aml_reopened`. */
  flags: string[]
  deliveryId?: string
  /** The verification of which it is a step. */
  verificationId?: string
}

/**
 * `GET /api/sandbox`, admins, in the sandbox only; its control API (server/sandbox/control) does the work. Beside it, with
 * that API's bodies and answers: `GET /api/sandbox/runs`, `/attempts`, and `POST /api/sandbox/trigger`, `/chaos`, `/clock`,
 * `/settings`, `/faults`, `/runs/:executionId/end`.
 */
export interface SandboxState {
  settings: { deviceHash: boolean; webhookDelayMs: number; webhookFirst: boolean; digestEncoding: 'hex' | 'base64' }
  chaos: SandboxChaos
  faults: { place: string; fault: string; times: number | null }[]
  /** Every event that can be sent, with its statuses (the first is the default; none: it has none). */
  events: Record<string, string[]>
  /** Whose each event is. */
  sources: Record<string, Source>
  /** How a visitor can end a run. */
  ends: string[]
  clock: SandboxClockState
}

/** Shares of webhooks (0 to 1) that meet a mishap, and how long it lasts. */
export interface SandboxChaos {
  seed: number
  duplicate: number
  reorder: number
  reorderMs: number
  delay: number
  delayMs: number
  drop: number
  corrupt: number
  revoke: number
  revokeAfterMs: number
  /** ISO 8601, in the sandbox's time; null: deliveries get through. */
  outageUntil: string | null
}

export interface SandboxClockState {
  /** The sandbox's time, ISO 8601. */
  now: string
  /** How far ahead of real time. */
  aheadMs: number
  /** Deliveries and other things that wait for their time. */
  waiting: number
}

/** What events can be about, newest first. */
export interface SandboxSubjects {
  runs: { executionId: string; userId: string; status: string; createdAt: string }[]
  interviews: { interviewId: string; externalCustomerId: string; status: string }[]
}

/** Every try of every webhook, newest first. */
export interface SandboxLog {
  attempts: SandboxAttempt[]
}

/** One try of one webhook, as a vendor's delivery log shows it. */
export interface SandboxAttempt {
  /** The sandbox's time. */
  at: string
  source: Source
  event: string
  requestId: string
  /** The run, session, interview or user it is about. */
  subject: string | null
  /** 1 is the first; 0: held back, not tried yet. */
  attempt: number
  /** A copy beside the vendor's own try. */
  copy: 'damaged' | 'duplicate' | null
  url: string
  /** HTTP status; null when no answer came. */
  status: number | null
  /** A network error's code, `TIMEOUT`, `TOKEN_<status>`; or chaos: `HELD`, `DROPPED`, `OUTAGE`. */
  error: string | null
  /** null: delivered or given up. */
  nextAttemptAt: string | null
}

/** One operator's browser. */
export interface OperatorSession {
  id: string
  operator: string
  role: 'admin' | 'viewer'
  /** `Firefox, Linux`; empty where the browser says nothing known. */
  device: string
  since: string
  /** Within a minute. */
  lastSeen: string
  expiresAt: string
  /** The one that asks. */
  current: boolean
}

/** `GET /api/sessions`: every session to an admin, their own to a viewer. `DELETE /api/sessions/:id` ends one: 204. */
export interface OperatorSessions {
  items: OperatorSession[]
}

/**
 * `POST /api/reveals`, for admins: what is masked until somebody asks for it. It is recorded before it is answered. `userId`
 * of a verification, `body` of a delivery; 404 `not_found` where there is none (any more).
 */
export interface RevealRequest {
  kind: 'userId' | 'body'
  /** The verification's or the delivery's. */
  id: string
}

export interface Revealed {
  value: string
}

export const AUDIT_ACTIONS = [
  'signed_in',
  'signed_out',
  'sign_in_refused',
  'session_ended',
  'user_revealed',
  'body_revealed',
  'replayed',
  'exported',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export interface AuditEntry {
  id: string
  at: string
  /** Null where somebody was refused. */
  operator: string | null
  action: AuditAction
  /** The id of the verification, delivery or session that it was about. */
  subject: string | null
  /** What exactly was asked for, in codes and figures. */
  detail: Record<string, string | number | boolean>
}

/** `GET /api/audit?action=&cursor=&limit=`, for admins: who did what, newest first, for AUDIT_RETENTION_DAYS. */
export interface AuditPage {
  items: AuditEntry[]
  next: string | null
}

export interface ErrorBody {
  error: ErrorCode
  message?: string
  /** Field name as sent → stable code. */
  fields?: Record<string, string>
  /** With `vendor_rejected`: SEON's own code. */
  vendorCode?: string
  /** With `not_approved`, `receipt_revoked`: where the verification stands. */
  status?: Status
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
  'already_approved',
  'already_submitted',
  'not_approved',
  'receipt_invalid',
  'receipt_expired',
  'receipt_used',
  'receipt_mismatch',
  'receipt_revoked',
  'link_invalid',
  'link_expired',
  'link_used',
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

/**
 * What a page says to our `/embed` page in its iframe, by `frame.contentWindow.postMessage(message, <our origin>)`, on
 * the iframe's `load` and whenever something changes. Taken from the parent alone, and from an origin of ALLOWED_ORIGINS
 * alone. The iframe needs `allow="camera; microphone; clipboard-write; geolocation; fullscreen"`.
 */
export type EmbedParentMessage =
  | {
      type: 'seon-verify-configure'
      /** Also where a user token says it: a reload of the iframe finds this user's verification again. */
      userId: string
      /** Used until it is replaced; or say `asksForToken` and answer `seon-verify-token-wanted`. */
      userToken?: string
      asksForToken?: boolean
      email?: string
      phoneNumber?: string
      inputs?: Record<string, unknown>
      theme?: Record<string, unknown>
    }
  | { type: 'seon-verify-token'; id: number; userToken: string }
  /** The page has sent its form, which takes a receipt each time: another one follows. */
  | { type: 'seon-verify-receipt-used' }

/** What the `/embed` page says to the page around it, after its first `seon-verify-configure` and to that origin only. */
export type EmbedFrameMessage =
  /** Answers the first configuration. */
  | { type: 'seon-verify-configured' }
  /** How high the iframe should be, CSS px. */
  | { type: 'seon-verify-height'; height: number }
  /** The element's events, without their prefix: `opened` … `status`, with their `detail`. */
  | { type: 'seon-verify-event'; name: string; detail: unknown }
  /** A receipt for the page's own form, or null once there is none; replaced before it expires. */
  | { type: 'seon-verify-receipt'; receipt: string | null }
  /** Answer with `seon-verify-token` and the same id within 10 s. */
  | { type: 'seon-verify-token-wanted'; id: number }
