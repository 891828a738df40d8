/** Who asks: the bearer of a visitor's status token, of API_TOKEN, of ADMIN_TOKEN; sessions of a viewer and of an admin. */
export const ROLES = ['nobody', 'visitor', 'program', 'viewer', 'admin', 'administrator'] as const
export type Role = (typeof ROLES)[number]

type PerRole<T> = readonly [nobody: T, visitor: T, program: T, viewer: T, admin: T, administrator: T]

interface Entry {
  /** The statuses that each role is answered with, in the order of `ROLES`. */
  answers: PerRole<number>
  /** Where the entry is no route of its own. */
  method?: string
  /** What to ask for, where that is not the entry's own path. */
  at?: string
  body?: unknown
}

const everybody = (status: number): PerRole<number> => [status, status, status, status, status, status]
const visitors = (status: number): PerRole<number> => [401, status, 401, 401, 401, 401]
/** Where a bearer is a user token, and nobody else's. */
const pages = (status: number): PerRole<number> => [status, 401, 401, status, status, 401]
/** Pages alone: whoever sends no `Origin` is none. */
const onPages = (status: number): PerRole<number> => [403, 403, 403, status, status, 403]
const operators = (status: number): PerRole<number> => [401, 401, 401, status, status, status]
const admins = (status: number): PerRole<number> => [401, 401, 401, 403, status, status]
const readers = (status: number): PerRole<number> => [401, 401, status, status, status, status]

/**
 * Every route of the server, and who gets what from it. A route that is missing here fails the test, and so does a line for
 * one that is no more.
 */
export const ROUTES: Readonly<Record<string, Entry>> = {
  // Vendors prove themselves by signature, whoever else they are.
  'USE /webhooks': { method: 'POST', at: '/webhooks/none', answers: everybody(404) },
  'USE /webhooks/seon': { method: 'POST', answers: everybody(401) },
  'USE /webhooks/seon-idv': { method: 'POST', answers: everybody(401) },
  'USE /webhooks/seon-fraud': { method: 'POST', answers: everybody(401) },
  'USE /webhooks/incode': { method: 'POST', answers: everybody(401) },
  'USE /webhooks/incode/token': { method: 'GET', answers: everybody(405) },

  // Visitors' pages.
  'POST /api/init-verification': { body: {}, answers: pages(400) },
  'POST /api/resume': { body: {}, answers: pages(200) },
  'POST /api/links': { body: {}, answers: pages(400) },
  'POST /api/receipts': { body: {}, answers: onPages(401) },
  'ALL /api/receipts': { method: 'GET', answers: everybody(405) },
  'USE /api/progress': { method: 'POST', body: { event: 'opened' }, answers: visitors(204) },
  'USE /api/status': { method: 'GET', answers: visitors(200) },
  'USE /api/environment': { method: 'GET', answers: everybody(200) },

  // Back ends.
  'POST /api/receipts/redeem': { body: { receipt: 'x' }, answers: [401, 401, 400, 403, 400, 400] },
  'ALL /api/receipts/redeem': { method: 'GET', answers: everybody(405) },

  // The dashboard's door.
  'GET /api/session/ways': { answers: everybody(200) },
  'GET /api/session/link': { answers: everybody(303) },
  'GET /api/session/oidc': { answers: everybody(303) },
  'GET /api/session/oidc/callback': { answers: everybody(303) },
  'POST /api/session': { body: {}, answers: onPages(400) },
  'GET /api/session': { answers: operators(200) },
  'DELETE /api/session': { answers: [401, 401, 401, 200, 200, 204] },

  // Operators.
  'GET /api/sessions': { answers: operators(200) },
  'DELETE /api/sessions/:id': { answers: operators(404) },
  'GET /api/audit': { answers: admins(200) },
  'POST /api/reveals': { body: { kind: 'userId', id: 'x' }, answers: admins(404) },

  'POST /api/verifications/search': { body: {}, answers: readers(200) },
  'POST /api/exports/verifications': { body: { format: 'csv' }, answers: admins(200) },
  'GET /api/statistics': { answers: operators(200) },
  'GET /api/verifications': { answers: readers(200) },
  'GET /api/verifications/:id': { at: '/api/verifications/:verification', answers: readers(200) },
  'GET /api/verifications/:id/user': { at: '/api/verifications/:verification/user', answers: readers(200) },
  'GET /api/deliveries': { answers: operators(200) },
  'GET /api/deliveries/:id': { at: '/api/deliveries/:delivery', answers: operators(200) },
  'POST /api/deliveries/replay': { body: {}, answers: admins(400) },
  'POST /api/deliveries/:id/replay': { at: '/api/deliveries/:delivery/replay', answers: admins(200) },
  'USE /api/statistics': { method: 'GET', answers: operators(200) },
  'USE /metrics': { method: 'GET', answers: operators(200) },

  // The sandbox's panel; no such route live.
  'GET /api/sandbox': { answers: admins(200) },
  'GET /api/sandbox/runs': { answers: admins(200) },
  'GET /api/sandbox/attempts': { answers: admins(200) },
  'POST /api/sandbox/trigger': { body: {}, answers: admins(400) },
  'POST /api/sandbox/chaos': { body: {}, answers: admins(200) },
  'POST /api/sandbox/clock': { body: {}, answers: admins(400) },
  'POST /api/sandbox/settings': { body: {}, answers: admins(200) },
  'POST /api/sandbox/faults': { body: {}, answers: admins(400) },
  'POST /api/sandbox/runs/:executionId/end': { body: {}, answers: admins(404) },

  // Pages and scripts, which know nothing of anybody.
  'USE /api': { method: 'GET', at: '/api/none', answers: everybody(404) },
  'GET /healthz': { answers: everybody(200) },
  'GET /readyz': { answers: everybody(200) },
  'GET /seon-verify.js': { answers: everybody(200) },
  'GET /seon-verify.classic.js': { answers: everybody(200) },
  'GET /seon-verify.integrity.json': { answers: everybody(200) },
  'USE /chunks': { method: 'GET', at: '/chunks/none', answers: everybody(404) },
  'USE /assets': { method: 'GET', at: '/assets/none', answers: everybody(404) },
  'GET /verify/:code': { answers: everybody(200) },
  'GET /embed': { answers: everybody(200) },
  'GET /dashboard': { answers: everybody(200) },
  'GET /examples': { answers: everybody(200) },
  'GET /': { answers: everybody(200) },
}

const refused = 'unauthorized'

/** Every namespace: who may join it, and what they can then send. */
export const EVENTS: Readonly<Record<string, { answers: PerRole<string>; sends: readonly string[] }>> = {
  '/dashboard': { answers: [refused, refused, refused, 'joined', 'joined', 'joined'], sends: ['resync'] },
  '/visitor': { answers: [refused, 'joined', refused, refused, refused, refused], sends: [] },
}
