import { subjectKey, verificationId } from '../verification/identity.ts'
import type { Report } from '../verification/report.ts'
import { foldAnew } from './folding.ts'
import { readJoinable, rehome } from './homes.ts'
import { toReportRow } from './reports.ts'
import type { Trx } from './store.ts'

/**
 * Keeps reports and folds anew every verification they touch, within a transaction that holds the writer's place
 * (`Store.transactAlone`). Idempotent: a report is known by its id. Returns the verification of each subject by
 * `subjectKey`, where it has one. `replacing`: deliveries whose every report is among `reports`; others of theirs go.
 */
export async function applyReports(
  trx: Trx,
  reports: readonly Report[],
  now: number,
  { replacing = [] }: { replacing?: readonly string[] } = {},
): Promise<Map<string, string>> {
  const bereft = await removeStale(trx, reports, replacing)
  for (const report of reports) {
    const row = toReportRow(report, null)
    const { verification_id: _, ...update } = row
    await trx
      .insertInto('reports')
      .values(row)
      .onConflict((conflict) => conflict.column('id').doUpdateSet(update))
      .execute()
  }
  const homes = new Map<string, string>()
  const touched = await settle(trx, reports, homes)
  for (const id of bereft) touched.add(id)
  const { found } = await foldAnew(trx, touched, now)
  // A run that has just become known, or known better, may be the home of sessions that came before it.
  const joinable: Report[] = []
  for (const { environment, userId } of found) joinable.push(...(await readJoinable(trx, environment, userId)))
  if (joinable.length > 0) await foldAnew(trx, await settle(trx, joinable, homes, { onlyMoved: true }), now)
  return homes
}

/** A replay may read less out of the same bytes than an earlier release did; returns the verifications that lose a report. */
async function removeStale(trx: Trx, reports: readonly Report[], deliveries: readonly string[]): Promise<string[]> {
  if (deliveries.length === 0) return []
  const kept = new Set(reports.map((report) => report.id))
  const known = await trx
    .selectFrom('reports')
    .select(['id', 'verification_id'])
    .where('delivery_id', 'in', deliveries)
    .execute()
  const stale = known.filter((row) => !kept.has(row.id))
  if (stale.length === 0) return []
  await trx
    .deleteFrom('reports')
    .where(
      'id',
      'in',
      stale.map((row) => row.id),
    )
    .execute()
  return stale.flatMap((row) => row.verification_id ?? [])
}

/** Files each report's subject and collects the verifications that have to be folded anew. */
async function settle(
  trx: Trx,
  reports: readonly Report[],
  homes: Map<string, string>,
  { onlyMoved = false } = {},
): Promise<Set<string>> {
  const touched = new Set<string>()
  for (const report of onePerSubject(reports)) {
    const { home, left, moved } = await rehome(trx, report)
    if (onlyMoved && !moved) continue
    for (const id of left) touched.add(id)
    if (home === null) for (const id of await readLinked(trx, report)) touched.add(id)
    else {
      touched.add(verificationId(home))
      if (report.subject !== null) homes.set(subjectKey(report.subject), verificationId(home))
    }
  }
  return touched
}

function onePerSubject(reports: readonly Report[]): Report[] {
  const bySubject = new Map<string, Report>()
  for (const report of reports) {
    if (report.subject !== null) bySubject.set(`${report.environment} ${subjectKey(report.subject)}`, report)
  }
  return [...bySubject.values()]
}

/** Verifications that a report about a user or a transaction reaches. */
async function readLinked(trx: Trx, report: Report): Promise<string[]> {
  if (report.subject === null) return []
  const rows = await trx
    .selectFrom('links')
    .select('verification_id')
    .where('key', '=', subjectKey(report.subject))
    .where('environment', '=', report.environment)
    .execute()
  return rows.map((row) => row.verification_id)
}
