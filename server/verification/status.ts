import type { DecidedStatus, Status } from '../protocol.ts'
import { DECIDED_STATUSES } from '../protocol.ts'

/** A lower rank never moves a higher one; a report may skip ranks. All decided statuses share one. */
export const RANK: Readonly<Record<Status, number>> = {
  created: 0,
  started: 1,
  processing: 2,
  cancelled: 3,
  submitted: 4,
  finished: 5,
  review: 6,
  approved: 6,
  declined: 6,
  expired: 6,
  abandoned: 6,
  error: 6,
}

/** Which decision stands when two carry the same vendor time: the more careful one. */
export const SEVERITY: Readonly<Record<DecidedStatus, number>> = {
  approved: 0,
  review: 1,
  abandoned: 2,
  expired: 3,
  error: 4,
  declined: 5,
}

const decided: ReadonlySet<Status> = new Set(DECIDED_STATUSES)

export function isDecided(status: Status): status is DecidedStatus {
  return decided.has(status)
}

/** Whether a vendor still owes a verdict; a visitor who cancelled is not waited for. */
export function awaitsDecision(status: Status): boolean {
  return !isDecided(status) && status !== 'cancelled'
}

/** One claim about a verification's status. */
export interface Claim {
  status: Status
  /** The vendor's time, epoch ms; a claim without one is older than any with one. */
  at: number | null
  /** `_updated` events beat what they correct at the same vendor time. */
  corrects: boolean
}

/**
 * The total order of claims: negative when `a` yields to `b`. No decision is final, a later one overrules it. Because
 * this is a total order, the greatest claim of a set is the same in whatever order the set arrived.
 */
export function compareClaims(a: Claim, b: Claim): number {
  const byRank = RANK[a.status] - RANK[b.status]
  if (byRank !== 0) return byRank
  if (!isDecided(a.status) || !isDecided(b.status)) return 0
  const aAt = a.at ?? Number.NEGATIVE_INFINITY
  const bAt = b.at ?? Number.NEGATIVE_INFINITY
  if (aAt !== bAt) return aAt < bAt ? -1 : 1
  if (a.corrects !== b.corrects) return a.corrects ? 1 : -1
  return SEVERITY[a.status] - SEVERITY[b.status]
}
