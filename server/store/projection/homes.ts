import type { Environment } from '../../protocol.ts'
import { type Identity, subjectKey, vendorOf, verificationId } from '../../verification/identity.ts'
import { findLatest } from '../../verification/latest.ts'
import type { Report } from '../../verification/report.ts'
import { inParts } from '../engine/in-parts.ts'
import type { Trx } from '../engine/store.ts'
import { fromReportRow } from './reports.ts'

// A report's home is the verification it belongs to. It depends on all reports of its subject and on the runs known of
// its user, never on which of them came first; whatever may change a home leads to `rehome`.

/** How long before an IDV session its run may have been created, ms: the architecture's bound, the life of SEON's hosted sessions. */
const JOIN_WINDOW_MS = 7 * 24 * 60 * 60 * 1000

/** The home of runs and interviews, which are always themselves; null for everything that has to be looked for. */
export function readOwnHome({ subject, environment }: Report): Identity | null {
  if (subject === null || (subject.type !== 'run' && subject.type !== 'interview')) return null
  const vendor = vendorOf(subject.type)
  return vendor === undefined ? null : { environment, vendor, vendorId: subject.id }
}

/** Those reports, by one look at them all, whose subjects are themselves and have no report elsewhere: nothing to file. */
export async function readAtHome(trx: Trx, reports: readonly Report[]): Promise<Map<Report, Identity>> {
  const own = reports.flatMap((report) => {
    const home = readOwnHome(report)
    if (report.subject === null || home === null) return []
    const subject = subjectKey(report.subject)
    return [{ report, home, subject, place: `${home.environment} ${subject}` }]
  })
  const idByPlace = new Map(own.map(({ place, home }) => [place, verificationId(home)]))
  const astray = new Set<string>()
  for (const part of inParts(own.map(({ subject }) => subject))) {
    const rows = await trx
      .selectFrom('reports')
      .select(['subject', 'environment', 'verification_id'])
      .distinct()
      .where('subject', 'in', part)
      .execute()
    for (const { subject, environment, verification_id } of rows) {
      const place = `${environment} ${subject}`
      if (idByPlace.has(place) && idByPlace.get(place) !== verification_id) astray.add(place)
    }
  }
  return new Map(own.filter(({ place }) => !astray.has(place)).map(({ report, home }) => [report, home]))
}

/** Files the report's subject where it belongs; returns the home, and every verification that lost a report to it. */
export async function rehome(
  trx: Trx,
  report: Report,
): Promise<{ home: Identity | null; left: string[]; moved: boolean }> {
  const { subject, environment } = report
  if (subject === null) return { home: null, left: [], moved: false }
  const home = await findHome(trx, report)
  const id = home === null ? null : verificationId(home)
  const family = trx
    .selectFrom('reports')
    .where('subject', '=', subjectKey(subject))
    .where('environment', '=', environment)
    .where('verification_id', 'is distinct from', id)
  const strays = await family.select(['id', 'verification_id', 'delivery_id']).execute()
  if (strays.length === 0) return { home, left: [], moved: false }
  await trx
    .updateTable('reports')
    .set({ verification_id: id })
    .where('subject', '=', subjectKey(subject))
    .where('environment', '=', environment)
    .execute()
  const leaving = strays.filter((stray) => stray.verification_id !== null)
  const deliveries = leaving.flatMap((stray) => stray.delivery_id ?? [])
  const left = [...new Set(leaving.flatMap((stray) => stray.verification_id ?? []))]
  if (deliveries.length > 0) {
    // What a delivery was filed under is shown beside it, and may be about to go.
    await trx
      .updateTable('deliveries')
      .set({ verification_id: id })
      .where('id', 'in', deliveries)
      .where('verification_id', 'in', left)
      .execute()
  }
  return { home, left, moved: true }
}

async function findHome(trx: Trx, report: Report): Promise<Identity | null> {
  const { subject, environment } = report
  if (subject === null) return null
  const vendor = vendorOf(subject.type)
  const own: Identity | null = vendor === undefined ? null : { environment, vendor, vendorId: subject.id }
  // Runs and interviews are always themselves, and what is said of a user belongs to no verification alone.
  if (subject.type !== 'session' && subject.type !== 'transaction') return own
  const family = await readFamily(trx, report)
  const run = findLatest(family, (each) => each.executionId)
  if (run !== undefined) return { environment, vendor: 'seon', vendorId: run.value }
  // Only a session joins by its user and its time: a payment days after a run is none of its steps.
  return subject.type === 'session' ? ((await findRun(trx, environment, family)) ?? own) : own
}

async function readFamily(trx: Trx, report: Report): Promise<Report[]> {
  if (report.subject === null) return []
  const rows = await trx
    .selectFrom('reports')
    .selectAll()
    .where('subject', '=', subjectKey(report.subject))
    .where('environment', '=', report.environment)
    .execute()
  return rows.map(fromReportRow)
}

/** The newest run of the same user and environment created before the session began, at most seven days earlier. */
async function findRun(trx: Trx, environment: Environment, family: readonly Report[]): Promise<Identity | null> {
  const userId = findLatest(family, (each) => each.userId)?.value
  const starts = family.flatMap((each) => each.startedAt ?? [])
  const times = starts.length > 0 ? starts : family.flatMap((each) => each.occurredAt ?? [])
  if (userId === undefined || times.length === 0) return null
  const began = Math.min(...times)
  const run = await trx
    .selectFrom('verifications')
    .select('vendor_id')
    .where('vendor', '=', 'seon')
    .where('environment', '=', environment)
    .where('user_id', '=', userId)
    .where('created_at', '<=', began)
    .where('created_at', '>=', began - JOIN_WINDOW_MS)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  return run === undefined ? null : { environment, vendor: 'seon', vendorId: run.vendor_id }
}

/** One report of each session that may join a run by this user, so that their homes are looked for again. */
export async function readJoinable(trx: Trx, environment: Environment, userId: string): Promise<Report[]> {
  const rows = await trx
    .selectFrom('reports')
    .selectAll()
    .where('user_id', '=', userId)
    .where('environment', '=', environment)
    .where('subject', 'like', 'session:%')
    .execute()
  return [...new Map(rows.map((row) => [row.subject, fromReportRow(row)])).values()]
}
