import type { Status } from './verification.ts'

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
