import { z } from 'zod'
import type { Environment } from '../protocol.ts'
import type { Limit } from './config-values.ts'
import * as value from './config-values.ts'
import { type ConfigWarning, readWarnings } from './config-warnings.ts'

/** What the sandbox's own SEON calls its workflow where WORKFLOW_ID says nothing. */
const SANDBOX_WORKFLOW_ID = '00000000-0000-4000-8000-000000000001'

/** `address=30/m,user=5/m`: an office behind one address still gets in, one person cannot spend much. */
const DEFAULT_LIMITS: InitLimits = { address: { count: 30, windowMs: 60_000 }, user: { count: 5, windowMs: 60_000 } }

/**
 * Who may start once more. `unless-approved`: everybody who does not stand approved in that workflow. `never`: only whose
 * runs came to nothing (cancelled, expired, …), nobody who has ever got through one. `always`: everybody.
 */
export type Restart = 'never' | 'unless-approved' | 'always'

export interface InitLimits {
  address: Limit
  user: Limit
}

/** The environment, understood. A null secret is made by the sandbox; live, `readConfig` has refused to go without it. */
export interface Config {
  /** `live` as soon as there is a SEON_API_KEY. */
  environment: Environment
  /** PORT; 0 picks a free one. */
  port: number
  /** HOST: 127.0.0.1 in the sandbox, 0.0.0.0 live. */
  host: string
  /** SANDBOX_PORT: PORT + 1, or 0 if PORT is 0. */
  sandboxPort: number
  /** PUBLIC_URL, an origin without trailing slash. Null in the sandbox: known once the server listens. */
  publicUrl: string | null
  /** TRUST_PROXY: how many proxies' `X-Forwarded-*` count; for Express's `trust proxy`. */
  trustProxy: number
  seon: {
    /** SEON_API_KEY; null in the sandbox. */
    apiKey: string | null
    /** SEON_BASE_URL without trailing slash; null in the sandbox: known once that listens. */
    baseUrl: string | null
    /** WORKFLOW_ID */
    workflowId: string
    /** WORKFLOWS: the names a page may ask for. */
    workflows: ReadonlyMap<string, string>
    /** SEON_WEBHOOK_SECRET: all are accepted; empty only in the sandbox. */
    webhookSecrets: readonly string[]
    /** SEON_LICENSE_KEY: empty closes the Fraud door. */
    licenseKeys: readonly { environment: Environment; key: string }[]
  }
  incode: {
    /** INCODE_WEBHOOK_CLIENT_ID and _SECRET: for the token endpoint that Incode calls. */
    client: { id: string; secret: string } | null
    /** INCODE_WEBHOOK_HEADER; the name in lower case. */
    header: { name: string; value: string } | null
    /**
     * INCODE_API_URL, _KEY, _TOKEN (an executive token, 24 h): where verdicts are read. To try it in the sandbox, give the
     * sandbox's own address, with any key and token: `INCODE_API_URL=http://127.0.0.1:3001`.
     */
    api: { url: string; key: string; token: string } | null
  }
  /** SEON_PANEL_URL: where SEON's panel shows a run, with `{executionId}` in its place. SEON documents no such address; null: no link. */
  seonPanelUrl: string | null
  /** DATABASE_URL: `sqlite:<path>` or `postgres://…` (which may hold a password). */
  databaseUrl: string
  /** SPOOL_PATH */
  spoolPath: string
  /** RAW_RETENTION_DAYS, in days. */
  rawRetentionDays: number
  /** AUDIT_RETENTION_DAYS, in days: how long it is known which operator did what. */
  auditRetentionDays: number
  /** Sign-in by an OpenID Connect provider; null without OIDC_ISSUER. */
  oidc: {
    /** OIDC_ISSUER, as the provider itself writes it: what stands before `/.well-known/openid-configuration`. */
    issuer: string
    /** OIDC_CLIENT_ID, OIDC_CLIENT_SECRET. Its redirect URI is `PUBLIC_URL/api/session/oidc/callback`. */
    clientId: string
    clientSecret: string
    /** OIDC_SCOPE: `openid email profile` unless the provider gives groups for another one. */
    scope: string
    /**
     * OIDC_ADMINS, OIDC_VIEWERS: `anna@example.com`, `@example.com` (both only where the provider says that the address is
     * verified) or `group:<one of the claim "groups">`. Who matches none gets no further; admins' rules come first.
     */
    admins: readonly string[]
    viewers: readonly string[]
  } | null
  /** ADMIN_TOKEN; null in the sandbox: made and printed. */
  adminToken: string | null
  /** API_TOKEN; null: programs may not ask, in the sandbox: made and printed. */
  apiToken: string | null
  /** ALLOWED_ORIGINS, without `publicUrl`, which is always allowed; `any` in the sandbox. */
  allowedOrigins: 'any' | readonly string[]
  /** USER_TOKEN_SECRET: where it is set, a start needs a user token. Null: user ids are taken as the page gives them. */
  userTokenSecret: string | null
  /** INIT_LIMITS */
  initLimits: InitLimits
  /** RESTART. Holds where the server knows who it is: not for unsigned users on a live server, see `standing.ts`. */
  restart: Restart
  /** STATUS_WEBHOOK_URL and _SECRET: messages are signed with each secret, so that one can replace another. */
  statusWebhook: { url: string; secrets: readonly string[] } | null
  warnings: readonly ConfigWarning[]
}

