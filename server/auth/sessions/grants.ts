import { fingerprint } from '../secrets.ts'
import type { Role } from './role.ts'

/** An entry of OIDC_ADMINS or OIDC_VIEWERS: an address or `@domain` in lower case, or `group:name`. */
export type Rule = string

/** What a provider says of somebody, as far as rules look at it. */
export interface Claims {
  email: string | null
  /** Only then is the address theirs: anybody can write any address into many providers' profiles. */
  isEmailVerified: boolean
  groups: readonly string[]
}

export interface Grant {
  role: Role
  /** Names what gave the role; a session holds for as long as this still gives it. */
  grounds: string
}

/** Who may be an operator, as the environment says it now. */
export interface Grants {
  /** What ADMIN_TOKEN gives. */
  readonly token: Grant
  /** What the rules give; null where none fits: nobody is an operator by default. Admins' rules come first. */
  match(claims: Claims): Grant | null
  /** Whether these grounds still give that role. */
  holds(grant: Grant): boolean
}

export interface GrantsOptions {
  adminToken: string
  /** Null without OpenID Connect. */
  oidc: { issuer: string; admins: readonly Rule[]; viewers: readonly Rule[] } | null
}

export function createGrants({ adminToken, oidc }: GrantsOptions): Grants {
  // Another token is another ground: who replaces it ends what it has opened.
  const token: Grant = { role: 'admin', grounds: `token ${fingerprint(adminToken)}` }
  const granted = new Map<string, Role>([[token.grounds, token.role]])
  const groundsOf = (rule: Rule) => `${oidc?.issuer} ${rule}`
  const rules = [
    ...(oidc?.admins ?? []).map((rule) => ({ rule, role: 'admin' }) as const),
    ...(oidc?.viewers ?? []).map((rule) => ({ rule, role: 'viewer' }) as const),
  ]
  for (const { rule, role } of rules) {
    if (!granted.has(groundsOf(rule))) granted.set(groundsOf(rule), role)
  }
  return {
    token,
    match(claims) {
      const found = rules.find(({ rule }) => fits(rule, claims))
      return found === undefined ? null : { role: found.role, grounds: groundsOf(found.rule) }
    },
    holds: ({ grounds, role }) => granted.get(grounds) === role,
  }
}

function fits(rule: Rule, { email, isEmailVerified, groups }: Claims): boolean {
  if (rule.startsWith('group:')) return groups.includes(rule.slice('group:'.length))
  if (email === null || !isEmailVerified) return false
  const address = email.toLowerCase()
  if (!rule.startsWith('@')) return address === rule
  // Exactly one @, as what follows a quoted one is not the domain.
  const [name, domain, ...more] = address.split('@')
  return name !== '' && `@${domain}` === rule && more.length === 0
}
