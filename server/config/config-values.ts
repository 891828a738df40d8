import { isIP } from 'node:net'
import { z } from 'zod'
import type { Environment } from '../protocol.ts'

// How each kind of environment variable is read. Messages say what is wanted and never what was given: it may be a secret.

/** `count` within `windowMs`. */
export interface Limit {
  count: number
  windowMs: number
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 }

/** Without spaces and control characters: it can stand in an HTTP header, and a slip in pasting shows. */
const secretText = z.string().regex(/^[\x21-\x7e]+$/, 'must be printable ASCII without spaces')

export const secret = secretText
/** Our own bearer tokens: short ones can be guessed. */
export const bearerToken = secretText.min(16, 'must be at least 16 characters')
/** RFC 7518 §3.2: an HS256 key has at least the hash's 256 bits. */
export const signingSecret = secretText.min(32, 'must be at least 32 characters')

export const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be a port number, 0 to 65535')
  .transform(Number)
  .refine((value) => value <= 65_535, 'must be a port number, 0 to 65535')

export const integer = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number, ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number, ${least} to ${most}`)

export const flag = z
  .enum(['0', '1', 'true', 'false'], { error: 'must be 1 or 0' })
  .transform((value) => value === '1' || value === 'true')

export const hostName = z.string().regex(/^[A-Za-z0-9.:_-]+$/, 'must be a host name or an IP address')

export const restart = z.enum(['never', 'unless-approved', 'always'], {
  error: 'must be never, unless-approved or always',
})

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

/** In lower case, as vendors write it back in webhooks. */
export const workflowId = z.string().regex(UUID, 'must be a UUID').toLowerCase()

/** Comma-separated, without empty entries. */
function list(what: string) {
  return z
    .string()
    .transform((text) => text.split(',').map((entry) => entry.trim()))
    .refine((entries) => entries.every((entry) => entry !== ''), `must be ${what}, comma-separated, none empty`)
}

export const secrets = list('secrets').pipe(z.array(secretText))

/** `name:uuid,…` → names to workflow ids. */
export const namedWorkflows = list('name:uuid pairs')
  .refine(
    (entries) => entries.every((entry) => /^[A-Za-z0-9][\w.-]{0,63}:/.test(entry) && UUID.test(afterColon(entry))),
    'must be name:uuid pairs, comma-separated',
  )
  .transform((entries) => entries.map((entry) => [beforeColon(entry), afterColon(entry).toLowerCase()] as const))
  .refine((pairs) => new Set(pairs.map(([name]) => name)).size === pairs.length, 'must not give a name twice')
  .transform((pairs): ReadonlyMap<string, string> => new Map(pairs))

/** Keys of the Fraud webhooks; `environment` is null for a plain key, which belongs to the server's own. */
export const licenseKeys = secrets
  .transform((entries) => entries.map(readLicenseKey))
  .refine((keys) => keys.every(({ key }) => key !== ''), 'must hold a key after live: or sandbox:')

/** `Name: value` */
export const header = z
  .string()
  .regex(/^[!#$%&'*+.^`|~\w-]+:\s*[\x21-\x7e][\x20-\x7e]*$/, 'must be "Name: value"')
  .transform((text) => ({ name: beforeColon(text).toLowerCase(), value: afterColon(text).trim() }))

/** An absolute http(s) address without credentials, query or fragment; trailing slashes removed. */
export const httpUrl = z
  .string()
  .refine(
    (text) => readHttpUrl(text) !== null,
    'must be an absolute http or https address without user, query or fragment',
  )
  .transform((text) => text.replace(/\/+$/, ''))

