import type { Selectable } from 'kysely'
import { subjectKey, verificationId } from '../../verification/identity.ts'
import type { Report } from '../../verification/report.ts'
import { inParts } from '../engine/in-parts.ts'
import type { ReportTable } from '../engine/schema.ts'
import type { Trx } from '../engine/store.ts'
import { countLags, toTimed } from '../tallies/lags.ts'
import { createTallyBook } from '../tallies/tally-book.ts'
import { foldAnew } from './folding.ts'
import { readAtHome, readJoinable, readOwnHome, rehome } from './homes.ts'
import { fromReportRow, toReportRow } from './reports.ts'

/**
 * Keeps reports and folds anew every verification they touch, within a transaction that holds the writer's place
 * (`Store.transactAlone`). Idempotent: a report is known by its id. `replacing`: deliveries whose every report is among
 * `reports`; others of theirs go.
 */
export async function applyReports(
  trx: Trx,
  reports: readonly Report[],
  now: number,
  { replacing = [] }: { replacing?: readonly string[] } = {},
): Promise<void> {
  const stale = await removeStale(trx, reports, replacing)
  await keepReports(trx, reports)
  const tallies = createTallyBook()
  if (replacing.length > 0) {
    // Of the same webhooks again nothing changes.
    tallies.add(countLags(stale.replaced), -1)
    tallies.add(countLags(reports.map(toTimed)), 1)
  }
  const touched = await settle(trx, [...reports, ...stale.reports])
  for (const id of stale.verifications) touched.add(id)
  const { moved } = await foldAnew(trx, touched, now, tallies)
  // A run that has just become known, or known better, may be the home of sessions that came before it.
  const joinable: Report[] = []
  for (const { environment, userId } of moved) joinable.push(...(await readJoinable(trx, environment, userId)))
  if (joinable.length > 0) await foldAnew(trx, await settle(trx, joinable, { onlyMoved: true }), now)
  // Where nothing was folded they are still to be written.
  await tallies.write(trx)
}

/** All of them in a few statements: on PostgreSQL each is a journey of its own. Homes of known ones stay: `rehome` moves. */
async function keepReports(trx: Trx, reports: readonly Report[]): Promise<void> {
  const rows = new Map(
    reports.map((report) => {
      const home = readOwnHome(report)
      return [report.id, toReportRow(report, home === null ? null : verificationId(home))]
    }),
  )
  for (const part of inParts([...rows.values()])) {
    await trx
      .insertInto('reports')
      .values(part)
      .onConflict((conflict) =>
        conflict.column('id').doUpdateSet((eb) => ({
          subject: eb.ref('excluded.subject'),
          environment: eb.ref('excluded.environment'),
          kind: eb.ref('excluded.kind'),
          source: eb.ref('excluded.source'),
          event: eb.ref('excluded.event'),
          user_id: eb.ref('excluded.user_id'),
          occurred_at: eb.ref('excluded.occurred_at'),
          received_at: eb.ref('excluded.received_at'),
          delivery_id: eb.ref('excluded.delivery_id'),
          data: eb.ref('excluded.data'),
        })),
      )
      .execute()
  }
}

/** A replay may read less out of the same bytes than an earlier release did; what it no longer reads goes. */
async function removeStale(
  trx: Trx,
  reports: readonly Report[],
  deliveries: readonly string[],
): Promise<{ replaced: Selectable<ReportTable>[]; reports: Report[]; verifications: string[] }> {
  if (deliveries.length === 0) return { replaced: [], reports: [], verifications: [] }
  const kept = new Set(reports.map((report) => report.id))
  const known = await trx.selectFrom('reports').selectAll().where('delivery_id', 'in', deliveries).execute()
  const stale = known.filter((row) => !kept.has(row.id))
  if (stale.length > 0) {
    const ids = stale.map((row) => row.id)
    await trx.deleteFrom('reports').where('id', 'in', ids).execute()
  }
  return {
    replaced: known,
    reports: stale.map(fromReportRow),
    verifications: stale.flatMap((row) => row.verification_id ?? []),
  }
}

/** Files each report's subject and collects the verifications that have to be folded anew. */
async function settle(trx: Trx, reports: readonly Report[], { onlyMoved = false } = {}): Promise<Set<string>> {
  const touched = new Set<string>()
  const subjects = onePerSubject(reports)
  const atHome = await readAtHome(trx, subjects)
  for (const report of subjects) {
    const own = atHome.get(report)
    const { home, left, moved } = own === undefined ? await rehome(trx, report) : { home: own, left: [], moved: false }
    if (onlyMoved && !moved) continue
    for (const id of left) touched.add(id)
    if (home !== null) touched.add(verificationId(home))
  }
  for (const id of await readLinked(trx, reports)) touched.add(id)
  return touched
}

function onePerSubject(reports: readonly Report[]): Report[] {
  const bySubject = new Map<string, Report>()
  for (const report of reports) {
    if (report.subject !== null) bySubject.set(`${report.environment} ${subjectKey(report.subject)}`, report)
  }
  return [...bySubject.values()]
}

/** Verifications that hear what is said of users and transactions: theirs, of whatever home these now are. */
async function readLinked(trx: Trx, reports: readonly Report[]): Promise<string[]> {
  const linked: string[] = []
  for (const [environment, ofOne] of Map.groupBy(reports, (report) => report.environment)) {
    const keys = new Set(ofOne.flatMap(linkKeys))
    if (keys.size === 0) continue
    const rows = await trx
      .selectFrom('links')
      .select('verification_id')
      .where('key', 'in', [...keys])
      .where('environment', '=', environment)
      .execute()
    linked.push(...rows.map((row) => row.verification_id))
  }
  return linked
}

function linkKeys({ subject, userId }: Report): string[] {
  if (subject === null || (subject.type !== 'user' && subject.type !== 'transaction')) return []
  return [subjectKey(subject), ...(userId === undefined ? [] : [subjectKey({ type: 'user', id: userId })])]
}
