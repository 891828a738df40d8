import type { AuditAction, DeliveryOutcome, EntryKind, Environment, Source, Status, Vendor } from '../../protocol.ts'
import type { Station } from '../../verification/course.ts'

// One schema for SQLite and PostgreSQL. Times are epoch milliseconds, flags 0 or 1, JSON is text: what both bind alike.

/** Every arrival at a webhook door. The bytes of accepted ones are the truth about what vendors said. */
export interface DeliveryTable {
  /** UUIDv7: sorts by arrival. */
  id: string
  source: Source
  environment: Environment
  received_at: number
  outcome: DeliveryOutcome
  reason: string | null
  event: string | null
  bytes: number
  /** Null for rejected ones, duplicates and after RAW_RETENTION_DAYS. */
  body: Uint8Array | null
  /** Keyed hash of door, environment and body: accepted once. Null where the delivery takes no part in de-duplication. */
  dedupe_key: string | null
  /** Keyed hash of the sender's message id: another body under the same id is flagged. */
  message_key: string | null
  /** Which secret verified it. */
  secret_id: string | null
  /** Keyed hash of the sender's address, for the bound on quarantine. */
  peer: string | null
  /** The headers that verification needs, kept with a quarantined body only (JSON). */
  headers: string | null
  duplicate_of: string | null
  verification_id: string | null
  /** `pending` until processed; then null. */
  state: 'pending' | null
  attempts: number
  next_attempt_at: number
}

/** Vendors' events in our words, and our own inits and hints: what the projection is folded from. Kept for good. */
export interface ReportTable {
  id: string
  verification_id: string | null
  /** `type:id` of the subject. */
  subject: string | null
  environment: Environment
  kind: EntryKind
  source: Source | 'page' | 'server'
  event: string
  user_id: string | null
  occurred_at: number | null
  received_at: number
  delivery_id: string | null
  /** The rest of the report (JSON). */
  data: string
}

/** The projection: one row a verification, folded from its reports. */
export interface VerificationTable {
  id: string
  vendor: Vendor
  vendor_id: string
  environment: Environment
  user_id: string | null
  workflow: string | null
  status: Status
  decided_at: number | null
  created_at: number
  updated_at: number
  revision: number
  overdue: number
  /** Keyed hash of the e-mail given at init, for search. */
  email_hash: string | null
  /** When the verdict that stands was made, as `decided_at`, one in review included. */
  judged_at: number | null
  /** How far the visitor came. */
  reached: Station
  /** The last that was heard on the way there; null in rows of before this was kept. */
  last_step: string | null
  /** Checks, flags, provenance (JSON). */
  detail: string
}

/** Keys under which others' reports reach a verification: `user:<id>`, `transaction:<id>`. */
export interface LinkTable {
  verification_id: string
  environment: Environment
  key: string
}

/** Changes in commit order; whoever has seen revision n has seen all below. */
export interface ChangeTable {
  revision: number
  verification_id: string
  status: Status
  previous_status: Status | null
  decided_at: number | null
  at: number
}

/** How far each follower of `changes` has read, where that must outlive the process. */
export interface CursorTable {
  name: 'status-webhook'
  revision: number
}

/** Status changes on their way to the site's back end; a row goes when its message has been received. */
export interface OutboxTable {
  /** The change's. */
  revision: number
  /** Names the message to its receiver. */
  id: string
  verification_id: string
  /** JSON, word for word as every try sends it. */
  body: string
  attempts: number
  first_attempt_at: number | null
  /** While a node is sending it: when another may take over. */
  next_attempt_at: number
  /** Why the last try failed: a code. */
  last_error: string | null
  /** When it was given up; null while it waits. */
  dead_at: number | null
}

/** Interviews whose standing Incode is asked for, by verification; a row stays once it was made. */
export interface ConfirmationTable {
  verification_id: string
  /** Tries since it was last wanted. */
  attempts: number
  first_attempt_at: number | null
  /** Null where there is nothing to ask; during a try, until when it is this node's. */
  next_attempt_at: number | null
  /** When it was last asked for, always later than the time before: what orders the answers, whatever nodes' clocks say. */
  asked_at: number
  /** The last answer that was kept, so that the same one is not kept again; null after a new claim. */
  answer: Status | 'unknown' | null
}

