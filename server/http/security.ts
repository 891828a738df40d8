import type { RequestHandler } from 'express'
import helmet from 'helmet'

/** What the SDK talks to and frames on a live server (seen with the SDK 0.0.3 in Chromium); the frame's host is known only at run time. */
export const SEON_PAGES = 'https://*.seon.io'
/** What its device check talks to besides. */
export const SEON_DEVICE_CHECK = 'https://*.seondnsresolve.com'
export const SEON_ORIGINS: readonly string[] = [SEON_PAGES, SEON_DEVICE_CHECK]

export interface SecurityHeaders {
  /** For pages that hold the element: room for SEON's frame, its popup and its workers, and nothing else. */
  page: RequestHandler
  /** For the page behind a hosted link: like `page`, in nobody's frame, and its address goes nowhere. */
  hosted: RequestHandler
  /** For the page that others frame: like `page`, in frames of pages that may embed. */
  embed: RequestHandler
  /** For the dashboard: no frames either way, no markup from strings, no camera. */
  dashboard: RequestHandler
  /** For JSON: never kept, never rendered. */
  api: RequestHandler
  /** For the element and its chunks, which other sites load. */
  script: RequestHandler
}

export interface SecurityOptions {
  /** A function, as the sandbox knows it only once it listens. */
  publicUrl: () => string | null
  /** Where SEON is: `SEON_ORIGINS`, or the sandbox's URL. */
  vendorOrigins: () => readonly string[]
  /** ALLOWED_ORIGINS: who may frame the embed page, besides ourselves. */
  allowedOrigins: 'any' | readonly string[]
}

/** helmet's headers, by surface: one policy for all would be wrong for each. */
export function createSecurityHeaders({ publicUrl, vendorOrigins, allowedOrigins }: SecurityOptions): SecurityHeaders {
  // Safari below 15.4 does not count ws: as 'self'.
  const ownSockets = () => publicUrl()?.replace(/^http/, 'ws') ?? "'self'"
  const vendors = () => vendorOrigins().join(' ')
  const own = {
    'default-src': ["'none'"],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'form-action': ["'self'"],
    'script-src': ["'self'"],
    // Lit makes <style> elements where constructable sheets are missing (Safari below 16.4).
    'style-src': ["'self'", "'unsafe-inline'"],
    'font-src': ["'self'"],
    'manifest-src': ["'self'"],
  }
  const withElement = (frameAncestors: readonly string[]) => ({
    ...COMMON,
    contentSecurityPolicy: policy({
      ...own,
      'connect-src': ["'self'", ownSockets, vendors],
      'frame-src': [vendors],
      'frame-ancestors': [...frameAncestors],
      'img-src': ["'self'", 'data:'],
      'worker-src': ["'self'", 'blob:'],
    }),
    // With `same-origin` SEON's popup would lose its opener and the flow would count as cancelled.
    crossOriginOpenerPolicy: { policy: 'same-origin-allow-popups' } as const,
    // `no-referrer` would turn the Origin of a form's post into `null`.
    referrerPolicy: { policy: 'same-origin' } as const,
  })
  return {
    page: helmet({ ...withElement(["'self'"]), xFrameOptions: { action: 'sameorigin' } }),
    hosted: helmet({
      ...withElement(["'none'"]),
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
    embed: helmet({
      ...withElement(["'self'", ...(allowedOrigins === 'any' ? ['*'] : allowedOrigins)]),
      // Pages under `require-corp` frame it as well.
      crossOriginResourcePolicy: { policy: 'cross-origin' },
      // It knows no list; frame-ancestors takes its place.
      xFrameOptions: false,
    }),
    dashboard: withHeaders(
      { 'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()' },
      helmet({
        ...COMMON,
        contentSecurityPolicy: policy({
          ...own,
          'connect-src': ["'self'", ownSockets],
          'frame-ancestors': ["'none'"],
          'img-src': ["'self'", 'data:'],
          'require-trusted-types-for': ["'script'"],
          'trusted-types': ['lit-html'],
        }),
        referrerPolicy: { policy: 'same-origin' },
        xFrameOptions: { action: 'deny' },
      }),
    ),
    api: withHeaders(
      { 'Cache-Control': 'no-store' },
      helmet({
        ...COMMON,
        contentSecurityPolicy: policy({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] }),
      }),
    ),
    script: withHeaders(
      { 'Access-Control-Allow-Origin': '*' },
      helmet({
        ...COMMON,
        contentSecurityPolicy: policy({ 'default-src': ["'none'"], 'frame-ancestors': ["'none'"] }),
        crossOriginResourcePolicy: { policy: 'cross-origin' },
      }),
    ),
  }
}

/** HSTS for this host alone: its neighbours are not ours to speak for. */
const COMMON = { strictTransportSecurity: { includeSubDomains: false } }

type DirectiveValue = string | (() => string)

const policy = (directives: Record<string, DirectiveValue[]>) => ({ useDefaults: false, directives })

const withHeaders =
  (headers: Readonly<Record<string, string>>, handler: RequestHandler): RequestHandler =>
  (request, response, next) => {
    response.set(headers)
    return handler(request, response, next)
  }
