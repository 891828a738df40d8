import { randomBytes } from 'node:crypto'
import type { Audit } from '../audit/audit.ts'
import type { SessionTable } from '../store/engine/schema.ts'
import type { Store } from '../store/engine/store.ts'
import { isSameSecret } from './secrets.ts'
import type { Grants } from './sessions/grants.ts'
import type { Role } from './sessions/role.ts'
import { digest, type NewSession, type Sessions } from './sessions/sessions.ts'

/** Who watches. */
export interface Operator {
  name: string
  role: Role
  /** Whose sessions are theirs. */
  subject: string
  /** The session's id; null where a bearer token was shown. */
  sessionId: string | null
}

/** Whoever has ADMIN_TOKEN: a person who sets the server up, or a program of theirs. */
export const ADMINISTRATOR: Operator = { name: 'administrator', role: 'admin', subject: 'token', sessionId: null }

/** A sign-in link is for the person who has just started the server. */
const LINK_MS = 15 * 60 * 1000

/** 256 bits: not to be guessed. */
const SECRET_BYTES = 32

/** By what somebody came in. */
export type SignInWay = 'token' | 'link' | 'openid'

/**
 * Sign-ins, sign-outs and sessions that somebody ends are recorded in one transaction with what they do. Not recorded: what runs out,
 * what its grounds are gone of, and what the same browser replaces by signing in again.
 */
export interface Operators {
  /** Whether this is the admin token; compared in constant time. */
  isAdminToken(token: string): boolean
  /** Whether this is the token that only reads verifications. */
  isApiToken(token: string): boolean
  /** Starts a session; the answer is the cookie's value. */
  signIn(session: NewSession, way: SignInWay): Promise<{ cookie: string; expiresAt: number }>
  /** Starts one for whoever has shown the admin token, or followed the sandbox's link. */
  signInAdministrator(
    browser: Pick<NewSession, 'device' | 'replaces'>,
    way: SignInWay,
  ): Promise<{ cookie: string; expiresAt: number }>
  /** The operator of that cookie, or null where it is unknown, ended or expired. */
  find(cookie: string): Promise<Operator | null>
  /** Whether a session still holds, without its counting as seen. */
  holds(sessionId: string): Promise<boolean>
  /** Of these sessions the ones that still hold; they count as seen now. */
  keepAlive(sessionIds: readonly string[]): Promise<ReadonlySet<string>>
  /** An admin's view of all sessions, a viewer's of their own. */
  listSessions(operator: Operator): Promise<SessionTable[]>
  /** The session that was ended; null where there is none, or where it is another's and this is no admin. */
  endSession(operator: Operator, sessionId: string): Promise<SessionTable | null>
  /** A code that signs in once, within 15 minutes, on this process. */
  createLinkCode(): string
  redeemLinkCode(code: string): boolean
}

export function createOperators(deps: {
  store: Store
  sessions: Sessions
  grants: Grants
  audit: Audit
  adminToken: string
  apiToken: string | null
  now: () => number
}): Operators {
  const { store, sessions, grants, audit, now } = deps
  const codes = new Map<string, number>()
  const reachOf = ({ role, subject }: Operator) => (role === 'admin' ? null : subject)

  function signIn(session: NewSession, way: SignInWay): Promise<{ cookie: string; expiresAt: number }> {
    return store.transact(async (trx) => {
      const detail = { way, role: session.role }
      await audit.record({ action: 'signed_in', operator: session.name, detail }, trx)
      return sessions.start(trx, session)
    })
  }

  return {
    isAdminToken: (token) => isSameSecret(token, deps.adminToken),
    isApiToken: (token) => deps.apiToken !== null && isSameSecret(token, deps.apiToken),
    signIn,
    signInAdministrator: (browser, way) =>
      signIn({ ...ADMINISTRATOR, ...grants.token, ...browser, idToken: null }, way),
    async find(cookie) {
      const row = await sessions.find(cookie)
      return row === null ? null : { name: row.operator, role: row.role, subject: row.subject, sessionId: row.id }
    },
    holds: (sessionId) => sessions.holds(sessionId),
    keepAlive: (sessionIds) => sessions.keepAlive(sessionIds),
    listSessions: (operator) => sessions.list(reachOf(operator)),
    endSession: (operator, sessionId) =>
      store.transact(async (trx) => {
        const ended = await sessions.end(trx, sessionId, reachOf(operator))
        if (ended === null) return null
        const isOwn = ended.subject === operator.subject
        await audit.record(
          {
            action: isOwn ? 'signed_out' : 'session_ended',
            operator: operator.name,
            subject: ended.id,
            ...(isOwn ? {} : { detail: { of: ended.operator } }),
          },
          trx,
        )
        return ended
      }),
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
