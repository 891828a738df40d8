import type { Verification } from './verification.ts'

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
