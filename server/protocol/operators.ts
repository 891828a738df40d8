import type { Environment } from './verification.ts'

/** `GET /api/session/ways`, for everybody: how operators sign in here. */
export interface SignInWays {
  /** The OpenID provider's host, where there is one: `GET /api/session/oidc` leads to it. */
  provider: string | null
}

/** Why `/dashboard?sign-in=<word>` shows the form again: after the OpenID provider, or (`link_used`) after a sandbox's sign-in link. */
export const SIGN_IN_FAILURES = ['cancelled', 'expired', 'failed', 'link_used', 'refused', 'unreachable'] as const
export type SignInFailure = (typeof SIGN_IN_FAILURES)[number]

/** `DELETE /api/session`, where the OpenID provider has a session of its own to end; else 204. */
export interface SignedOut {
  /** Where to go to be signed out there, too; it leads back to the dashboard. */
  signOutUrl: string
}

/** `GET /api/session`: who is signed in to the dashboard and on what kind of server. */
export interface SessionInfo {
  operator: string
  /**
   * With a session, ids that name a person come masked (as `n•••@e•••`); admins ask for one by `POST /api/reveals`. To viewers
   * that, bodies, and whatever changes anything are 403.
   */
  role: 'admin' | 'viewer'
  environment: Environment
  /** Stable codes of settings an operator should know of, e.g. `unsigned_users`. */
  warnings: string[]
  /** SEON_PANEL_URL: where SEON's panel shows a run, `{executionId}` to be replaced by a run's id. Absent: not known. */
  seonPanelUrl?: string
  /** WORKFLOWS by name; the one of WORKFLOW_ID has none of its own. */
  workflows: { id: string; name: string | null }[]
}

/** One operator's browser. */
export interface OperatorSession {
  id: string
  operator: string
  role: 'admin' | 'viewer'
  /** `Firefox, Linux`; empty where the browser says nothing known. */
  device: string
  since: string
  /** Within a minute. */
  lastSeen: string
  expiresAt: string
  /** The one that asks. */
  current: boolean
}

/** `GET /api/sessions`: every session to an admin, their own to a viewer. `DELETE /api/sessions/:id` ends one: 204. */
export interface OperatorSessions {
  items: OperatorSession[]
}

/**
 * `POST /api/reveals`, for admins: what is masked until somebody asks for it. It is recorded before it is answered. `userId`
 * of a verification, `body` of a delivery; 404 `not_found` where there is none (any more).
 */
export interface RevealRequest {
  kind: 'userId' | 'body'
  /** The verification's or the delivery's. */
  id: string
}

export interface Revealed {
  value: string
}

export const AUDIT_ACTIONS = [
  'signed_in',
  'signed_out',
  'sign_in_refused',
  'session_ended',
  'user_revealed',
  'body_revealed',
  'replayed',
  'replay_stopped',
  'exported',
  'export_stopped',
] as const
export type AuditAction = (typeof AUDIT_ACTIONS)[number]

export interface AuditEntry {
  id: string
  at: string
  /** Null where somebody was refused. */
  operator: string | null
  action: AuditAction
  /** The id of the verification, delivery or session that it was about. */
  subject: string | null
  /** What exactly was asked for, in codes and figures; `times`: how often strangers were refused within an hour of `at`. */
  detail: Record<string, string | number | boolean>
}

/** `GET /api/audit?action=&cursor=&limit=`, for admins: who did what, newest first, for AUDIT_RETENTION_DAYS. */
export interface AuditPage {
  items: AuditEntry[]
  next: string | null
}
