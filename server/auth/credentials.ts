import type { IncomingMessage } from 'node:http'
import { ADMINISTRATOR, type Operator, type Operators } from './operators.ts'

/**
 * The bearer token of an `Authorization` header; null where there is none, or one longer than any of ours (8 kB).
 * ADMIN_TOKEN and API_TOKEN may hold any printable character, more than RFC 6750 gives a token.
 */
export function readBearer(request: Pick<IncomingMessage, 'headers'>): string | null {
  const match = /^Bearer ([\x21-\x7e]{1,8192})$/i.exec(request.headers.authorization ?? '')
  return match?.[1] ?? null
}

/** `__Host-` binds the cookie to this very origin; browsers take it over https and on loopback. */
export function cookieName(publicUrl: string): string {
  const { protocol, hostname } = new URL(publicUrl)
  const isLoopback = hostname === 'localhost' || hostname === '[::1]' || hostname.startsWith('127.')
  return protocol === 'https:' || isLoopback ? '__Host-seon-verify' : 'seon-verify'
}

/** One cookie's value; null where it is absent. */
export function readCookie(request: Pick<IncomingMessage, 'headers'>, name: string): string | null {
  for (const pair of (request.headers.cookie ?? '').split(';')) {
    const [key, value] = pair.split('=', 2)
    if (key?.trim() === name && value !== undefined) return value.trim()
  }
  return null
}

/** Who is asking: by bearer admin token, else by session cookie; null where neither holds. */
export async function findOperator(
  request: Pick<IncomingMessage, 'headers'>,
  operators: Operators,
  publicUrl: string,
): Promise<Operator | null> {
  const bearer = readBearer(request)
  if (bearer !== null) return operators.isAdminToken(bearer) ? ADMINISTRATOR : null
  const cookie = readCookie(request, cookieName(publicUrl))
  return cookie === null ? null : operators.find(cookie)
}
