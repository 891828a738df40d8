import { type Identity, movingSubject } from './identity.ts'
import type { Report } from './report.ts'
import { type Claim, isDecided } from './status.ts'

/** Whether a report may move this verification: our own starts and hints, and its own vendor's words about it. */
export function moves(report: Report, identity: Identity): boolean {
  if (report.kind === 'init' || report.kind === 'hint') return true
  return report.kind === 'report' && report.subject?.type === movingSubject(identity.vendor)
}

/** What a report claims of its subject's status; null where it claims nothing. */
export function claimOf(report: Report): Claim | null {
  if (report.status === undefined) return null
  // Nothing signs Incode's body: until its API confirms, a decision is taken as "finished", whose verdict is still open.
  const status = report.unconfirmed === true && isDecided(report.status) ? 'finished' : report.status
  return { status, at: report.occurredAt, corrects: report.corrects ?? false }
}