export interface ConfigProblem {
  variable: string
  /** What is wanted, for people; never what was given. */
  message: string
}

/** Everything that is wrong with the environment, at once. */
export class ConfigError extends Error {
  readonly problems: readonly ConfigProblem[]
  constructor(problems: readonly ConfigProblem[]) {
    super(problems.map(({ variable, message }) => `${variable} ${message}`).join('\n'))
    this.name = 'ConfigError'
    this.problems = problems
  }
}

/** Every variable, as it may stand in the environment; the table that operators read, in code. */
const variables = z.object({
  PORT: value.port.optional(),
  HOST: value.hostName.optional(),
  SANDBOX_PORT: value.port.optional(),
  PUBLIC_URL: value.origin.optional(),
  TRUST_PROXY: value.integer(0, 32).optional(),
  SEON_API_KEY: value.secret.optional(),
  SEON_BASE_URL: value.httpUrl.optional(),
  WORKFLOW_ID: value.workflowId.optional(),
  WORKFLOWS: value.namedWorkflows.optional(),
  SEON_WEBHOOK_SECRET: value.secrets.optional(),
  SEON_LICENSE_KEY: value.licenseKeys.optional(),
  INCODE_WEBHOOK_CLIENT_ID: value.secret.optional(),
  INCODE_WEBHOOK_CLIENT_SECRET: value.secret.optional(),
  INCODE_WEBHOOK_HEADER: value.header.optional(),
  INCODE_API_URL: value.httpUrl.optional(),
  INCODE_API_KEY: value.secret.optional(),
  INCODE_API_TOKEN: value.secret.optional(),
  SEON_PANEL_URL: value.executionUrl.optional(),
  DATABASE_URL: value.databaseUrl.optional(),
  SPOOL_PATH: z.string().optional(),
  RAW_RETENTION_DAYS: value.integer(1, 3_650).optional(),
  AUDIT_RETENTION_DAYS: value.integer(1, 3_650).optional(),
  OIDC_ISSUER: value.issuer.optional(),
  OIDC_CLIENT_ID: value.secret.optional(),
  OIDC_CLIENT_SECRET: value.secret.optional(),
  OIDC_SCOPE: value.scope.optional(),
  OIDC_ADMINS: value.operators.optional(),
  OIDC_VIEWERS: value.operators.optional(),
  ADMIN_TOKEN: value.bearerToken.optional(),
  API_TOKEN: value.bearerToken.optional(),
  ALLOWED_ORIGINS: value.origins.optional(),
  USER_TOKEN_SECRET: value.signingSecret.optional(),
  ALLOW_UNSIGNED_USERS: value.flag.optional(),
  INIT_LIMITS: value.limits.optional(),
  RESTART: value.restart.optional(),
  STATUS_WEBHOOK_URL: value.httpUrl.optional(),
  STATUS_WEBHOOK_SECRET: value.standardWebhooksSecrets.optional(),
})
type Variables = z.infer<typeof variables>
type Variable = keyof Variables

