import { createSecretKey, randomUUID } from 'node:crypto'
import { errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import { HttpError } from '../http/errors.ts'

/** Both set it apart from every other JWT here, whatever keys they are signed with. */
const TYPE = 'seon-verify-receipt+jwt'
const AUDIENCE = 'seon-verify-receipt'

/**
 * The time to fill in the rest of a form. It lies in a page where other scripts can read it, so it is soon worth nothing;
 * the element gets a new one before it runs out.
 */
const LIFETIME_MS = 10 * 60_000

const claims = z.object({ sub: z.string(), jti: z.string(), exp: z.number(), user: z.string(), origin: z.string() })

/** What a receipt is bound to. */
export interface Receipt {
  verificationId: string
  /** Keyed hash: a receipt passes through pages and forms, and must not name anybody. */
  user: string
  /** Of the page that it was made for. */
  origin: string
}

/** Receipts: JWTs of our own saying that a verification stood approved when they were made. */
export interface ReceiptTokens {
  /** Times are epoch ms. */
  issue(receipt: Receipt): Promise<{ token: string; expiresAt: number }>
  /** Throws 410 `receipt_expired`, else 400 `receipt_invalid`, whatever is wrong with it. */
  read(token: string): Promise<Receipt & { jti: string; expiresAt: number }>
}

/** `key` is the store's `receipt` key, the same on every node. */
export function createReceiptTokens(key: Uint8Array, now: () => number): ReceiptTokens {
  const secret = createSecretKey(key)
  return {
    async issue({ verificationId, user, origin }) {
      // In whole seconds, as the token says it.
      const exp = Math.floor((now() + LIFETIME_MS) / 1000)
      const token = await new SignJWT({ user, origin })
        .setProtectedHeader({ alg: 'HS256', typ: TYPE })
        .setAudience(AUDIENCE)
        .setSubject(verificationId)
        .setJti(randomUUID())
        .setExpirationTime(exp)
        .sign(secret)
      return { token, expiresAt: exp * 1000 }
    },
    async read(token) {
      try {
        const { payload } = await jwtVerify(token, secret, {
          algorithms: ['HS256'],
          audience: AUDIENCE,
          typ: TYPE,
          requiredClaims: ['exp'],
          currentDate: new Date(now()),
        })
        const { sub, jti, exp, user, origin } = claims.parse(payload)
        return { verificationId: sub, jti, expiresAt: exp * 1000, user, origin }
      } catch (error) {
        if (error instanceof errors.JWTExpired) throw new HttpError(410, 'receipt_expired')
        throw new HttpError(400, 'receipt_invalid')
      }
    },
  }
}
