import type { ErrorBody, ErrorCode } from '../protocol.ts'

/** Thrown anywhere in a request handler; the one error handler turns it into `{error, …}`. */
export class HttpError extends Error {
  readonly status: number
  readonly code: ErrorCode
  readonly body: Omit<ErrorBody, 'error'>
  readonly headers: Readonly<Record<string, string>>

  /** `message` of `body` is for developers and is sent; `options.cause` is for the log and is not. */
  constructor(
    status: number,
    code: ErrorCode,
    body: Omit<ErrorBody, 'error'> = {},
    options: { cause?: unknown; headers?: Record<string, string> } = {},
  ) {
    super(code, { cause: options.cause })
    this.name = 'HttpError'
    this.status = status
    this.code = code
    this.body = body
    this.headers = options.headers ?? {}
  }
}

/** When to come again after a 503, seconds; vendors that ignore it have schedules of their own. */
const RETRY_AFTER_S = 30

/** 503: a fault of ours, so that whoever sends comes again. */
export function unavailable(code: 'unavailable' | 'not_configured', cause?: unknown): HttpError {
  return new HttpError(503, code, {}, { cause, headers: { 'Retry-After': String(RETRY_AFTER_S) } })
}