const REQUIRED_LIVE: readonly Variable[] = [
  'PUBLIC_URL',
  'SEON_BASE_URL',
  'WORKFLOW_ID',
  'SEON_WEBHOOK_SECRET',
  'ADMIN_TOKEN',
  'ALLOWED_ORIGINS',
]

/** One without the others does nothing. */
const TOGETHER: readonly (readonly Variable[])[] = [
  ['INCODE_WEBHOOK_CLIENT_ID', 'INCODE_WEBHOOK_CLIENT_SECRET'],
  ['INCODE_API_URL', 'INCODE_API_KEY', 'INCODE_API_TOKEN'],
  ['STATUS_WEBHOOK_URL', 'STATUS_WEBHOOK_SECRET'],
  ['OIDC_ISSUER', 'OIDC_CLIENT_ID', 'OIDC_CLIENT_SECRET'],
]

/** Reads the environment, or throws a `ConfigError` with every problem. Blank counts as absent, spaces around do not count. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = Object.fromEntries(
    Object.keys(variables.shape).flatMap((name) => {
      const text = env[name]?.trim()
      return text ? [[name, text]] : []
    }),
  )
  const parsed = variables.safeParse(given)
  const wrong = parsed.success ? [] : parsed.error.issues.map(toProblem)
  const problems = [...wrong, ...problemsAcross(given, parsed.data ?? {})]
  if (!parsed.success || problems.length > 0) throw new ConfigError(problems)
  return toConfig(parsed.data)
}

const toProblem = (issue: z.core.$ZodIssue): ConfigProblem => ({
  variable: String(issue.path[0]),
  message: issue.message,
})

/** What no variable can say alone. */
function problemsAcross(given: Readonly<Record<string, string>>, read: Variables): ConfigProblem[] {
  const has = (name: Variable) => given[name] !== undefined
  const problems: ConfigProblem[] = []
  if (has('SEON_API_KEY')) {
    for (const variable of REQUIRED_LIVE) {
      if (!has(variable)) problems.push({ variable, message: 'is required with SEON_API_KEY' })
    }
    if (!has('USER_TOKEN_SECRET') && !/^(?:1|true)$/.test(given['ALLOW_UNSIGNED_USERS'] ?? '')) {
      problems.push({
        variable: 'USER_TOKEN_SECRET',
        message: 'is required with SEON_API_KEY, unless ALLOW_UNSIGNED_USERS=1',
      })
    }
  }
  for (const group of TOGETHER) {
    if (!group.some(has)) continue
    for (const variable of group.filter((name) => !has(name))) {
      problems.push({ variable, message: `is required with ${group.filter(has).join(' and ')}` })
    }
  }
  const rules = (['OIDC_ADMINS', 'OIDC_VIEWERS'] as const).filter(has)
  if (has('OIDC_ISSUER') && rules.length === 0) {
    problems.push({ variable: 'OIDC_ADMINS', message: 'or OIDC_VIEWERS is required with OIDC_ISSUER' })
  }
  if (!has('OIDC_ISSUER') && rules.length > 0) {
    problems.push({ variable: 'OIDC_ISSUER', message: `is required with ${rules.join(' and ')}` })
  }
  if (has('API_TOKEN') && given['API_TOKEN'] === given['ADMIN_TOKEN']) {
    problems.push({ variable: 'API_TOKEN', message: 'must differ from ADMIN_TOKEN' })
  }
  if (read.SANDBOX_PORT && read.SANDBOX_PORT === (read.PORT ?? 3000)) {
    problems.push({ variable: 'SANDBOX_PORT', message: 'must differ from PORT' })
  }
  return problems
}

