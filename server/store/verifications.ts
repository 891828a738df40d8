import { type Selectable, sql } from 'kysely'
import type { Counts, Status, TimelineEntry, Vendor, Verification, VerificationDetail } from '../protocol.ts'
import type { StoredDetail } from './folding.ts'
import { fromReportRow } from './reports.ts'
import type { VerificationTable } from './schema.ts'
import type { Db } from './store.ts'

type Row = Selectable<VerificationTable>

/** A row as the contract shows it. */
export function toVerification(row: Row): Verification {
  return {
    id: row.id,
    vendor: row.vendor,
    vendorId: row.vendor_id,
    userId: row.user_id,
    workflow: row.workflow,
    status: row.status,
    decidedAt: row.decided_at === null ? null : toIso(row.decided_at),
    createdAt: toIso(row.created_at),
    updatedAt: toIso(row.updated_at),
    revision: row.revision,
    environment: row.environment,
    overdue: row.overdue === 1,
  }
}

function toIso(time: number): string {
  return new Date(time).toISOString()
}

export async function readVerifications(db: Db, ids: readonly string[]): Promise<Verification[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('verifications').selectAll().where('id', 'in', ids).execute()
  return rows.map(toVerification)
}

/** The newest by `createdAt`. */
export async function readNewest(db: Db, limit: number): Promise<Verification[]> {
  const rows = await db
    .selectFrom('verifications')
    .selectAll()
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toVerification)
}

export async function readCounts(db: Db): Promise<Counts> {
  const rows = await db.selectFrom('counts').selectAll().execute()
  const counts: Counts = { ...NONE }
  for (const { name, count } of rows) counts[name] += count
  return counts
}

const NONE: Readonly<Counts> = {
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

export interface VerificationQuery {
  status?: readonly Status[]
  userId?: string
  vendor?: Vendor
  /** Finds exact user, vendor and own ids. */
  q?: string
  /** Bounds of `createdAt`, epoch ms; `from` included, `to` not. */
  from?: number
  to?: number
  /** The last item of the page before. */
  after?: { createdAt: number; id: string }
  limit: number
}

/** Newest `createdAt` first. */
export async function queryVerifications(db: Db, query: VerificationQuery): Promise<Row[]> {
  let select = db.selectFrom('verifications').selectAll()
  if (query.status !== undefined) select = select.where('status', 'in', query.status)
  if (query.userId !== undefined) select = select.where('user_id', '=', query.userId)
  if (query.vendor !== undefined) select = select.where('vendor', '=', query.vendor)
  if (query.q !== undefined) {
    const { q } = query
    select = select.where((eb) => eb.or([eb('user_id', '=', q), eb('vendor_id', '=', q), eb('id', '=', q)]))
  }
  if (query.from !== undefined) select = select.where('created_at', '>=', query.from)
  if (query.to !== undefined) select = select.where('created_at', '<', query.to)
  if (query.after !== undefined) {
    const { createdAt, id } = query.after
    select = select.where(sql<boolean>`(created_at, id) < (${createdAt}, ${id})`)
  }
  return select.orderBy('created_at', 'desc').orderBy('id', 'desc').limit(query.limit).execute()
}

/** One, with its timeline in the order that things happened, as far as their times tell. */
export async function readDetail(db: Db, id: string): Promise<VerificationDetail | null> {
  const row = await db.selectFrom('verifications').selectAll().where('id', '=', id).executeTakeFirst()
  if (row === undefined) return null
  const keys = await db.selectFrom('links').select('key').where('verification_id', '=', id).execute()
  const subjects = ['', ...keys.map((link) => link.key)]
  const reports = await db
    .selectFrom('reports')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb('verification_id', '=', id),
        eb.and([
          eb('verification_id', 'is', null),
          eb('subject', 'in', subjects),
          eb('environment', '=', row.environment),
        ]),
      ]),
    )
    .execute()
  // Written by folding.ts: our own format, not outside data.
  const { checks, flags, provenance }: StoredDetail = JSON.parse(row.detail)
  const timeline = reports
    .map(fromReportRow)
    .toSorted((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1))
    .map(
      (report): TimelineEntry => ({
        at: toIso(timeOf(report)),
        source: report.source,
        kind: report.kind,
        event: report.event,
        ...(report.status === undefined ? {} : { status: report.status }),
        ...(report.deliveryId === null ? {} : { deliveryId: report.deliveryId }),
        ...(report.detail === undefined ? {} : { detail: report.detail }),
      }),
    )
  return { ...toVerification(row), timeline, checks, flags, provenance }
}

function timeOf(report: { occurredAt: number | null; receivedAt: number }): number {
  return report.occurredAt ?? report.receivedAt
}
