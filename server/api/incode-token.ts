import express, { type RequestHandler } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { IncodeTokens } from '../auth/incode-token.ts'
import { HttpError } from '../http/errors.ts'
import { readPeerAddress } from '../limits/peer-address.ts'
import { headerValues } from '../vendors/signature.ts'

/** `grant_type=client_credentials`, perhaps with a scope; bytes. */
const MAX_BODY_BYTES = 1024
/** A right secret is never mistyped; a guessed one needs more tries than this. Per address and minute. */
const MAX_FAILURES = 5
const WINDOW_MS = 60_000

/**
 * `POST /webhooks/incode/token`, which Incode calls for the bearer token of its webhooks: Basic auth, form
 * `grant_type=client_credentials` → 200 `{access_token, token_type, expires_in}`. 401 `unauthorized` for wrong
 * credentials, 429 `rate_limited` after five of them, 400 `invalid` for another grant, 415 for another content type,
 * 503 `not_configured` where `tokens` is null.
 */
export function createIncodeTokenEndpoint({ tokens }: { tokens: IncodeTokens | null }): RequestHandler[] {
  const countFailure = rateLimit({
    windowMs: WINDOW_MS,
    limit: MAX_FAILURES,
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: readPeerAddress,
    handler: (_request, _response, next) => next(rateLimited()),
  })

  const issue: RequestHandler = async (request, response, next) => {
    if (tokens === null) throw new HttpError(503, 'not_configured', {}, { headers: { 'Retry-After': '30' } })
    const failures = await countFailure.getKey(readPeerAddress(request))
    // Also where the next guess is right: else guessing would only be slow to watch.
    const isInWindow = (failures?.resetTime?.getTime() ?? 0) > Date.now()
    if (failures !== undefined && isInWindow && failures.totalHits >= MAX_FAILURES) throw rateLimited()

    const [authorization, ...others] = headerValues(request.rawHeaders, 'authorization')
    if (authorization === undefined || others.length > 0 || !tokens.isClient(authorization)) {
      const denied = new HttpError(401, 'unauthorized', {}, { headers: { 'WWW-Authenticate': 'Basic' } })
      await countFailure(request, response, (error?: unknown) => next(error ?? denied))
      return
    }
    if (request.is('application/x-www-form-urlencoded') === false) throw new HttpError(415, 'unsupported_type')
    if (readGrant(request.body) !== 'client_credentials') {
      throw new HttpError(400, 'invalid', { fields: { grant_type: 'unsupported' } })
    }
    response.set('Cache-Control', 'no-store').json(await tokens.issue())
  }

  return [express.urlencoded({ extended: false, limit: MAX_BODY_BYTES, parameterLimit: 10 }), issue]
}

function readGrant(body: unknown): unknown {
  return typeof body === 'object' && body !== null && 'grant_type' in body ? body.grant_type : undefined
}

function rateLimited(): HttpError {
  return new HttpError(429, 'rate_limited', {}, { headers: { 'Retry-After': String(WINDOW_MS / 1000) } })
}
