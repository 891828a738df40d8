import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Store } from '../store/store.ts'

/** `viewer` looks, with personal data masked; `admin` also reveals, replays, exports and ends sessions. */
export type Role = 'admin' | 'viewer'

/** Who watches. */
export interface Operator {
  name: string
  role: Role
  /** The session's id; null where a bearer token was shown. */
  sessionId: string | null
}

/** A working day and a night: nobody is signed out at noon, and a forgotten screen is by the next day. */
const SESSION_MS = 12 * 60 * 60 * 1000

/** A sign-in link is for the person who has just started the server. */
const LINK_MS = 15 * 60 * 1000

/** 256 bits: not to be guessed. */
const SECRET_BYTES = 32

export interface Operators {
  /** Whether this is the admin token; compared in constant time. */
  isAdminToken(token: string): boolean
  /** Whether this is the token that only reads verifications. */
  isApiToken(token: string): boolean
  /** Starts a session; the answer is the cookie's value. */
  signIn(operator: { name: string; role: Role }): Promise<{ cookie: string; expiresAt: number }>
  /** The operator of that cookie, or null where it is unknown, ended or expired. */
  find(cookie: string): Promise<Operator | null>
  signOut(sessionId: string): Promise<void>
  /** A code that signs in once, within 15 minutes, on this process. */
  createLinkCode(): string
  redeemLinkCode(code: string): boolean
}

export function createOperators(deps: {
  store: Store
  adminToken: string
  apiToken: string | null
  now: () => number
}): Operators {
  const { store, now } = deps
  const codes = new Map<string, number>()
  return {
    isAdminToken: (token) => isEqual(token, deps.adminToken),
    isApiToken: (token) => deps.apiToken !== null && isEqual(token, deps.apiToken),
    async signIn({ name, role }) {
      const cookie = randomBytes(SECRET_BYTES).toString('base64url')
      const expiresAt = now() + SESSION_MS
      await store.db.deleteFrom('sessions').where('expires_at', '<', now()).execute()
      await store.db
        .insertInto('sessions')
        .values({ id: digest(cookie), operator: name, role, created_at: now(), expires_at: expiresAt })
        .execute()
      return { cookie, expiresAt }
    },
    async find(cookie) {
      const row = await store.db
        .selectFrom('sessions')
        .selectAll()
        .where('id', '=', digest(cookie))
        .where('expires_at', '>', now())
        .executeTakeFirst()
      return row === undefined ? null : { name: row.operator, role: row.role, sessionId: row.id }
    },
    async signOut(sessionId) {
      await store.transact(async (trx) => {
        await trx.deleteFrom('sessions').where('id', '=', sessionId).execute()
        await store.wake(trx, 'sessions')
      })
    },
    createLinkCode() {
      const code = randomBytes(SECRET_BYTES).toString('base64url')
      codes.set(digest(code), now() + LINK_MS)
      return code
    },
    redeemLinkCode(code) {
      const id = digest(code)
      const expiresAt = codes.get(id)
      codes.delete(id)
      return expiresAt !== undefined && expiresAt > now()
    },
  }
}

/** Compares digests, which have one length whatever was given. */
function isEqual(given: string, expected: string): boolean {
  return timingSafeEqual(createHash('sha256').update(given).digest(), createHash('sha256').update(expected).digest())
}

/** What is stored of a cookie: whoever reads the store cannot sign in with it. The value is random, so no salt. */
function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
