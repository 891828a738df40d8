import { randomBytes } from 'node:crypto'
import { type Request, type Response, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import type { Logger } from 'pino'
import type { Audit } from '../../audit/audit.ts'
import { cookieName, readCookie } from '../../auth/credentials.ts'
import { OidcError, type OidcProvider } from '../../auth/oidc/oidc-provider.ts'
import type { SignIns } from '../../auth/oidc/sign-ins.ts'
import type { Operators } from '../../auth/operators.ts'
import type { OriginRules } from '../../auth/origins.ts'
import type { Grants } from '../../auth/sessions/grants.ts'
import { cookieOptions, readBrowser, setSessionCookie } from '../../auth/sessions/session-cookie.ts'
import { HttpError } from '../../http/errors.ts'
import type { SignInFailure } from '../../protocol.ts'

export interface OidcRoutesDeps {
  operators: Operators
  origins: OriginRules
  grants: Grants
  /** Null without OIDC_ISSUER. */
  oidcProvider: OidcProvider | null
  signIns: SignIns
  audit: Audit
  publicUrl: () => string
  log: Logger
}

/** Sign-ins an address may begin or end in a quarter of an hour: an office on a Monday morning, no flood of rows. */
const MAX_VISITS = 200
const WINDOW_MS = 15 * 60_000

/** A sign-in takes minutes; the store lets go of it after ten. */
const BROWSER_COOKIE_MS = 10 * 60_000

/**
 * `GET /api/session/oidc` leads to the OpenID provider; `GET /api/session/oidc/callback` is where that leads back to: it
 * signs in whom OIDC_ADMINS or OIDC_VIEWERS name, and leads to the dashboard, with `?sign-in=<SignInFailure>` where it did not.
 */
export function createOidcRoutes(deps: OidcRoutesDeps): Router {
  const { operators, origins, grants, oidcProvider, signIns, audit, publicUrl, log } = deps
  const router = Router()
  // A picture on somebody's page must not use up the visits of everybody behind the same address.
  router.use((request, _response, next) => {
    const destination = request.get('Sec-Fetch-Dest')
    if (destination !== undefined && destination !== 'document') throw new HttpError(403, 'origin_forbidden')
    next()
  })
  router.use(
    rateLimit({
      windowMs: WINDOW_MS,
      limit: MAX_VISITS,
      ipv6Subnet: 56,
      standardHeaders: false,
      legacyHeaders: false,
      handler: (_request, response) => leave(response, 'failed'),
    }),
  )

  router.get('/', async (request, response) => {
    if (oidcProvider === null) return leave(response, 'failed')
    // Who has typed `localhost` comes back to PUBLIC_URL, whose cookies are others.
    const { origin, host } = new URL(publicUrl())
    const asked = request.get('Host')
    if (asked !== host && origins.isOwn(origin.replace(host, asked ?? ''))) {
      return response.redirect(303, `${origin}${request.originalUrl}`)
    }
    try {
      const { state, url, ...signIn } = await oidcProvider.begin()
      // One for all of a browser's tabs, so that a second one does not spoil the first one's way back.
      const browser = readCookie(request, browserCookie()) ?? randomBytes(32).toString('base64url')
      await signIns.begin(state, browser, { ...signIn, replaces: readBrowser(request, publicUrl()).replaces })
      response.cookie(browserCookie(), browser, {
        ...cookieOptions(publicUrl()),
        // It must come along when the provider's page leads back.
        sameSite: 'lax',
        maxAge: BROWSER_COOKIE_MS,
      })
      response.set('Referrer-Policy', 'no-referrer').redirect(303, url)
    } catch (error) {
      await refuse(response, error)
    }
  })

  router.get('/callback', async (request, response) => {
    try {
      const session = await finish(request)
      setSessionCookie(response, publicUrl(), session)
      leave(response)
    } catch (error) {
      await refuse(response, error)
    }
  })

  async function finish(request: Request): Promise<{ cookie: string; expiresAt: number }> {
    const { state } = request.query
    const browser = readCookie(request, browserCookie())
    if (oidcProvider === null || typeof state !== 'string' || browser === null) {
      throw new OidcError('expired', 'not_begun_here')
    }
    const begun = await signIns.take(state, browser)
    if (begun === null) throw new OidcError('expired', 'unknown_state')
    const { search } = new URL(request.originalUrl, publicUrl())
    const person = await oidcProvider.finish(search, { state, ...begun })
    const grant = grants.match(person)
    if (grant === null) {
      await audit.record({ action: 'sign_in_refused', operator: null, detail: { way: 'openid' } })
      throw new OidcError('refused', 'no_rule')
    }
    const { name, subject, idToken } = person
    const { device, replaces } = readBrowser(request, publicUrl())
    return operators.signIn(
      // Where the provider is on our own site, the cookie has come along, and may be newer.
      { ...grant, name, subject, idToken, device, replaces: replaces ?? begun.replaces },
      'openid',
    )
  }

  async function refuse(response: Response, error: unknown): Promise<void> {
    if (!(error instanceof OidcError)) throw error
    log.warn({ event: 'oidc_sign_in_failed', reason: error.reason, code: error.message })
    leave(response, error.reason)
  }

  function browserCookie(): string {
    return `${cookieName(publicUrl())}-sign-in`
  }

  return router
}

/** A person is on this way: whatever happened, it ends at the form, which has the words. */
function leave(response: Response, failure?: SignInFailure): void {
  // The address just left holds the provider's code.
  response.set('Referrer-Policy', 'no-referrer')
  response.redirect(303, failure === undefined ? '/dashboard' : `/dashboard?sign-in=${failure}`)
}
