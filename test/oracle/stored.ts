import assert from 'node:assert/strict'
import { readCounts } from '../../server/store/engine/kinds.ts'
import type { Store } from '../../server/store/engine/store.ts'
import { readDetail } from '../../server/store/reading/verifications.ts'
import { verificationId } from '../../server/verification/identity.ts'
import type { Arrival, Environment } from './facts.ts'
import { type Expected, type OracleVendor, sortChecks } from './oracle.ts'
import { ENVIRONMENT, toReports } from './reports.ts'

export const idIn = (environment: Environment, vendor: OracleVendor, vendorId: string): string =>
  verificationId({ environment, vendor, vendorId })

export const idOf = (vendor: OracleVendor, vendorId: string): string => idIn(ENVIRONMENT, vendor, vendorId)

/**
 * Every verification whose vendor id begins with `prefix` is as expected, and there are no others. `resent`: starts and
 * hints, which nothing de-duplicates, may stand in a timeline more than once.
 */
export async function assertStored(
  store: Pick<Store, 'db'>,
  prefix: string,
  expected: readonly Expected[],
  { resent = false, environment = ENVIRONMENT } = {},
): Promise<void> {
  const stored = await store.db
    .selectFrom('verifications')
    .select(['vendor', 'vendor_id'])
    .where('vendor_id', 'like', `${prefix}%`)
    .execute()
  assert.deepEqual(
    stored.map(({ vendor, vendor_id }) => `${vendor} ${vendor_id}`).toSorted(),
    expected.map(({ vendor, vendorId }) => `${vendor} ${vendorId}`).toSorted(),
    'which verifications there are',
  )
  for (const each of expected) {
    const id = idIn(environment, each.vendor, each.vendorId)
    await assertVerification(store, id, each, resent)
  }
}

async function assertVerification(
  store: Pick<Store, 'db'>,
  id: string,
  expected: Expected,
  resent: boolean,
): Promise<void> {
  const { vendor, vendorId } = expected
  const detail = await readDetail(store.db, id)
  assert.ok(detail !== null)
  const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString())
  const { status, decidedAt, userId, workflow, createdAt, flags } = detail
  assert.deepEqual(
    { status, decidedAt, userId, workflow, createdAt, flags },
    {
      status: expected.status,
      decidedAt: iso(expected.decidedAt),
      userId: expected.userId,
      workflow: expected.workflow,
      createdAt: iso(expected.createdAt),
      flags: expected.flags,
    },
    `${vendor} ${vendorId}`,
  )
  const checks = detail.checks.map(({ group, name, result }) => ({ group, name, result }))
  assert.deepEqual(sortChecks(checks), expected.checks, `checks of ${vendorId}`)
  const timeline = detail.timeline.map(({ kind, event = '', at }) => toLine(kind, event, at))
  const told = [...expected.own, ...expected.linked].map(toEntry)
  const [shown, wanted] = resent ? [unlessResent(timeline), unlessResent(told)] : [timeline, told]
  assert.deepEqual(shown.toSorted(), wanted.toSorted(), `timeline of ${vendorId}`)
}

/** An arrival as a line of its verification's timeline. */
function toEntry(arrival: Arrival): string {
  const [report] = toReports(arrival, 'id')
  assert.ok(report !== undefined)
  return toLine(report.kind, report.event, new Date(report.occurredAt ?? report.receivedAt).toISOString())
}

/** Of starts and hints the time is when they came, which no vendor tells. */
function toLine(kind: string, event: string, at: string): string {
  return kind === 'init' || kind === 'hint' ? `${kind} ${event}` : `${kind} ${event} ${at}`
}

function unlessResent(lines: readonly string[]): string[] {
  return lines.filter((line, index) => !/^(?:init|hint) /.test(line) || lines.indexOf(line) === index)
}

/** Counts are the real counts, revisions have no gap, and each row carries the revision of its newest change. */
export async function assertBooksBalance(store: Pick<Store, 'db'>): Promise<void> {
  const rows = await store.db.selectFrom('verifications').select(['id', 'status', 'overdue', 'revision']).execute()
  const counts = await readCounts(store.db)
  for (const [name, count] of Object.entries(counts)) {
    const real = rows.filter((row) => (name === 'overdue' ? row.overdue === 1 : row.status === name)).length
    assert.equal(count, real, `count of ${name}`)
  }
  const changes = await store.db.selectFrom('changes').selectAll().orderBy('revision').execute()
  assert.deepEqual(
    changes.map(({ revision }) => revision),
    changes.map((_, index) => index + 1),
    'revisions go up by one',
  )
  const newest = new Map(changes.map((change) => [change.verification_id, change]))
  const present = new Set(rows.map(({ id }) => id))
  for (const { id, status, revision } of rows) {
    const change = newest.get(id)
    assert.equal(change?.revision, revision, `revision of ${id}`)
    assert.equal(change?.status, status, `status in the newest change of ${id}`)
  }
  const previous = new Map<string, string>()
  for (const { verification_id: id, status, previous_status, revision } of changes) {
    // A verification that went has its last status as both; one that comes back starts anew.
    if (previous_status !== null)
      assert.equal(previous_status, previous.get(id), `previous status in change ${revision}`)
    previous.set(id, status)
  }
  const reports = await store.db.selectFrom('reports').select(['id', 'verification_id']).execute()
  for (const { id, verification_id } of reports) {
    assert.ok(
      verification_id === null || present.has(verification_id),
      `report ${id} lives in a verification that is not`,
    )
  }
}