/** An https address with `{executionId}` in it, once, beyond its host. */
export const executionUrl = z.string().refine((text) => {
  const [before = '', after, ...more] = text.split('{executionId}')
  if (after === undefined || more.length > 0 || !/^https:\/\/[^/?#]+[/?#]/.test(before)) return false
  return URL.canParse(before + after) && !/[{}<>\s]/.test(before + after)
}, 'must be an https address with {executionId} in its path, query or fragment')

/** An OpenID provider's name for itself, to the letter. In plain http a provider's word is anybody's: only on this machine. */
export const issuer = z.string().refine((text) => {
  const url = readHttpUrl(text)
  return url !== null && (url.protocol === 'https:' || /^(?:localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(url.hostname))
}, 'must be an https address without user, query or fragment')

/** Of an OpenID request: words with spaces between, `openid` among them. */
export const scope = z
  .string()
  .regex(/^[\x21\x23-\x5b\x5d-\x7e]+(?: [\x21\x23-\x5b\x5d-\x7e]+)*$/, 'must be scopes with spaces between')
  .refine((text) => text.split(' ').includes('openid'), 'must contain openid')

/** Whom OpenID Connect makes operators: addresses, whole domains of them, groups. Addresses come out in lower case. */
export const operators = list('addresses, @domains or group:names')
  .refine(
    (entries) => entries.every((entry) => /^(?:group:.|[^@\s:]*@[^@\s]+$)/.test(entry)),
    'must be addresses, @domains or group:names, comma-separated',
  )
  .transform((entries) => entries.map((entry) => (entry.startsWith('group:') ? entry : entry.toLowerCase())))

const WANTS_ORIGIN = 'must be scheme://host or scheme://host:port, nothing after it'

export const origin = z
  .string()
  .refine((text) => readOrigin(text) !== null, WANTS_ORIGIN)
  .transform((text) => readOrigin(text) ?? text)

export const origins = list('origins')
  .refine((entries) => entries.every((entry) => readOrigin(entry) !== null), `each ${WANTS_ORIGIN}`)
  .transform((entries) => [...new Set(entries.flatMap((entry) => readOrigin(entry) ?? []))])

export const databaseUrl = z
  .string()
  .regex(/^(?:sqlite:.|postgres(?:ql)?:\/\/.)/, 'must be sqlite:<path> or postgres://…')

/** `address=30/m,user=5/m`; a part left out keeps its default. */
export const limits = z
  .string()
  .regex(/^(?:address|user)=[1-9]\d{0,6}\/[smhd](?:,(?:address|user)=[1-9]\d{0,6}\/[smhd])?$/, {
    error: 'must be like address=30/m,user=5/m (s, m, h or d)',
    abort: true,
  })
  .transform(
    (text): Partial<Record<string, Limit>> =>
      Object.fromEntries(
        [...text.matchAll(/(address|user)=(\d+)\/([smhd])/g)].map(([, name = '', count, unit = 'm']) => [
          name,
          { count: Number(count), windowMs: UNIT_MS[unit] ?? 0 },
        ]),
      ),
  )

/** Standard Webhooks: base64 of 24 to 64 bytes, with or without its `whsec_`. */
const standardWebhooksSecret = z
  .string()
  .regex(/^(?:whsec_)?[A-Za-z0-9+/]+={0,2}$/, 'must be base64, after an optional whsec_')
  .refine((text) => {
    const { length } = Buffer.from(text.replace(/^whsec_/, ''), 'base64')
    return length >= 24 && length <= 64
  }, 'must hold 24 to 64 bytes')

export const standardWebhooksSecrets = list('secrets').pipe(z.array(standardWebhooksSecret))

/** Whether an address can only lead to this machine or its own network: loopback, private, link-local, `.local`, `.internal`. */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').toLowerCase()
  if (isIP(host) === 4) {
    const [a = 0, b = 0] = host.split('.').map(Number)
    return (
      a === 10 ||
      a === 127 ||
      a === 0 ||
      (a === 172 && b >= 16 && b <= 31) ||
      (a === 192 && b === 168) ||
      (a === 169 && b === 254)
    )
  }
  if (isIP(host) === 6) return /^(?:::1?$|f[cd]|fe[89ab]|::ffff:)/.test(host)
  return !host.includes('.') || /\.(?:localhost|local|internal)$/.test(host)
}

function readHttpUrl(text: string): URL | null {
  const url = URL.canParse(text) ? new URL(text) : null
  if (url === null || !/^https?:$/.test(url.protocol)) return null
  return url.username || url.password || /[?#*]/.test(text) ? null : url
}

function readOrigin(text: string): string | null {
  const url = readHttpUrl(text)
  return url?.pathname === '/' ? url.origin : null
}

function readLicenseKey(entry: string): { environment: Environment | null; key: string } {
  const [, environment, key = ''] = /^(live|sandbox):(.*)$/.exec(entry) ?? []
  return environment === 'live' || environment === 'sandbox' ? { environment, key } : { environment: null, key: entry }
}

const beforeColon = (text: string) => text.slice(0, text.indexOf(':'))
const afterColon = (text: string) => text.slice(text.indexOf(':') + 1)
