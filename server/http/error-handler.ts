import type { ErrorRequestHandler } from 'express'
import type { Logger } from 'pino'
import type { ErrorBody } from '../protocol.ts'
import { isStoreAway } from '../store/engine/is-store-away.ts'
import { HttpError, unavailable } from './errors.ts'

/** body-parser's error types → ours. What is not listed is a fault of ours. */
const PARSER_ERRORS: Readonly<Record<string, () => HttpError>> = {
  'entity.too.large': () => new HttpError(413, 'too_large'),
  'parameters.too.many': () => new HttpError(413, 'too_large'),
  'encoding.unsupported': () => new HttpError(415, 'unsupported_encoding'),
  'charset.unsupported': () => new HttpError(415, 'unsupported_type'),
  'entity.parse.failed': () => new HttpError(400, 'invalid', { fields: { body: 'not_json' } }),
  'entity.verify.failed': () => new HttpError(400, 'invalid'),
  'request.aborted': () => new HttpError(400, 'invalid'),
  'request.size.invalid': () => new HttpError(400, 'invalid'),
}

/**
 * Turns every error into `{error, …}`. While the store is away that is 503 `unavailable` to everybody; `unexpected` is the
 * answer to any other fault of ours: 500 to pages, 503 to webhook senders, who come again after it.
 */
export function createErrorHandler({ log, unexpected }: { log: Logger; unexpected: 500 | 503 }): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    // Too late to answer: Express closes the connection.
    if (response.headersSent) return next(error)
    const known = toHttpError(error)
    if (known === null || known.status >= 500) {
      const cause = known?.cause ?? error
      const where = { method: request.method, route: request.baseUrl }
      // There are many of these in an outage, and where in our code they surface says nothing.
      if (known?.code === 'unavailable' && isStoreAway(cause))
        log.error({ event: 'store_away', ...where, reason: cause.message })
      else log.error({ event: 'request_failed', ...where, err: cause })
    }
    const answer = known ?? new HttpError(unexpected, unexpected === 503 ? 'unavailable' : 'internal')
    const body: ErrorBody = { error: answer.code, ...answer.body }
    response.status(answer.status).set(answer.headers).json(body)
  }
}

function toHttpError(error: unknown): HttpError | null {
  if (error instanceof HttpError) return error
  if (isStoreAway(error)) return unavailable('unavailable', error)
  if (!(error instanceof Error)) return null
  const type = 'type' in error && typeof error.type === 'string' ? error.type : ''
  if (Object.hasOwn(PARSER_ERRORS, type)) return PARSER_ERRORS[type]?.() ?? null
  // Malformed percent signs in a path.
  return error instanceof URIError ? new HttpError(400, 'invalid') : null
}