/** How many verifications are alike in these, kept in the transaction that moves them. Rows stay when they come to 0. */
export interface KindTable {
  environment: Environment
  vendor: Vendor
  /** Empty where there is none. */
  workflow: string
  status: Status
  overdue: number
  count: number
}

/** What statistics are read from: counters of a stretch of time, kept in the transaction that moves them. */
export interface TallyTable {
  environment: Environment
  /** The length of the stretch, ms. */
  span: number
  /** Its beginning. */
  at: number
  /** A verification's vendor, or the door that a webhook came in by. */
  source: Source
  /** Empty where there is none, and for webhooks. */
  workflow: string
  /** The verdicts among the counters, so that a chart has them without reading the rest. */
  approved: number
  review: number
  declined: number
  /** Names with their counts (JSON). */
  counters: string
}

/** What a repeated start is answered with; a row lives ten minutes. */
export interface StartTable {
  /** Keyed hash of the caller's identity (signed `sub`, Idempotency-Key, sandbox user id), inputs and workflow. */
  key: string
  /** Null while the vendor is being asked. */
  verification_id: string | null
  /** SEON's session token. */
  token: string | null
  created_at: number
  expires_at: number
}

/** User tokens that have been spent. */
export interface UsedTokenTable {
  jti: string
  start_key: string
  expires_at: number
}

/** Receipts that have been redeemed. */
export interface RedeemedReceiptTable {
  jti: string
  expires_at: number
}

/** Links to our hosted page. */
export interface HostedLinkTable {
  id: string
  /** Keyed hash of the code in the link's address: whoever reads the store cannot open the link. */
  code_hash: string
  environment: Environment
  user_id: string
  /** The workflow's id. */
  workflow: string
  /** What the run is started with, encrypted with a key that is made of the code. Null once it is not needed. */
  inputs: string | null
  /** Who is answered a run's tokens again, as `starts` takes it. */
  identity: string
  /** 1 where it is known that the user made it. */
  proven: number
  /** Keyed hash of what the first device to start said of itself. */
  device_hash: string | null
  /** The origin of the page that it was made on; null where a program made it. */
  site: string | null
  /** The newest run begun by this link. */
  verification_id: string | null
  replaced: number
  created_at: number
  expires_at: number
}

/** Operators' sessions. */
export interface SessionTable {
  /** Hash of the cookie's value. */
  id: string
  environment: Environment
  operator: string
  role: 'admin' | 'viewer'
  /** What gave the role; the session ends where it gives it no more. */
  grounds: string
  /** `token`, or the provider and its id of the person: the same for all sessions of one. */
  subject: string
  /** Browser and system, e.g. `Firefox, Linux`. */
  device: string
  /** What the OpenID provider gave, for signing out there. */
  id_token: string | null
  created_at: number
  last_seen_at: number
  expires_at: number
}

/** Operators who are on their way to the OpenID provider; a row goes when they come back, or after ten minutes. */
export interface SignInTable {
  /** Hash of `state`. */
  id: string
  /** Hash of the cookie of the browser that began. */
  browser: string
  nonce: string
  code_verifier: string
  /** The session that the browser had when it began. */
  replaces: string | null
  expires_at: number
}

/** Who did what. */
export interface AuditTable {
  /** UUIDv7: sorts by time. */
  id: string
  environment: Environment
  at: number
  operator: string | null
  action: AuditAction
  subject: string | null
  /** JSON: codes and figures. */
  detail: string
  /** How often, within an hour of `at`; more than one where strangers were refused. */
  times: number
}

/** Keys made once and shared by all nodes. */
export interface KeyTable {
  name: string
  value: Uint8Array
}

export interface Database {
  deliveries: DeliveryTable
  reports: ReportTable
  verifications: VerificationTable
  links: LinkTable
  changes: ChangeTable
  cursors: CursorTable
  outbox: OutboxTable
  confirmations: ConfirmationTable
  kinds: KindTable
  tallies: TallyTable
  starts: StartTable
  used_tokens: UsedTokenTable
  redeemed_receipts: RedeemedReceiptTable
  hosted_links: HostedLinkTable
  sessions: SessionTable
  sign_ins: SignInTable
  audit: AuditTable
  keys: KeyTable
}
