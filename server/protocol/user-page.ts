import type { Environment, Source, Verification } from './verification.ts'

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
