import express, { type RequestHandler } from 'express'
import { HttpError } from '../http/errors.ts'
import { JsonError, parseJson } from '../http/parse-json.ts'

/** Refuses what is not `application/json` in UTF-8 with 415: a page of another origin cannot send that without a preflight. */
export const requireJson: RequestHandler = (request, _response, next) => {
  const [type = '', ...parameters] = (request.get('Content-Type') ?? '').toLowerCase().split(';')
  const charset = parameters.map((parameter) => /^\s*charset\s*=\s*"?([^"\s]*)"?\s*$/.exec(parameter)?.[1] ?? 'utf-8')
  if (type.trim() !== 'application/json' || !charset.every((name) => name === 'utf-8' || name === 'utf8')) {
    throw new HttpError(415, 'unsupported_type')
  }
  next()
}

/**
 * Reads a JSON body of at most `limit` bytes into `request.body`, which stays `unknown`. 413 `too_large`, 415
 * `unsupported_encoding` (bodies come plain), 400 `invalid` or `too_deep`.
 */
export function readJsonBody(limit: number): RequestHandler {
  const readRaw = express.raw({ type: () => true, limit, inflate: false })
  return (request, response, next) => {
    readRaw(request, response, (error?: unknown) => {
      if (error !== undefined) return next(toHttpError(error))
      try {
        const body: unknown = request.body
        request.body = parseJson(body instanceof Uint8Array ? body : new Uint8Array())
      } catch (cause) {
        return next(toHttpError(cause))
      }
      next()
    })
  }
}

/** Everything that can go wrong while reading is the sender's doing: 400 unless it has a code of its own. */
function toHttpError(cause: unknown): HttpError {
  if (cause instanceof JsonError) return new HttpError(400, cause.code === 'too_deep' ? 'too_deep' : 'invalid')
  const status: unknown = cause instanceof Error && 'status' in cause ? cause.status : undefined
  if (status === 413) return new HttpError(413, 'too_large')
  return status === 415 ? new HttpError(415, 'unsupported_encoding') : new HttpError(400, 'invalid')
}
