import type { Status, Verification } from './verification.ts'
import type { StatusMessage } from './visitor.ts'

/** Verifications by status, zeros included, and how many are overdue. */
export type Counts = Record<Status | 'overdue', number>

/** None of anything: what counting begins with. */
export const NO_COUNTS: Readonly<Counts> = {
  created: 0,
  started: 0,
  processing: 0,
  cancelled: 0,
  submitted: 0,
  finished: 0,
  review: 0,
  approved: 0,
  declined: 0,
  expired: 0,
  abandoned: 0,
  error: 0,
  overdue: 0,
}

export interface Snapshot {
  revision: number
  /** The newest 200. */
  verifications: Verification[]
  counts: Counts
}

/** Apply if `from` is the revision you hold; else emit `resync`. */
export interface Changes {
  from: number
  to: number
  verifications: Verification[]
  counts: Counts
  /** Ids of verifications that are no more: a session of its own that turned out to be part of a run. Absent when none. */
  removed?: string[]
}

/** Namespace `/dashboard`, handshake `auth: {token?, since?}` or the session cookie. */
export interface DashboardServerToClientEvents {
  snapshot: (snapshot: Snapshot) => void
  changes: (changes: Changes) => void
}
export interface DashboardClientToServerEvents {
  /** Answered like a handshake: `changes` since that revision, or a `snapshot`. */
  resync: (request: { since?: number }) => void
}

/** Namespace `/visitor`, handshake `auth: {token: statusToken}`. */
export interface VisitorServerToClientEvents {
  status: (message: StatusMessage) => void
}
export type VisitorClientToServerEvents = Record<never, never>
