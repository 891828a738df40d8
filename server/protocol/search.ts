import type { Environment, Status, Vendor, Verification } from './verification.ts'

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
