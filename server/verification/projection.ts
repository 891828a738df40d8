import type { Check, Status } from '../protocol.ts'
import { type Identity, movingSubject } from './identity.ts'
import type { Report } from './report.ts'
import { type Claim, compareClaims, isDecided } from './status.ts'

/** What is known of a verification: a pure function of the set of its reports, whatever order they came in. */
export interface Projection {
  status: Status
  userId: string | null
  workflow: string | null
  /** Epoch ms, like all times here. Null while undecided and in `review`. */
  decidedAt: number | null
  createdAt: number
  updatedAt: number
  checks: Check[]
  flags: string[]
  /** Field → delivery id of the report that set it, or `init`, `hint`. */
  provenance: Record<string, string>
  /** Keys under which reports about users and transactions find this verification. */
  keys: string[]
  /** Keyed hash of the e-mail that the start named, for search. */
  emailHash: string | null
}

/** Reports in an order that depends on what they say and on nothing else where they differ in what they say. */
function inVendorTime(reports: readonly Report[]): Report[] {
  return [...reports].sort(
    (a, b) => timeOf(a) - timeOf(b) || Number(a.corrects ?? false) - Number(b.corrects ?? false) || compareIds(a, b),
  )
}

function timeOf(report: Report): number {
  return report.occurredAt ?? Number.NEGATIVE_INFINITY
}

// Infinity - Infinity is NaN, which `||` passes over: two reports without a time go by id.
function compareIds(a: Report, b: Report): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

function originOf(report: Report): string {
  return report.deliveryId ?? report.kind
}

/** Whether a report may move this verification: our own starts and hints, and its own vendor's words about it. */
function moves(report: Report, identity: Identity): boolean {
  if (report.kind === 'init' || report.kind === 'hint') return true
  return report.kind === 'report' && report.subject?.type === movingSubject(identity.vendor)
}

function claimOf(report: Report): Claim | null {
  if (report.status === undefined) return null
  // Nothing signs Incode's body: until its API confirms, a decision is taken as "finished", whose verdict is still open.
  const status = report.unconfirmed === true && isDecided(report.status) ? 'finished' : report.status
  return { status, at: report.occurredAt, corrects: report.corrects ?? false }
}

interface Standing {
  claim: Claim
  report: Report | null
}

function foldStatus(reports: readonly Report[], identity: Identity): Standing & { contradicts: boolean } {
  let standing: Standing = { claim: { status: 'created', at: null, corrects: false }, report: null }
  const manual = new Set<Status>()
  for (const report of reports) {
    const claim = moves(report, identity) ? claimOf(report) : null
    if (claim === null) continue
    if (standing.report === null || compareClaims(standing.claim, claim) < 0) standing = { claim, report }
    if (claim.at === null && (claim.status === 'approved' || claim.status === 'declined')) manual.add(claim.status)
  }
  // Two opposite verdicts, neither with a time: nothing says which came last, so a person has to look.
  const contradicts = manual.size === 2 && standing.claim.at === null && isDecided(standing.claim.status)
  return contradicts
    ? { claim: { ...standing.claim, status: 'review' }, report: standing.report, contradicts }
    : { ...standing, contradicts }
}

const WORST_FIRST = ['fail', 'review', 'pass', 'unknown', 'not_performed'] as const

/** The latest result of each check; at the same time the worse one. A session's checks are its own. */
function foldChecks(reports: readonly Report[]): Check[] {
  const latest = new Map<string, { check: Check; at: number }>()
  for (const report of reports) {
    for (const check of report.checks ?? []) {
      const key = `${report.subject?.type ?? ''}:${report.subject?.id ?? ''}/${check.group}/${check.name}`
      const known = latest.get(key)
      const at = timeOf(report)
      const isWorse = (known: Check) => WORST_FIRST.indexOf(check.result) < WORST_FIRST.indexOf(known.result)
      if (known !== undefined && (at < known.at || (at === known.at && !isWorse(known.check)))) continue
      latest.set(key, { check: report.deliveryId === null ? check : { ...check, deliveryId: report.deliveryId }, at })
    }
  }
  return [...latest.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { check }]) => check)
}

/** A SEON run and the sessions within it decide apart: opposite verdicts are shown, never merged away. */
function contradictsItsSessions(status: Status, reports: readonly Report[], identity: Identity): boolean {
  if (identity.vendor !== 'seon' || (status !== 'approved' && status !== 'declined')) return false
  const verdicts = new Map<string, Claim>()
  for (const report of reports) {
    const claim = report.subject?.type === 'session' && report.kind === 'report' ? claimOf(report) : null
    if (claim === null || report.subject === null) continue
    const known = verdicts.get(report.subject.id)
    if (known === undefined || compareClaims(known, claim) < 0) verdicts.set(report.subject.id, claim)
  }
  // A run may well decline after every document check passed (AML, fraud): only the other way round is odd.
  return status === 'approved' && [...verdicts.values()].some((claim) => claim.status === 'declined')
}

/** Folds every report of a verification into what is known of it. `reports` must not be empty. */
export function foldReports(identity: Identity, reports: readonly Report[]): Projection {
  const ordered = inVendorTime(reports)
  const { claim, report: decisive, contradicts } = foldStatus(ordered, identity)
  const provenance: Record<string, string> = {}
  if (decisive !== null) provenance['status'] = originOf(decisive)

  // Our own init knows best whose run it is; among vendors' reports the latest says.
  const own = ordered.filter((report) => report.kind === 'init')
  const named = [...ordered.filter((report) => report.kind !== 'init'), ...own]
  const userReport = named.findLast((report) => report.userId !== undefined && report.subject?.type !== 'user')
  const workflowReport = named.findLast((report) => report.workflow !== undefined)
  if (userReport !== undefined) provenance['userId'] = originOf(userReport)
  if (workflowReport !== undefined) provenance['workflow'] = originOf(workflowReport)

  const about = ordered.filter((report) => isAbout(report, identity))
  const createdAt = Math.min(...(own.length > 0 ? own : about.length > 0 ? about : ordered).map(startOf))
  const updatedAt = Math.max(createdAt, ...ordered.map((report) => report.receivedAt))
  const decidedAt =
    isDecided(claim.status) && claim.status !== 'review' ? (claim.at ?? decisive?.receivedAt ?? updatedAt) : null

  const flags = new Set(ordered.flatMap((report) => report.flags ?? []))
  if (contradicts || contradictsItsSessions(claim.status, ordered, identity)) flags.add('contradiction')
  const userId = userReport?.userId ?? null
  const keys = new Set(ordered.flatMap((report) => (report.transactionIds ?? []).map((id) => `transaction:${id}`)))
  if (userId !== null) keys.add(`user:${userId}`)

  return {
    status: claim.status,
    userId,
    workflow: workflowReport?.workflow ?? null,
    decidedAt,
    createdAt,
    updatedAt,
    checks: foldChecks(ordered),
    flags: [...flags].sort(),
    provenance,
    keys: [...keys].sort(),
    emailHash: named.findLast((report) => report.emailHash !== undefined)?.emailHash ?? null,
  }
}

/** Whether a report names this verification itself; a session that joined by its user must not shift the run it joined. */
function isAbout(report: Report, identity: Identity): boolean {
  return report.subject?.type === movingSubject(identity.vendor) || report.executionId === identity.vendorId
}

function startOf(report: Report): number {
  return report.kind === 'init' ? report.receivedAt : (report.startedAt ?? report.occurredAt ?? report.receivedAt)
}
