import { type Request, type RequestHandler, type Response, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import { type AccessDeps, operatorOf, refuseForgery, requireRole } from '../../auth/access.ts'
import type { Operator } from '../../auth/operators.ts'
import { clearSessionCookie, readBrowser, setSessionCookie } from '../../auth/sessions/session-cookie.ts'
import { HttpError } from '../../http/errors.ts'
import type { Environment, SessionInfo, SignedOut, SignInFailure, SignInWays } from '../../protocol.ts'
import { readJsonBody, requireJson } from '../json-body.ts'
import { createOidcRoutes, type OidcRoutesDeps } from './oidc.ts'

export interface SessionDeps extends AccessDeps, OidcRoutesDeps {
  environment: Environment
  /** Codes of settings that an operator should know of. */
  warnings: readonly string[]
  /** SEON_PANEL_URL */
  seonPanelUrl: string | null
  /** What the settings call the vendor's workflows. */
  workflows: Readonly<SessionInfo['workflows']>
}

/** Wrong tokens an address may try in a quarter of an hour; nobody mistypes a pasted token more often. */
const MAX_FAILURES = 10
const FAILURE_WINDOW_MS = 15 * 60 * 1000

/** A token and its quotes; bytes. */
const MAX_BODY_BYTES = 4096

/**
 * `/api/session`: `GET` who is signed in (401 if nobody), `POST {token}` signs in with the admin token (204 and a
 * cookie; 401; 429 with `Retry-After` after ten wrong ones), `DELETE` signs out (204, or 200 with `SignedOut` where the
 * OpenID provider should hear of it). `GET /api/session/ways` → `SignInWays`, for everybody. `GET /api/session/link?code=` is
 * the sandbox's one-time link: it signs in and leads to the dashboard, once; after that it only leads there.
 */
export function createSessionRoutes(deps: SessionDeps): Router {
  const { operators, origins, audit, oidcProvider } = deps
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

  async function signIn(request: Request, response: Response, way: 'token' | 'link'): Promise<void> {
    const session = await operators.signInAdministrator(readBrowser(request, deps.publicUrl()), way)
    setSessionCookie(response, deps.publicUrl(), session)
  }

  /** Where the provider's own session is ended, if anywhere. */
  async function signOut(operator: Operator): Promise<string | null> {
    const ended = operator.sessionId === null ? null : await operators.endSession(operator, operator.sessionId)
    const idToken = ended?.id_token ?? null
    return idToken === null || oidcProvider === null ? null : oidcProvider.readSignOutUrl(idToken)
  }

  router.get('/ways', (_request, response) => {
    const ways: SignInWays = { provider: oidcProvider?.host ?? null }
    response.json(ways)
  })

  router.use('/oidc', createOidcRoutes(deps))

  router.get('/', requireRole(deps, 'viewer'), (request, response) => {
    const operator = operatorOf(request)
    const info: SessionInfo = {
      operator: operator.name,
      role: operator.role,
      environment: deps.environment,
      warnings: [...deps.warnings],
      ...(deps.seonPanelUrl === null ? {} : { seonPanelUrl: deps.seonPanelUrl }),
      workflows: [...deps.workflows],
    }
    response.json(info)
  })

  // What other sites' pages send must not use up the tries of everybody behind the same address.
  const refuseOthers: RequestHandler = (request, _response, next) => {
    refuseForgery(request, origins)
    next()
  }
  router.post(
    '/',
    refuseOthers,
    requireJson,
    limitFailures,
    readJsonBody(MAX_BODY_BYTES),
    async (request, response) => {
      const token = readToken(request.body)
      if (token === null) throw new HttpError(400, 'invalid', { fields: { token: 'required' } })
      if (!operators.isAdminToken(token)) {
        await audit.record({ action: 'sign_in_refused', operator: null, detail: { way: 'token' } })
        throw new HttpError(401, 'unauthorized')
      }
      await signIn(request, response, 'token')
      response.status(204).end()
    },
  )

  router.delete('/', requireRole(deps, 'viewer'), async (request, response) => {
    const signOutUrl = await signOut(operatorOf(request))
    clearSessionCookie(response, deps.publicUrl())
    if (signOutUrl === null) {
      response.status(204).end()
      return
    }
    const signedOut: SignedOut = { signOutUrl }
    response.json(signedOut)
  })

  router.get('/link', limitFailures, async (request, response) => {
    const { code } = request.query
    const isGood = typeof code === 'string' && operators.redeemLinkCode(code)
    if (isGood) await signIn(request, response, 'link')
    const failure: SignInFailure = 'link_used'
    // A used link leads there too, to the sign-in form, which says so: it is a person who follows it.
    response
      .set('Referrer-Policy', 'no-referrer')
      .redirect(303, isGood ? '/dashboard' : `/dashboard?sign-in=${failure}`)
  })

  return router
}

function readToken(body: unknown): string | null {
  if (typeof body !== 'object' || body === null || !('token' in body)) return null
  return typeof body.token === 'string' && body.token !== '' ? body.token : null
}
