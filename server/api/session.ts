import { type CookieOptions, type Response, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import { type AccessDeps, operatorOf, refuseForgery, requireRole } from '../auth/access.ts'
import { cookieName } from '../auth/credentials.ts'
import { HttpError } from '../errors.ts'
import type { Environment, SessionInfo } from '../protocol.ts'
import { readJsonBody, requireJson } from './json-body.ts'

export interface SessionDeps extends AccessDeps {
  environment: Environment
  /** Codes of settings that an operator should know of. */
  warnings: readonly string[]
}

/** Wrong tokens an address may try in a quarter of an hour; nobody mistypes a pasted token more often. */
const MAX_FAILURES = 10
const FAILURE_WINDOW_MS = 15 * 60 * 1000

/** A token and its quotes; bytes. */
const MAX_BODY_BYTES = 4096

/**
 * `/api/session`: `GET` who is signed in (401 if nobody), `POST {token}` signs in with the admin token (204 and a
 * cookie; 401; 429 with `Retry-After` after ten wrong ones), `DELETE` signs out. `GET /api/session/link?code=` is the
 * sandbox's one-time link: it signs in and leads to the dashboard,
 * once; after that it only leads there.
 */
export function createSessionRoutes(deps: SessionDeps): Router {
  const { operators, origins } = deps
  const router = Router()
  const limitFailures = rateLimit({
    windowMs: FAILURE_WINDOW_MS,
    limit: MAX_FAILURES,
    ipv6Subnet: 56,
    skipSuccessfulRequests: true,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    handler: (_request, response) => {
      const seconds = Math.ceil(FAILURE_WINDOW_MS / 1000)
      response.status(429).set('Retry-After', String(seconds)).json({ error: 'rate_limited' })
    },
  })

  async function signIn(response: Response, name: string): Promise<void> {
    const { cookie, expiresAt } = await operators.signIn({ name, role: 'admin' })
    response.cookie(cookieName(deps.publicUrl()), cookie, {
      ...cookieOptions(deps.publicUrl()),
      expires: new Date(expiresAt),
    })
  }

  router.get('/', requireRole(deps, 'viewer'), (request, response) => {
    const operator = operatorOf(request)
    const info: SessionInfo = {
      operator: operator.name,
      role: operator.role,
      environment: deps.environment,
      warnings: [...deps.warnings],
    }
    response.json(info)
  })

  router.post('/', limitFailures, requireJson, readJsonBody(MAX_BODY_BYTES), async (request, response) => {
    refuseForgery(request, origins)
    const token = readToken(request.body)
    if (token === null) throw new HttpError(400, 'invalid', { fields: { token: 'required' } })
    if (!operators.isAdminToken(token)) throw new HttpError(401, 'unauthorized')
    await signIn(response, 'admin token')
    response.status(204).end()
  })

  router.delete('/', requireRole(deps, 'viewer'), async (request, response) => {
    const { sessionId } = operatorOf(request)
    if (sessionId !== null) await operators.signOut(sessionId)
    response.clearCookie(cookieName(deps.publicUrl()), cookieOptions(deps.publicUrl()))
    response.status(204).end()
  })

  router.get('/link', limitFailures, async (request, response) => {
    const { code } = request.query
    if (typeof code === 'string' && operators.redeemLinkCode(code)) await signIn(response, 'sign-in link')
    // A used link leads there too, to the sign-in form: it is a person who follows it.
    response.set('Referrer-Policy', 'no-referrer').redirect(303, '/dashboard')
  })

  return router
}

function cookieOptions(publicUrl: string): CookieOptions {
  // `__Host-` asks for Secure, Path=/ and no Domain; on plain http beyond loopback there is neither.
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: cookieName(publicUrl).startsWith('__Host-') }
}

function readToken(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('token' in body)) return null
  return typeof body.token === 'string' && body.token !== '' ? body.token : null
}
