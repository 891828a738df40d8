import type { Status } from '../protocol.ts'
import { claimOf, moves } from './claims.ts'
import type { Identity } from './identity.ts'
import type { Report } from './report.ts'
import { isDecided, RANK } from './status.ts'

/** The stations of a verification, in order. */
export const STATIONS = ['created', 'started', 'submitted', 'decided'] as const
export type Station = (typeof STATIONS)[number]

/** How a visitor went through a verification; for statistics, so that nothing rests on it. */
export interface Course {
  /** The furthest station, as far as reports tell: one that was passed without a word counts as passed. */
  reached: Station
  /** The last that was heard of the visitor on the way: `init`, a hint, an error's code or a vendor's event. */
  lastStep: string
}

const VERDICTS: ReadonlySet<Status> = new Set(['approved', 'review', 'declined'])

/** `reports` in any order, those about others of the same user or transaction included. */
export function foldCourse(identity: Identity, reports: readonly Report[], status: Status): Course {
  let rank = 0
  let last = { at: Number.NEGATIVE_INFINITY, id: '', step: 'init' }
  for (const report of reports) {
    if (!isOfVisitor(report, identity)) continue
    rank = Math.max(rank, rankOf(report, identity))
    const step = readStep(report)
    if (step === undefined) continue
    const at = report.occurredAt ?? report.receivedAt
    if (at > last.at || (at === last.at && report.id > last.id)) last = { at, id: report.id, step }
  }
  return { reached: VERDICTS.has(status) ? 'decided' : stationOf(rank), lastStep: last.step }
}

/** What is said of a user or of a payment days later is no step of this verification. */
function isOfVisitor({ subject, executionId }: Report, identity: Identity): boolean {
  if (subject?.type === 'transaction') return identity.vendor === 'seon' && executionId === identity.vendorId
  return subject?.type === 'run' || subject?.type === 'session' || subject?.type === 'interview'
}

/** How far a report shows the visitor to be. That one cancelled or never came back does not say where. */
function rankOf(report: Report, identity: Identity): number {
  // A run in which a session was begun was started, whatever became of it.
  if (!moves(report, identity)) return report.subject?.type === 'session' ? RANK.started : 0
  const claim = claimOf(report)
  if (claim === null || isDecided(claim.status) || claim.status === 'cancelled') return 0
  return RANK[claim.status]
}

function stationOf(rank: number): Station {
  if (rank >= RANK.submitted) return 'submitted'
  return rank >= RANK.started ? 'started' : 'created'
}

/** Codes of the element and of the SDK that a hint may carry; any other could be made up by whoever opens the page. */
const CODE = /^(?:sdk_)?(error_code_[1-9]|frame_blocked|camera_forbidden|camera_unsupported|start_timeout|network)$/

function readStep({ kind, event, status, subject, detail = '' }: Report): string | undefined {
  if (kind === 'hint') {
    // To leave is not the step at which one left.
    if (event === 'cancelled' || event === 'closed') return undefined
    return event === 'error' ? (CODE.exec(detail)?.[1] ?? event) : event
  }
  const isEnd = subject?.type !== 'session' && status !== undefined && isDecided(status)
  return kind === 'report' && !isEnd ? event.replaceAll(':', '/') : undefined
}
