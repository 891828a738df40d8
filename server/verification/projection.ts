import type { Check, Status } from '../protocol.ts'
import { claimOf, moves } from './claims.ts'
import { type Course, foldCourse } from './course.ts'
import { type Identity, movingSubject, subjectKey } from './identity.ts'
import { findLatest, timeOf } from './latest.ts'
import type { Report } from './report.ts'
import { type Claim, compareClaims, isDecided } from './status.ts'

/** What is known of a verification: a pure function of the set of its reports, whatever order they came in. */
export interface Projection extends Course {
  status: Status
  userId: string | null
  workflow: string | null
  /** Epoch ms, like all times here. Null while undecided and in `review`. */
  decidedAt: number | null
  /** When the verdict or end that stands was made, one in `review` included; null while undecided. */
  judgedAt: number | null
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
  return reports.toSorted(
    (a, b) => timeOf(a) - timeOf(b) || Number(a.corrects ?? false) - Number(b.corrects ?? false) || compareIds(a, b),
  )
}

// Infinity - Infinity is NaN, which `||` passes over: two reports without a time go by id.
function compareIds(a: Report, b: Report): number {
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}

/** A delivery; else `init`, `hint`, or for what was asked of a vendor's API its name, e.g. `api:status`. */
function originOf({ deliveryId, kind, event }: Report): string {
  return deliveryId ?? (kind === 'report' ? event : kind)
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
  // Two opposite verdicts, neither with a time: nothing says which came last, so a person has to look. SEON's do carry
  // times, and where one is missing the order of claims still tells its correction from what it corrects.
  const contradicts = identity.vendor === 'incode' && manual.size === 2 && standing.claim.at === null
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
  return [...latest.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, { check }]) => check)
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

  // Our own init knows best whose run it is, and since when; without one, what vendors said of it.
  const own = ownReports(identity, ordered)
  const inits = own.filter((report) => report.kind === 'init')
  const findSaid = (read: (report: Report) => string | undefined) => findLatest(inits, read) ?? findLatest(own, read)
  const user = findSaid((report) => report.userId)
  const workflow = findSaid((report) => report.workflow)
  if (user !== undefined) provenance['userId'] = originOf(user.report)
  if (workflow !== undefined) provenance['workflow'] = originOf(workflow.report)

  const heard = ordered.map((report) => report.receivedAt)
  const createdAt = startOf(inits) ?? startOf(own) ?? earliest(heard)
  const updatedAt = heard.reduce((last, at) => Math.max(last, at), createdAt)
  const judgedAt = isDecided(claim.status) ? (claim.at ?? decisive?.receivedAt ?? updatedAt) : null

  const flags = new Set(ordered.flatMap((report) => report.flags ?? []))
  if (contradicts || contradictsItsSessions(claim.status, ordered, identity)) flags.add('contradiction')
  const userId = user?.value ?? null
  const keys = new Set(ordered.flatMap(transactionKeys))
  if (userId !== null) keys.add(`user:${userId}`)

  return {
    status: claim.status,
    userId,
    workflow: workflow?.value ?? null,
    decidedAt: claim.status === 'review' ? null : judgedAt,
    judgedAt,
    createdAt,
    updatedAt,
    checks: foldChecks(ordered),
    flags: [...flags].toSorted(),
    provenance,
    keys: [...keys].toSorted(),
    emailHash: findSaid((report) => report.emailHash)?.value ?? null,
    ...foldCourse(identity, ordered, claim.status),
  }
}

/** The transactions that a report names, or is about. */
function transactionKeys({ subject, transactionIds = [] }: Report): string[] {
  const own = subject?.type === 'transaction' ? [subject.id] : []
  return [...own, ...transactionIds].map((id) => subjectKey({ type: 'transaction', id }))
}

/**
 * Reports that name this verification itself. A session that joined a run by its user is not among them: it must not shape
 * the user and the beginning that it joined by, or the order of arrival would decide.
 */
export function ownReports(identity: Identity, reports: readonly Report[]): Report[] {
  const named = new Set(
    reports.flatMap(({ executionId, subject }) =>
      executionId === identity.vendorId && subject !== null ? subjectKey(subject) : [],
    ),
  )
  return reports.filter(
    ({ subject }) =>
      subject !== null &&
      (subject.type === movingSubject(identity.vendor) ||
        (identity.vendor === 'seon' && named.has(subjectKey(subject)))),
  )
}

/** When it began: our own start, else the earliest time that the vendor gives, else when it was first heard of. */
function startOf(reports: readonly Report[]): number | null {
  const times = reports.flatMap((report) =>
    report.kind === 'init' ? report.receivedAt : (report.startedAt ?? report.occurredAt ?? []),
  )
  if (times.length > 0) return earliest(times)
  return reports.length > 0 ? earliest(reports.map((report) => report.receivedAt)) : null
}

// Not Math.min(...times): a call takes no more than some ten thousands of arguments.
function earliest(times: readonly number[]): number {
  return times.reduce((first, at) => Math.min(first, at))
}
