import assert from 'node:assert/strict'
import type { Store } from '../../server/store/engine/store.ts'
import { readVerifications } from '../../server/store/reading/verifications.ts'
import { type Arrival, type Environment, encode, type Fact, type VendorFact } from '../oracle/facts.ts'
import { expectStates } from '../oracle/oracle.ts'
import { toReports, withoutRepeats } from '../oracle/reports.ts'
import { assertBooksBalance, assertStored, idIn } from '../oracle/stored.ts'

/** One history, every word of it acknowledged; `prefix` begins all of its names. */
export interface Played {
  prefix: string
  facts: readonly Fact[]
}

export interface Findings {
  /** Facts that were acknowledged, by different bytes. */
  acknowledged: number
  verifications: number
  redeliveries: number
}

interface Kept {
  id: string
  receivedAt: number
}

/** Holds the senders' ledger against the store. Throws at the first thing that is lost, doubled or wrong. */
export async function audit(store: Store, played: readonly Played[], environment: Environment): Promise<Findings> {
  const kept = await readKept(store, environment)
  const reportCounts = await countReports(store)
  const startedAt = await readStarts(store)
  const expected = new Set<string>()
  let verifications = 0

  for (const { prefix, facts } of played) {
    const arrivals = withoutRepeats(facts.map((fact) => ({ fact, receivedAt: 0 }))).map(({ fact }): Arrival => {
      if (fact.kind === 'hint') return { fact, receivedAt: 0 }
      if (fact.kind === 'init') {
        const at = startedAt.get(fact.run)
        assert.ok(at !== undefined, `LOST: the start of ${fact.run}`)
        return { fact: { ...fact, at }, receivedAt: at }
      }
      const key = keyOf(fact, environment)
      const row = kept.get(key)
      assert.ok(row !== undefined, `LOST: ${key}`)
      expected.add(key)
      assert.equal(reportCounts.get(row.id) ?? 0, toReports({ fact, receivedAt: 0 }, 'id').length, `reports of ${key}`)
      return { fact, receivedAt: row.receivedAt }
    })
    const states = expectStates(arrivals, (vendor, id) => idIn(environment, vendor, id), environment)
    await assertStored(store, prefix, states, { resent: true, environment })
    verifications += states.length
  }
  for (const key of kept.keys()) assert.ok(expected.has(key), `nobody sent ${key}`)
  await assertBooksBalance(store)
  const { redeliveries } = await store.db
    .selectFrom('deliveries')
    .select((eb) => eb.fn.countAll<number>().as('redeliveries'))
    .where('outcome', '=', 'duplicate')
    .executeTakeFirstOrThrow()
  return { acknowledged: expected.size, verifications, redeliveries }
}

/** Every delivery that took effect, by what was said; twice the same would be one too many. */
async function readKept(store: Store, environment: Environment): Promise<Map<string, Kept>> {
  const rows = await store.db.selectFrom('deliveries').selectAll().where('outcome', '!=', 'duplicate').execute()
  const kept = new Map<string, Kept>()
  for (const row of rows) {
    assert.ok(
      row.outcome === 'accepted' || row.outcome === 'unrecognised',
      `a delivery is ${row.outcome}: ${row.reason}`,
    )
    assert.equal(row.state, null, 'a delivery is still waiting')
    const key = `${row.source} ${row.environment} ${Buffer.from(row.body ?? []).toString()}`
    assert.ok(!kept.has(key), `DOUBLE: ${key}`)
    kept.set(key, { id: row.id, receivedAt: row.received_at })
    assert.ok(row.environment === environment || row.source === 'seon-fraud', `a delivery of ${row.environment}`)
  }
  return kept
}

function keyOf(fact: VendorFact, environment: Environment): string {
  const { source, body } = encode(fact)
  return `${source} ${'environment' in fact ? fact.environment : environment} ${body.toString()}`
}

async function countReports(store: Store): Promise<Map<string, number>> {
  const rows = await store.db.selectFrom('reports').select('delivery_id').execute()
  const counts = new Map<string, number>()
  for (const { delivery_id: id } of rows) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1)
  return counts
}

/** When the server itself says that it started each run: nobody else knows to the millisecond. */
async function readStarts(store: Store): Promise<Map<string, number>> {
  const rows = await store.db
    .selectFrom('reports')
    .select(['subject', 'received_at'])
    .where('kind', '=', 'init')
    .execute()
  const starts = new Map<string, number>()
  for (const { subject, received_at: at } of rows) {
    const run = subject?.slice('run:'.length) ?? ''
    starts.set(run, Math.min(at, starts.get(run) ?? Infinity))
  }
  return starts
}

/** The store's own rows, as a screen shows them. */
export async function readRows(store: Store): Promise<Map<string, unknown>> {
  const ids = await store.db.selectFrom('verifications').select('id').execute()
  const rows = new Map<string, unknown>()
  for (let from = 0; from < ids.length; from += 500) {
    const some = ids.slice(from, from + 500).map(({ id }) => id)
    for (const row of await readVerifications(store.db, some)) rows.set(row.id, row)
  }
  return rows
}
