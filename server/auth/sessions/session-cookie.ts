import type { CookieOptions, Request, Response } from 'express'
import { cookieName, readCookie } from '../credentials.ts'
import { readDeviceHint } from './device-hint.ts'
import { digest } from './sessions.ts'

/** What a new session takes over from the browser that asks for it: `replaces` is the id of the session that it has so far. */
export function readBrowser(request: Request, publicUrl: string): { device: string; replaces: string | null } {
  const cookie = readCookie(request, cookieName(publicUrl))
  return { device: readDeviceHint(request.get('User-Agent')), replaces: cookie === null ? null : digest(cookie) }
}

export function setSessionCookie(
  response: Response,
  publicUrl: string,
  { cookie, expiresAt }: { cookie: string; expiresAt: number },
): void {
  response.cookie(cookieName(publicUrl), cookie, { ...cookieOptions(publicUrl), expires: new Date(expiresAt) })
}

export function clearSessionCookie(response: Response, publicUrl: string): void {
  response.clearCookie(cookieName(publicUrl), cookieOptions(publicUrl))
}

/** Of every cookie here. `__Host-` asks for Secure, Path=/ and no Domain; on plain http beyond loopback there is neither. */
export function cookieOptions(publicUrl: string): CookieOptions {
  return { httpOnly: true, sameSite: 'strict', path: '/', secure: cookieName(publicUrl).startsWith('__Host-') }
}
