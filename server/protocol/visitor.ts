import type { Status } from './verification.ts'

/** `POST /api/init-verification`; also every field of SEON's input table, camelCase or snake_case. */
export interface InitRequest {
  userId: string
  email?: string
  phoneNumber?: string
  /** A name listed in WORKFLOWS. */
  workflow?: string
  [field: string]: unknown
}

export interface InitResponse {
  /** SEON's session token, for the SDK. */
  token: string
  /** Sees this one verification for 30 days. */
  statusToken: string
  /** Only in the sandbox: what the SDK must talk to instead of SEON. */
  sandboxUrl?: string
}

export const HINTS = ['opened', 'started', 'completed', 'cancelled', 'error', 'closed'] as const
export type Hint = (typeof HINTS)[number]

/** `POST /api/progress`: what the browser says; never more than a hint. */
export interface ProgressRequest {
  event: Hint
  /** The SDK's completion word or error code. */
  detail?: string
}

/** `GET /api/status` and the `/visitor` event `status`. */
export interface StatusMessage {
  status: Status
  revision: number
  /** Only with a hosted link's `statusToken`, and only until the link was used; `status` is then `created`, `revision` 0. */
  link?: LinkState
}

/** `waiting` to be opened and started; `expired` after 24 hours unused; `replaced` by a newer link for the same user. */
export type LinkState = 'waiting' | 'expired' | 'replaced'

/**
 * `POST /api/resume`, bearer user token (it is not used up): where that user stands, asked before Start is offered. In
 * the sandbox without USER_TOKEN_SECRET, `userId` says who. Live with unsigned users it always answers
 * `{mayStart: true, found: null}`: whoever names a user must not learn from it whether that user was ever verified.
 */
export interface ResumeRequest {
  /** Only in the sandbox, without a user token. */
  userId?: string
  /** A name listed in WORKFLOWS; a user token's wins. Approved in one workflow is not approved in another. */
  workflow?: string
}

export interface ResumeResponse {
  /** What RESTART says: false means that a start would be refused with 409 `already_approved` or `already_submitted`. */
  mayStart: boolean
  /** The verification because of which none may be started, else the user's newest in that workflow; null: there is none. */
  found: (StatusMessage & { statusToken: string }) | null
  /** With a `LinkBearer`: the origin of the page that made the link, where it was a page. */
  site?: string
}

/**
 * `POST /api/links`: body, headers, limits and errors as with `POST /api/init-verification`. Nothing is started (or paid)
 * until the visitor opens `url` and begins. A user's newer link replaces older ones that were not started. A user token
 * goes over to the link: it starts nothing else any more (401 `user_token_used`), and a retry replaces the link.
 */
export interface LinkResponse {
  /** Our own page, `<PUBLIC_URL>/verify/<code>`: for one person, started on one device. `?language=de` may be added. */
  url: string
  /** Follows what is started by the link, as an ordinary status token does; until then `StatusMessage.link` says how it waits. */
  statusToken: string
  /** 24 hours from now, ISO 8601. */
  expiresAt: string
}

/**
 * What the hosted page sends as bearer to init and resume in place of a user token: `link.<code>.<device>`, where
 * `device` is 22 characters that this browser made once. 404 `link_invalid`, 410 `link_expired`, 409 `link_used` (by
 * another device, or done).
 */
export type LinkBearer = `link.${string}.${string}`
