/**
 * Why a request brought nothing. Codes: `offline` (no answer came), `unauthorized` (signed out), `forbidden`, `not_found`, `rate_limited`,
 * `unreadable` (an answer of another version of the server), `server` (everything else).
 */
export type ApiErrorCode =
  | 'offline'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'rate_limited'
  | 'unreadable'
  | 'server'

export class ApiError extends Error {
  readonly code: ApiErrorCode
  /** Seconds that the server asked to wait, with `rate_limited`. */
  readonly retryAfter: number | null

  constructor(code: ApiErrorCode, retryAfter: number | null = null) {
    super(code)
    this.name = 'ApiError'
    this.code = code
    this.retryAfter = retryAfter
  }
}

/** The code of anything thrown, for words on the screen. */
export function readErrorCode(error: unknown): ApiErrorCode {
  return error instanceof ApiError ? error.code : 'server'
}
