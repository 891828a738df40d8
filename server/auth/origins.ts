import type { RequestHandler } from 'express'
import { HttpError } from '../http/errors.ts'

/** A preflight's answer may be kept for as long, in seconds; Chromium takes no more than two hours. */
const PREFLIGHT_MAX_AGE_S = 600
/** Any more are let through and ignored: scripts of a page may add a token of their own to every request. */
const ALLOWED_HEADERS = 'Authorization, Content-Type, Idempotency-Key'

/** Which pages may talk to us. Rules are exact: no patterns, nothing reflected that is not listed. */
export interface OriginRules {
  /** PUBLIC_URL's own: the dashboard's pages and sockets accept no other. */
  isOwn(origin: string): boolean
  /** ALLOWED_ORIGINS or our own: pages that may hold the element. */
  mayEmbed(origin: string): boolean
  /** What `Access-Control-Allow-Origin` says to a page that may embed. */
  corsValue(origin: string): string
}

export interface OriginOptions {
  /** A function, as the sandbox knows it only once it listens. */
  publicUrl: () => string | null
  allowedOrigins: 'any' | readonly string[]
}

export function createOriginRules({ publicUrl, allowedOrigins }: OriginOptions): OriginRules {
  const isOwn = (origin: string) => {
    const own = publicUrl()
    return own !== null && (origin === own || origin === loopbackTwin(own))
  }
  return {
    isOwn,
    mayEmbed: (origin) => allowedOrigins === 'any' || isOwn(origin) || allowedOrigins.includes(origin),
    corsValue: (origin) => (allowedOrigins === 'any' ? '*' : origin),
  }
}

/** Typing `localhost` instead of the printed `127.0.0.1` reaches the same server. */
function loopbackTwin(origin: string): string | null {
  const [, scheme, host, port = ''] = /^(https?:\/\/)(localhost|127\.0\.0\.1)(:\d+)?$/.exec(origin) ?? []
  if (scheme === undefined) return null
  return `${scheme}${host === 'localhost' ? '127.0.0.1' : 'localhost'}${port}`
}

/**
 * CORS for a route that pages of other origins call: says so to those that may, answers their preflights (403
 * `origin_forbidden` to others), never allows credentials. Refusing the call itself is `requireEmbedder`'s part, so
 * that a page that may embed can read every error.
 */
export function allowEmbedders(rules: OriginRules, methods: string): RequestHandler {
  return (request, response, next) => {
    const origin = request.get('Origin')
    response.vary('Origin')
    if (origin !== undefined && rules.mayEmbed(origin)) {
      response.set({
        'Access-Control-Allow-Origin': rules.corsValue(origin),
        'Access-Control-Expose-Headers': 'Retry-After',
      })
    }
    if (request.method !== 'OPTIONS') return next()
    if (origin !== undefined && !rules.mayEmbed(origin)) throw new HttpError(403, 'origin_forbidden')
    response.set({
      Allow: `${methods}, OPTIONS`,
      'Access-Control-Allow-Methods': methods,
      'Access-Control-Allow-Headers': [ALLOWED_HEADERS, request.get('Access-Control-Request-Headers') ?? []]
        .flat()
        .join(', '),
      'Access-Control-Max-Age': String(PREFLIGHT_MAX_AGE_S),
    })
    response.status(204).end()
  }
}

/** Refuses pages of foreign origins with 403 `origin_forbidden`; who sends no Origin is no page. */
export function requireEmbedder(rules: OriginRules): RequestHandler {
  return (request, _response, next) => {
    const origin = request.get('Origin')
    if (origin !== undefined && !rules.mayEmbed(origin)) throw new HttpError(403, 'origin_forbidden')
    next()
  }
}