function toConfig(read: Variables): Config {
  const environment = read.SEON_API_KEY === undefined ? 'sandbox' : 'live'
  const live = environment === 'live'
  const listenOn = read.PORT ?? 3000
  return {
    environment,
    port: listenOn,
    host: read.HOST ?? (live ? '0.0.0.0' : '127.0.0.1'),
    sandboxPort: read.SANDBOX_PORT ?? (listenOn === 0 || listenOn === 65_535 ? 0 : listenOn + 1),
    publicUrl: read.PUBLIC_URL ?? null,
    trustProxy: read.TRUST_PROXY ?? 0,
    seon: {
      apiKey: read.SEON_API_KEY ?? null,
      baseUrl: read.SEON_BASE_URL ?? null,
      workflowId: read.WORKFLOW_ID ?? SANDBOX_WORKFLOW_ID,
      workflows: read.WORKFLOWS ?? new Map(),
      webhookSecrets: read.SEON_WEBHOOK_SECRET ?? [],
      licenseKeys: (read.SEON_LICENSE_KEY ?? []).map(({ environment: own, key }) => ({
        environment: own ?? environment,
        key,
      })),
    },
    incode: readIncode(read),
    seonPanelUrl: read.SEON_PANEL_URL ?? null,
    databaseUrl: read.DATABASE_URL ?? (live ? 'sqlite:data/seon-verify.db' : 'sqlite:data/sandbox.db'),
    spoolPath: read.SPOOL_PATH ?? 'data/spool.db',
    rawRetentionDays: read.RAW_RETENTION_DAYS ?? 30,
    auditRetentionDays: read.AUDIT_RETENTION_DAYS ?? 365,
    oidc: readOidc(read),
    adminToken: read.ADMIN_TOKEN ?? null,
    apiToken: read.API_TOKEN ?? null,
    allowedOrigins: read.ALLOWED_ORIGINS ?? 'any',
    userTokenSecret: read.USER_TOKEN_SECRET ?? null,
    initLimits: { ...DEFAULT_LIMITS, ...read.INIT_LIMITS },
    restart: read.RESTART ?? 'unless-approved',
    statusWebhook: readStatusWebhook(read),
    warnings: readWarnings(read),
  }
}

function readIncode(read: Variables): Config['incode'] {
  const { INCODE_WEBHOOK_CLIENT_ID: id, INCODE_WEBHOOK_CLIENT_SECRET: secret } = read
  const { INCODE_API_URL: url, INCODE_API_KEY: key, INCODE_API_TOKEN: token } = read
  return {
    client: id && secret ? { id, secret } : null,
    header: read.INCODE_WEBHOOK_HEADER ?? null,
    api: url && key && token ? { url, key, token } : null,
  }
}

function readOidc(read: Variables): Config['oidc'] {
  const { OIDC_ISSUER: issuer, OIDC_CLIENT_ID: clientId, OIDC_CLIENT_SECRET: clientSecret } = read
  if (!issuer || !clientId || !clientSecret) return null
  const { OIDC_SCOPE: scope = 'openid email profile', OIDC_ADMINS: admins = [], OIDC_VIEWERS: viewers = [] } = read
  return { issuer, clientId, clientSecret, scope, admins, viewers }
}

function readStatusWebhook({
  STATUS_WEBHOOK_URL: url,
  STATUS_WEBHOOK_SECRET: secrets,
}: Variables): Config['statusWebhook'] {
  return url && secrets ? { url, secrets } : null
}
