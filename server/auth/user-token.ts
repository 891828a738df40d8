import { createSecretKey } from 'node:crypto'
import { jwtVerify } from 'jose'
import { z } from 'zod'
import { HttpError } from '../http/errors.ts'

/** Between the site's clock and ours. */
const TOLERANCE_S = 60
/** A user token is made for one start and not to be kept. */
const MAX_AHEAD_S = 15 * 60

const id = z
  .string()
  .min(1)
  .max(255)
  .refine((text) => text.isWellFormed() && !/\p{Cc}/u.test(text))

const claims = z.object({
  sub: id,
  jti: id,
  exp: z.number(),
  workflow: z.string().optional(),
  inputs: z.record(z.string(), z.unknown()).optional(),
})

/** What the site's back end says of a visitor, verified. */
export interface UserToken {
  userId: string
  jti: string
  /** Until when this token could be presented again, epoch ms. */
  expiresAt: number
  /** A name in WORKFLOWS; wins over the body's. */
  workflow: string | null
  /** Fields in SEON's names or in camelCase; they win over the body's. Not checked yet. */
  inputs: Readonly<Record<string, unknown>>
}

/** Verifies one; throws 401 `user_token_invalid` whatever is wrong with it. Whether it was used is for `starts` to say. */
export type VerifyUserToken = (token: string) => Promise<UserToken>

/**
 * User tokens: JWTs signed with HS256 and USER_TOKEN_SECRET by the site's back end. `sub` (user id), `jti`,
 * `aud: "seon-verify"` and `exp` (at most 15 minutes ahead) are required; `workflow` and `inputs` are optional.
 */
export function createVerifyUserToken(secret: string, now: () => number = Date.now): VerifyUserToken {
  const key = createSecretKey(secret, 'utf8')
  return async (token) => {
    try {
      const currentDate = new Date(now())
      const { payload } = await jwtVerify(token, key, {
        algorithms: ['HS256'],
        audience: 'seon-verify',
        clockTolerance: TOLERANCE_S,
        currentDate,
      })
      const { sub, jti, exp, workflow, inputs } = claims.parse(payload)
      if (exp > currentDate.getTime() / 1000 + MAX_AHEAD_S + TOLERANCE_S) throw userTokenInvalid()
      return {
        userId: sub,
        jti,
        // `exp` may have a fraction (RFC 7519 §2), which the store's times have not.
        expiresAt: Math.ceil((exp + TOLERANCE_S) * 1000),
        workflow: workflow ?? null,
        inputs: inputs ?? {},
      }
    } catch {
      throw userTokenInvalid()
    }
  }
}

/** Which check failed is nobody's business but the log's, and there only as a count. */
export const userTokenInvalid = () =>
  new HttpError(401, 'user_token_invalid', {}, { headers: { 'WWW-Authenticate': 'Bearer' } })
