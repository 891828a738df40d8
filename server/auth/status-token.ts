import { createSecretKey } from 'node:crypto'
import { jwtVerify, SignJWT } from 'jose'

/** Both set it apart from every other JWT here, whatever keys they are signed with. */
const TYPE = 'seon-verify-status+jwt'
const AUDIENCE = 'seon-verify-status'
/** A review by hand can take weeks; the visitor's page follows as long. */
const LIFETIME_MS = 30 * 24 * 3_600_000

/** Tokens with which a visitor's page sees one verification (or the one that a link begins), for 30 days. Nothing is stored: the key is what counts. */
export interface StatusTokens {
  issue(subject: string): Promise<string>
  /** What the token sees (see `Follow`); null where it is not one of ours, or too old. */
  verify(token: string): Promise<string | null>
}

/** `key` is the store's `status-token` key, the same on every node. */
export function createStatusTokens(key: Uint8Array, now: () => number = Date.now): StatusTokens {
  const secret = createSecretKey(key)
  return {
    issue(subject) {
      return new SignJWT()
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setAudience(AUDIENCE)
        .setSubject(subject)
        .setExpirationTime(new Date(now() + LIFETIME_MS))
        .sign(secret)
    },
    async verify(token) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ['HS256'],
          audience: AUDIENCE,
          typ: TYPE,
          requiredClaims: ['sub', 'exp'],
          currentDate: new Date(now()),
        })
        return payload.sub ?? null
      } catch {
        return null
      }
    },
  }
}
