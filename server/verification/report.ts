import type { Check, EntryKind, Environment, Source, Status } from '../protocol.ts'

/** What a report is about, in the vendor's own ids. The first three are verifications; Fraud speaks of the other two. */
export type SubjectType = 'run' | 'session' | 'interview' | 'user' | 'transaction'

export interface Subject {
  type: SubjectType
  id: string
}

/**
 * An event in our words, as a vendor's `parse` gives it. Everything here is derived from the delivery alone, so that
 * parsing the same bytes again gives the same drafts.
 */
export interface ReportDraft {
  kind: Extract<EntryKind, 'report' | 'unrecognised'>
  /** Null where the event names nobody we could file it under; it is then visible among the deliveries only. */
  subject: Subject | null
  /** The vendor's event name, `/` and `:` as sent. */
  event: string
  /** The vendor's time in epoch ms; null where it gives none. */
  occurredAt: number | null
  /** What the event claims of its subject. Absent: it adds to the timeline and moves nothing. */
  status?: Status
  /** A correction (`…_updated`) beats the original at the same vendor time. */
  corrects?: boolean
  /** The vendor's claim waits for a confirmation by API before it may decide (Incode with its API configured). */
  unconfirmed?: boolean
  /** The SEON run this subject belongs to, where the event says so. */
  executionId?: string
  userId?: string
  /** When the subject began, epoch ms: joins an IDV session to a run. */
  startedAt?: number
  /** The vendor's workflow id. */
  workflow?: string
  /** Transactions that the event says belong to its subject. */
  transactionIds?: string[]
  checks?: Check[]
  /** A vendor's word or code for people to read: at most 200 characters, nothing personal. */
  detail?: string
  /** Stable codes of what deserves a second look, e.g. `aml_reopened`, `duplicates_found`. */
  flags?: string[]
}

/** A report as it is kept: a draft with its origin, or one of our own (init, hint). */
export interface Report extends Omit<ReportDraft, 'kind'> {
  id: string
  kind: EntryKind
  source: Source | 'page' | 'server'
  environment: Environment
  /** Our clock, epoch ms. */
  receivedAt: number
  deliveryId: string | null
  /** Keyed hash of an e-mail address that the event named. */
  emailHash?: string
}
