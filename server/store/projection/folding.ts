import type { Selectable } from 'kysely'
import type { Check, Environment } from '../../protocol.ts'
import { type Identity, vendorOf, verificationId } from '../../verification/identity.ts'
import { foldReports, type Projection } from '../../verification/projection.ts'
import type { Report } from '../../verification/report.ts'
import { awaitsDecision } from '../../verification/status.ts'
import { inParts } from '../engine/in-parts.ts'
import type { LinkTable, VerificationTable } from '../engine/schema.ts'
import type { Trx } from '../engine/store.ts'
import type { TallyBook } from '../tallies/tally-book.ts'
import { createChangeWriter } from './changes.ts'
import { createLinkedReports, type LinkedReports } from './linked-reports.ts'
import { fromReportRow } from './reports.ts'

/** A user, one of whose SEON runs came, went or moved in time: sessions may join another run than before. */
export interface MovedRuns {
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
 * revision. Returns how many were written, and whose sessions may now join another run.
 */
export async function foldAnew(
  trx: Trx,
  refolds: Iterable<string>,
  now: number,
  tallies?: TallyBook,
): Promise<{ written: number; moved: MovedRuns[] }> {
  const ids = [...refolds]
  if (ids.length === 0) return { written: 0, moved: [] }
  const rows = await trx.selectFrom('verifications').selectAll().where('id', 'in', ids).execute()
  const rowById = new Map(rows.map((row) => [row.id, row]))
  const reportRows = await trx.selectFrom('reports').selectAll().where('verification_id', 'in', ids).execute()
  const reportsById = Map.groupBy(reportRows, (row) => row.verification_id)
  const linkRows = await trx.selectFrom('links').selectAll().where('verification_id', 'in', ids).execute()
  const linksById = Map.groupBy(linkRows, (row) => row.verification_id)
  const newLinks: LinkTable[] = []
  const writer = await createChangeWriter(trx, now, tallies)
  const linked = createLinkedReports(trx)
  const moved: MovedRuns[] = []
  let written = 0

  for (const id of ids) {
    const before = rowById.get(id)
    const reports = (reportsById.get(id) ?? []).map(fromReportRow)
    const whose = findIdentity(id, reports)
    if (whose === undefined) {
      if (before === undefined) continue
      writer.remove(before)
      moved.push(...movedRuns(before, undefined))
      written += 1
      continue
    }
    const folded = await foldWithLinked(linked, whose, reports)
    const known = new Set(linksById.get(id)?.map((row) => row.key))
    const keys = new Set(folded.keys)
    const gone = [...known].filter((key) => !keys.has(key))
    await removeLinks(trx, id, gone)
    for (const key of folded.keys) {
      if (!known.has(key)) newLinks.push({ verification_id: id, environment: whose.environment, key })
    }
    const after = toRow(id, whose, folded, before)
    if (before !== undefined && isSame(before, after)) continue
    writer.write(before, after)
    written += 1
    moved.push(...movedRuns(before, after))
  }
  for (const part of inParts(newLinks)) await trx.insertInto('links').values(part).execute()
  await writer.finish()
  return { written, moved }
}

/** Whose sessions have to look for their run again. */
function movedRuns(before: Row | undefined, after: Row | undefined): MovedRuns[] {
  const { vendor, environment } = before ?? after ?? {}
  if (vendor !== 'seon' || environment === undefined) return []
  if (before?.user_id === after?.user_id && before?.created_at === after?.created_at) return []
  const users = new Set([before?.user_id, after?.user_id])
  return [...users].flatMap((userId) => (userId === null || userId === undefined ? [] : [{ environment, userId }]))
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

/** Adds what is said of the verification's user, and of the transactions that its own reports or its user's name. */
async function foldWithLinked(linked: LinkedReports, whose: Identity, reports: Report[]): Promise<Projection> {
  let folded = foldReports(whose, reports)
  for (let known = 0; folded.keys.length > known; ) {
    known = folded.keys.length
    const others = await linked.read(whose.environment, folded)
    if (others.length > 0) folded = foldReports(whose, [...reports, ...others])
  }
  return folded
}

async function removeLinks(trx: Trx, id: string, keys: readonly string[]): Promise<void> {
  for (const part of inParts(keys)) {
    await trx.deleteFrom('links').where('verification_id', '=', id).where('key', 'in', part).execute()
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
    judged_at: folded.judgedAt,
    reached: folded.reached,
    last_step: folded.lastStep,
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
  'judged_at',
  'reached',
  'last_step',
  'detail',
] as const satisfies readonly (keyof Row)[]

function isSame(before: Row, after: Row): boolean {
  return COLUMNS.every((column) => before[column] === after[column])
}
