import { createSecretKey } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'
import { fingerprint, isSameSecret } from './secrets.ts'

/** Sets it apart from every other JWT here, whatever keys they are signed with. */
const TYPE = 'seon-verify-incode+jwt'
const ISSUER = 'seon-verify'
const AUDIENCE = 'seon-verify-incode'

/** Incode asks for a new one when it runs out; a leaked one is soon worth nothing. */
const LIFETIME_S = 15 * 60
/** Between nodes' clocks, and for a delivery that was sent as its token ran out. */
const TOLERANCE_S = 60

export interface IncodeTokensOptions {
  /** INCODE_WEBHOOK_CLIENT_ID and INCODE_WEBHOOK_CLIENT_SECRET. */
  client: { id: string; secret: string }
  /** The store's `incode-token` key: the same on every node and after a restart. */
  key: Uint8Array
  now?: () => number
}

/** What OAuth 2.0 calls a successful answer; Incode wants `access_token` and `expires_in` (seconds). */
export interface AccessToken {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
}

/** The tokens with which Incode's webhooks say that they are Incode's. Nothing is stored: the key is what counts. */
export interface IncodeTokens {
  /** Names the signing key, never tells it. */
  readonly keyId: string
  /** Whether an `Authorization` header holds the client's id and secret; compared in constant time. */
  isClient(authorization: string): boolean
  issue(): Promise<AccessToken>
  /** Whether we issued this token and it has not run out. */
  verify(token: string): Promise<boolean>
}

export function createIncodeTokens({ client, key, now = Date.now }: IncodeTokensOptions): IncodeTokens {
  const secret = createSecretKey(key)
  return {
    keyId: fingerprint(secret),
    isClient(authorization) {
      const [, credentials = ''] = /^Basic +([A-Za-z0-9+/]+={0,2})$/i.exec(authorization) ?? []
      return isSameSecret(Buffer.from(credentials, 'base64'), `${client.id}:${client.secret}`)
    },
    async issue() {
      const issuedAt = Math.floor(now() / 1000)
      const token = await new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setIssuer(ISSUER)
        .setAudience(AUDIENCE)
        .setIssuedAt(issuedAt)
        .setExpirationTime(issuedAt + LIFETIME_S)
        .sign(secret)
      return { access_token: token, token_type: 'Bearer', expires_in: LIFETIME_S }
    },
    async verify(token) {
      try {
        await jwtVerify(token, secret, {
          algorithms: ['HS256'],
          typ: TYPE,
          issuer: ISSUER,
          audience: AUDIENCE,
          requiredClaims: ['iat', 'exp'],
          clockTolerance: TOLERANCE_S,
          currentDate: new Date(now()),
        })
        return true
      } catch {
        return false
      }
    },
  }
}
