import type { Selectable } from 'kysely'
import type { TimelineEntry, Verification, VerificationDetail } from '../../protocol.ts'
import { moves } from '../../verification/claims.ts'
import type { Identity } from '../../verification/identity.ts'
import type { Report } from '../../verification/report.ts'
import type { VerificationTable } from '../engine/schema.ts'
import type { Db } from '../engine/store.ts'
import type { StoredDetail } from '../projection/folding.ts'
import { fromReportRow } from '../projection/reports.ts'

/** What a list shows: `detail`, which is most of a row, stays where it is. */
export const LISTED = [
  'id',
  'vendor',
  'vendor_id',
  'user_id',
  'workflow',
  'status',
  'decided_at',
  'created_at',
  'updated_at',
  'revision',
  'environment',
  'overdue',
] as const satisfies readonly (keyof VerificationTable)[]

export type ListedRow = Pick<Selectable<VerificationTable>, (typeof LISTED)[number]>

/** A row as the contract shows it. */
export function toVerification(row: ListedRow): Verification {
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
  const rows = await db.selectFrom('verifications').select(LISTED).where('id', 'in', ids).execute()
  return rows.map(toVerification)
}

/** The newest by `createdAt`. */
export async function readNewest(db: Db, limit: number): Promise<Verification[]> {
  const rows = await db
    .selectFrom('verifications')
    .select(LISTED)
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .execute()
  return rows.map(toVerification)
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
  const identity = { environment: row.environment, vendor: row.vendor, vendorId: row.vendor_id }
  const timeline = reports
    .map(fromReportRow)
    .toSorted((a, b) => timeOf(a) - timeOf(b) || (a.id < b.id ? -1 : 1))
    .map(
      (report): TimelineEntry => ({
        at: toIso(timeOf(report)),
        source: report.source,
        kind: report.kind,
        event: report.event,
        ...readSaid(report, identity),
        ...(report.deliveryId === null ? {} : { deliveryId: report.deliveryId }),
      }),
    )
  return { ...toVerification(row), timeline, checks, flags, provenance }
}

/** A status where it is this verification's; of what is only a part of it, as a session of a run, the word alone. */
function readSaid(report: Report, identity: Identity): Pick<TimelineEntry, 'status' | 'detail'> {
  const { status, detail = moves(report, identity) ? undefined : status } = report
  return {
    ...(status !== undefined && moves(report, identity) ? { status } : {}),
    ...(detail === undefined ? {} : { detail }),
  }
}

function timeOf(report: { occurredAt: number | null; receivedAt: number }): number {
  return report.occurredAt ?? report.receivedAt
}
