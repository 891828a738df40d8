import { createAudit } from '../../server/audit/audit.ts'
import { createOperators } from '../../server/auth/operators.ts'
import { createGrants } from '../../server/auth/sessions/grants.ts'
import type { Role } from '../../server/auth/sessions/role.ts'
import { createSessions } from '../../server/auth/sessions/sessions.ts'
import { createIds } from '../../server/ids.ts'
import type { Environment } from '../../server/protocol.ts'
import type { Store } from '../../server/store/engine/store.ts'

export const ADMIN_TOKEN = 'an-admin-token-long-enough'
export const API_TOKEN = 'an-api-token-that-reads-only'

const ISSUER = 'https://accounts.example.com'

export interface TestOperatorsOptions {
  now: () => number
  environment?: Environment
  adminToken?: string
  admins?: string[]
  viewers?: string[]
}

/** Operators as the server puts them together: whose addresses end in `@example.com` view, `admin@example.com` is an admin. */
export function createTestOperators(
  store: Store,
  {
    now,
    environment = 'live',
    adminToken = ADMIN_TOKEN,
    admins = ['admin@example.com'],
    viewers = ['@example.com'],
  }: TestOperatorsOptions,
) {
  const grants = createGrants({ adminToken, oidc: { issuer: ISSUER, admins, viewers } })
  const sessions = createSessions({ store, environment, grants, now })
  const audit = createAudit({ store, environment, retentionDays: 30, newId: createIds(now), now })
  const operators = createOperators({ store, sessions, grants, audit, adminToken, apiToken: API_TOKEN, now })

  /** A session's cookie, as after a sign-in by the provider. */
  async function signIn(role: Role, name: string = role): Promise<string> {
    const email = `${name}@example.com`
    const grant = grants.match({ email, isEmailVerified: true, groups: [] })
    if (grant?.role !== role) throw new Error(`${email} is no ${role}`)
    const person = { name: email, subject: `${ISSUER} ${name}`, device: 'Firefox, Linux', idToken: null }
    return (await operators.signIn({ ...grant, ...person, replaces: null }, 'openid')).cookie
  }

  return { grants, sessions, operators, audit, signIn }
}
