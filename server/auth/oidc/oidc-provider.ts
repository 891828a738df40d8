import * as client from 'openid-client'
import { z } from 'zod'
import type { Config } from '../../config/config.ts'
import type { SignInFailure } from '../../protocol.ts'
import type { Claims } from '../sessions/grants.ts'
import type { SignIn } from './sign-ins.ts'

/** A person waits for each of these requests; s. */
const PATIENCE_S = 8

/** Longer ones are no name that a list could show. */
const MAX_NAME = 255

export interface OidcPerson extends Claims {
  /** What the dashboard calls them: an address where there is one. */
  name: string
  /** The provider's id of them, with the provider's own. */
  subject: string
  idToken: string
}

/** Why nobody was signed in; `cause` is for the log and holds nothing personal. */
export class OidcError extends Error {
  readonly reason: SignInFailure
  constructor(reason: SignInFailure, code: string) {
    super(code)
    this.name = 'OidcError'
    this.reason = reason
  }
}

/** The OpenID provider, asked for its addresses at first use: one that is down keeps nobody from starting this server. */
export interface OidcProvider {
  /** Shown to people: where the button leads. */
  readonly host: string
  /** Where to send the browser. Throws `OidcError`. */
  begin(): Promise<SignIn & { state: string; url: string }>
  /** Trades what came back for who it is. `query` begins with `?`. Throws `OidcError`. */
  finish(query: string, signIn: SignIn & { state: string }): Promise<OidcPerson>
  /** Where the browser ends the provider's own session; null where it offers none, or is away. */
  readSignOutUrl(idToken: string): Promise<string | null>
}

export interface OidcProviderOptions {
  oidc: NonNullable<Config['oidc']>
  publicUrl: () => string
  /** Whose accounts anybody can make for any address. For tests. */
  google?: string
}

const CALLBACK = '/api/session/oidc/callback'

export function createOidcProvider({
  oidc,
  publicUrl,
  google = 'accounts.google.com',
}: OidcProviderOptions): OidcProvider {
  const issuer = new URL(oidc.issuer)
  let discovered: Promise<client.Configuration> | undefined

  function discover(): Promise<client.Configuration> {
    discovered ??= client
      .discovery(issuer, oidc.clientId, undefined, authenticate(oidc.clientSecret), {
        timeout: PATIENCE_S,
        execute: [
          // Signatures are checked although TLS vouches for the token endpoint: the keys are asked for now and then.
          client.enableNonRepudiationChecks,
          // The environment lets no http through but this machine's own.
          ...(issuer.protocol === 'http:' ? [client.allowInsecureRequests] : []),
        ],
      })
      .catch((error: unknown) => {
        // Asked again by whoever comes next.
        discovered = undefined
        throw new OidcError('unreachable', readCode(error))
      })
    return discovered
  }

  return {
    host: issuer.host,
    async begin() {
      const configuration = await discover()
      const [state, nonce, codeVerifier] = [client.randomState(), client.randomNonce(), client.randomPKCECodeVerifier()]
      const url = client.buildAuthorizationUrl(configuration, {
        redirect_uri: `${publicUrl()}${CALLBACK}`,
        scope: oidc.scope,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(codeVerifier),
        code_challenge_method: 'S256',
      })
      return { state, nonce, codeVerifier, url: url.href }
    },
    async finish(query, { state, nonce, codeVerifier }) {
      const configuration = await discover()
      try {
        const tokens = await client.authorizationCodeGrant(
          configuration,
          new URL(`${publicUrl()}${CALLBACK}${query}`),
          { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: codeVerifier, idTokenExpected: true },
        )
        const idClaims = tokens.claims()
        if (idClaims === undefined || tokens.id_token === undefined) throw new OidcError('failed', 'no_id_token')
        // Many providers say who it is at this address only, as the standard allows.
        const more =
          configuration.serverMetadata().userinfo_endpoint === undefined
            ? {}
            : await client.fetchUserInfo(configuration, tokens.access_token, idClaims.sub)
        // What one of them says of an address must not vouch for the other's.
        const claims = { ...idClaims, ...('email' in more ? { email_verified: false } : {}), ...more }
        return {
          ...toPerson(claims, issuer.host, issuer.host === google),
          subject: `${oidc.issuer} ${idClaims.sub}`,
          idToken: tokens.id_token,
        }
      } catch (error) {
        throw toOidcError(error)
      }
    },
    async readSignOutUrl(idToken) {
      const configuration = await discover().catch(() => null)
      if (configuration?.serverMetadata().end_session_endpoint === undefined) return null
      return client.buildEndSessionUrl(configuration, {
        id_token_hint: idToken,
        post_logout_redirect_uri: `${publicUrl()}/dashboard`,
      }).href
    },
  }
}

/** As the provider asks; `client_secret_basic` where it says nothing (OpenID Connect Discovery 1.0 §3). */
function authenticate(secret: string): client.ClientAuth {
  const [basic, post] = [client.ClientSecretBasic(secret), client.ClientSecretPost(secret)]
  return (server, ...rest) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ['client_secret_basic']
    const chosen = methods.includes('client_secret_basic') || !methods.includes('client_secret_post') ? basic : post
    chosen(server, ...rest)
  }
}

const claimsSchema = z.object({
  sub: z.string().min(1),
  email: z.string().max(MAX_NAME).optional().catch(undefined),
  // Some providers write it as text.
  email_verified: z.unknown().transform((value) => value === true || value === 'true'),
  preferred_username: z.string().max(MAX_NAME).optional().catch(undefined),
  // Some providers write a single one as text.
  groups: z.union([z.array(z.string()), z.string().transform((group) => [group])]).catch([]),
  hd: z.string().optional().catch(undefined),
})

function toPerson(
  claims: Readonly<Record<string, unknown>>,
  host: string,
  isGoogle: boolean,
): Claims & { name: string } {
  const {
    sub,
    email,
    email_verified: isVerifiedThere,
    preferred_username: username,
    groups,
    hd,
  } = claimsSchema.parse(claims)
  // Anybody can make a Google account for an address of a company's; `hd` tells the company's own (Google's OpenID guide).
  const isOwn = !isGoogle || email?.toLowerCase().endsWith(`@${hd?.toLowerCase() ?? 'gmail.com'}`) === true
  const isEmailVerified = isVerifiedThere && isOwn
  // Anything but a verified address can be made to look like somebody else's name: the provider's then stands beside it.
  const name = isEmailVerified && email ? email : `${username ?? sub} (${host})`
  return { name, email: email ?? null, isEmailVerified, groups }
}

function toOidcError(error: unknown): OidcError {
  if (error instanceof OidcError) return error
  const code = readCode(error)
  if (error instanceof client.AuthorizationResponseError) {
    return new OidcError(error.error === 'access_denied' ? 'cancelled' : 'failed', error.error)
  }
  if (error instanceof client.ResponseBodyError) {
    return new OidcError(error.error === 'invalid_grant' ? 'expired' : 'failed', error.error)
  }
  // fetch's own word for a network that failed.
  const isNetwork = code === 'OAUTH_TIMEOUT' || error instanceof TypeError
  return new OidcError(isNetwork ? 'unreachable' : 'failed', code)
}

/** What kind of fault it is. Messages and causes hold codes, tokens and claims, which no log gets. */
function readCode(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name
}
