import type { Selectable } from 'kysely'
import type { Check, Environment } from '../protocol.ts'
import { type Identity, vendorOf, verificationId } from '../verification/identity.ts'
import { foldReports, type Projection } from '../verification/projection.ts'
import type { Report } from '../verification/report.ts'
import { awaitsDecision } from '../verification/status.ts'
import { createChangeWriter } from './changes.ts'
import { fromReportRow } from './reports.ts'
import type { VerificationTable } from './schema.ts'
import type { Trx } from './store.ts'

/** A SEON run whose user or beginning is new. */
export interface FoundRun {
  environment: Environment
  userId: string
}

/** What `verifications.detail` holds. */
export interface StoredDetail {
  checks: Check[]
  flags: string[]
  provenance: Record<string, string>
}

type Row = Selectable<VerificationTable>

/**
 * Folds each verification from all its reports and writes what changed: row, links, counts and a change with its
 * revision. Returns how many were written, and the runs among them that may be the home of waiting sessions.
 */
export async function foldAnew(
  trx: Trx,
  refolds: Iterable<string>,
  now: number,
): Promise<{ written: number; found: FoundRun[] }> {
  const ids = [...refolds]
  if (ids.length === 0) return { written: 0, found: [] }
  const rows = await trx.selectFrom('verifications').selectAll().where('id', 'in', ids).execute()
  const rowById = new Map(rows.map((row) => [row.id, row]))
  const reportRows = await trx.selectFrom('reports').selectAll().where('verification_id', 'in', ids).execute()
  const reportsById = Map.groupBy(reportRows, (row) => row.verification_id)
  const writer = await createChangeWriter(trx, now)
  const found: FoundRun[] = []
  let written = 0

  for (const id of ids) {
    const before = rowById.get(id)
    const reports = (reportsById.get(id) ?? []).map(fromReportRow)
    const whose = findIdentity(id, reports)
    if (whose === undefined) {
      if (before === undefined) continue
      await writer.remove(before)
      written += 1
      continue
    }
    const folded = await foldWithLinked(trx, id, whose, reports)
    const after = toRow(id, whose, folded, before)
    if (before !== undefined && isSame(before, after)) continue
    await writer.write(before, after)
    written += 1
    const isNewRun = before === undefined || before.user_id !== after.user_id || before.created_at !== after.created_at
    if (whose.vendor === 'seon' && folded.userId !== null && isNewRun) {
      found.push({ environment: whose.environment, userId: folded.userId })
    }
  }
  await writer.finish()
  return { written, found }
}

/** Whose verification it is, as the reports that name it say; undefined where none is left. */
function findIdentity(id: string, reports: readonly Report[]): Identity | undefined {
  for (const { environment, subject, executionId } of reports) {
    const vendor = subject === null ? undefined : vendorOf(subject.type)
    const candidates: Identity[] = []
    if (vendor !== undefined && subject !== null) candidates.push({ environment, vendor, vendorId: subject.id })
    if (executionId !== undefined) candidates.push({ environment, vendor: 'seon', vendorId: executionId })
    const whose = candidates.find((candidate) => verificationId(candidate) === id)
    if (whose !== undefined) return whose
  }
  return undefined
}

/** Adds what is said of the verification's user and transactions, which its own reports name. */
async function foldWithLinked(trx: Trx, id: string, whose: Identity, reports: Report[]): Promise<Projection> {
  const own = foldReports(whose, reports)
  await writeLinks(trx, id, whose.environment, own.keys)
  if (own.keys.length === 0) return own
  const linked = await trx
    .selectFrom('reports')
    .selectAll()
    .where('subject', 'in', own.keys)
    .where('environment', '=', whose.environment)
    .where('verification_id', 'is', null)
    .execute()
  return linked.length === 0 ? own : foldReports(whose, [...reports, ...linked.map(fromReportRow)])
}

async function writeLinks(trx: Trx, id: string, environment: Environment, keys: readonly string[]): Promise<void> {
  const stored = await trx.selectFrom('links').select('key').where('verification_id', '=', id).execute()
  const known = new Set(stored.map((row) => row.key))
  const gone = [...known].filter((key) => !keys.includes(key))
  const added = keys.filter((key) => !known.has(key))
  if (gone.length > 0)
    await trx.deleteFrom('links').where('verification_id', '=', id).where('key', 'in', gone).execute()
  if (added.length > 0) {
    await trx
      .insertInto('links')
      .values(added.map((key) => ({ verification_id: id, environment, key })))
      .execute()
  }
}

function toRow(id: string, whose: Identity, folded: Projection, before: Row | undefined): Row {
  const detail: StoredDetail = { checks: folded.checks, flags: folded.flags, provenance: folded.provenance }
  return {
    id,
    vendor: whose.vendor,
    vendor_id: whose.vendorId,
    environment: whose.environment,
    user_id: folded.userId,
    workflow: folded.workflow,
    status: folded.status,
    decided_at: folded.decidedAt,
    created_at: folded.createdAt,
    updated_at: folded.updatedAt,
    revision: before?.revision ?? 0,
    overdue: before?.overdue === 1 && awaitsDecision(folded.status) ? 1 : 0,
    email_hash: folded.emailHash,
    detail: JSON.stringify(detail),
  }
}

/** Everything but the revision, which every write renews. */
const COLUMNS = [
  'user_id',
  'workflow',
  'status',
  'decided_at',
  'created_at',
  'updated_at',
  'overdue',
  'email_hash',
  'detail',
] as const satisfies readonly (keyof Row)[]

function isSame(before: Row, after: Row): boolean {
  return COLUMNS.every((column) => before[column] === after[column])
}
