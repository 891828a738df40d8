import assert from 'node:assert/strict'
import { it } from 'node:test'
import * as fc from 'fast-check'
import { SOURCES, type Spread, type Statistics, VENDORS } from '../../../server/protocol.ts'
import { readStatistics } from '../../../server/statistics/read-statistics.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createChangeWriter } from '../../../server/store/projection/changes.ts'
import { applyReports } from '../../../server/store/projection/projector.ts'
import { rebuild } from '../../../server/store/projection/rebuild.ts'
import { fromReportRow } from '../../../server/store/projection/reports.ts'
import { fillTallies } from '../../../server/store/tallies/recount.ts'
import { parseCounters } from '../../../server/store/tallies/tally-book.ts'
import { awaitsDecision } from '../../../server/verification/status.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createCorridor } from '../../oracle/corridor.ts'
import { histories, renamed, T0 } from '../../oracle/histories.ts'
import { expectStatistics, type Period } from '../../oracle/statistics.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** All lengths of buckets, with and without what histories say in them. */
const PERIODS = [
  { from: T0 - HOUR, to: T0 + HOUR },
  { from: T0 + 1, to: T0 + 2 },
  { from: T0 - DAY - 1, to: T0 + 7 * DAY + 30_000 },
  { from: T0 + 6 * DAY, to: T0 + 8 * DAY },
  { from: T0 - 60 * DAY, to: T0 + 50 * DAY + 1 },
]

const period: fc.Arbitrary<Period> = fc.record({
  environment: fc.constantFrom('sandbox' as const, 'sandbox' as const, 'live' as const),
  from: fc.constant(0),
  to: fc.constant(0),
  workflow: fc.option(fc.constantFrom('11111111-2222-4333-8444-555555555555', 'flow-1', 'none'), { nil: undefined }),
  vendor: fc.option(fc.constantFrom(...VENDORS), { nil: undefined }),
})

/** The value that a share of the values is not above, and how many there are, as a histogram may tell them. */
function assertSpread(spread: Spread | null, values: readonly number[], what: string): void {
  if (values.length === 0) return assert.equal(spread, null, what)
  const sorted = values.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN
  assert.equal(spread?.count, values.length, what)
  for (const [told = Number.NaN, real] of [
    [spread?.medianMs, at(0.5)],
    [spread?.p95Ms, at(0.95)],
  ] as const) {
    assert.ok(Math.abs(told - real) <= 0.05 * real + 1, `${what}: ${told} for ${real}`)
  }
}

function assertFigures(told: Statistics, expected: ReturnType<typeof expectStatistics>): void {
  const { timeToDecision, webhookLag, previous, ...rest } = told
  const { timeToDecision: times, webhookLag: lags, previous: before, ...exact } = expected
  assert.deepEqual({ ...rest }, { ...exact })
  assertSpread(timeToDecision, times, 'time to decision')
  const { timeToDecision: earlier, ...restBefore } = previous
  const { timeToDecision: earlierTimes, ...exactBefore } = before
  assert.deepEqual({ ...restBefore }, { ...exactBefore })
  assertSpread(earlier, earlierTimes, 'time to decision before')
  for (const source of SOURCES) {
    assertSpread(webhookLag.find((lag) => lag.source === source) ?? null, lags[source] ?? [], `lag of ${source}`)
  }
}

async function assertStatistics(store: Store, asked: readonly Period[]): Promise<void> {
  const rows = await store.db.selectFrom('verifications').selectAll().execute()
  const reports = await store.db.selectFrom('reports').selectAll().execute()
  for (const each of asked) {
    for (const { from, to } of PERIODS) {
      const query = { ...each, from, to }
      assertFigures(await readStatistics(store.db, query), expectStatistics(rows, reports, query))
    }
  }
}

const readTallies = (store: Store) =>
  store.db
    .selectFrom('tallies')
    .selectAll()
    .where('counters', '!=', '{}')
    .orderBy('environment')
    .orderBy('span')
    .orderBy('at')
    .orderBy('source')
    .orderBy('workflow')
    .execute()

const sortedCounters = (json: string) => Object.entries(parseCounters(json)).toSorted(([a], [b]) => (a < b ? -1 : 1))

/** Every third that is awaited, as a sweep for lost webhooks does. */
async function flagSome(store: Store): Promise<void> {
  await store.transactAlone(async (trx) => {
    const rows = await trx.selectFrom('verifications').selectAll().orderBy('id').execute()
    const writer = await createChangeWriter(trx, T0)
    const awaited = rows.filter((row) => awaitsDecision(row.status))
    for (const row of awaited.filter((_, index) => index % 3 === 0)) writer.write(row, { ...row, overdue: 1 })
    await writer.finish()
  })
}

/** As a replay of every delivery does. */
async function playAgain(store: Store): Promise<void> {
  const rows = await store.db.selectFrom('reports').selectAll().where('delivery_id', 'is not', null).execute()
  const replacing = [...new Set(rows.flatMap((row) => row.delivery_id ?? []))]
  await store.transactAlone((trx) => applyReports(trx, rows.map(fromReportRow), T0, { replacing }))
}

describeStores('statistics', (stores) => {
  it('are those of every row and report, after random histories, a replay and a rebuild', async () => {
    const store = await stores.open()
    const corridor = await createCorridor(store, T0 + 60_000)
    let plays = 0
    await fc.assert(
      fc.asyncProperty(fc.array(histories, { minLength: 3, maxLength: 3 }), period, async (drawn, asked) => {
        plays += 1
        for (const [index, each] of drawn.entries()) await corridor.play(renamed(each, `p${plays}.${index}.`))
        if (plays % 5 === 0) await flagSome(store)
        await assertStatistics(store, [asked])
      }),
      { numRuns: 20 },
    )
    const everything: Period[] = [
      { environment: 'sandbox', from: 0, to: 0 },
      { environment: 'live', from: 0, to: 0 },
    ]
    const sorted = async () =>
      (await readTallies(store)).map((row) => ({
        ...row,
        counters: sortedCounters(row.counters),
      }))
    const before = await sorted()
    await playAgain(store)
    await rebuild(store, () => T0)
    await assertStatistics(store, everything)
    assert.deepEqual(await sorted(), before, 'counted step by step as counted at once')
  })

  it('are counted in a store of before anything was', async () => {
    const store = await stores.open()
    const corridor = await createCorridor(store, T0 + 60_000)
    for (const [index, each] of fc.sample(histories, 5).entries()) await corridor.play(renamed(each, `${index}.`))
    const before = await store.db.selectFrom('kinds').selectAll().where('count', '>', 0).execute()
    await store.db.deleteFrom('kinds').execute()
    await store.db.deleteFrom('tallies').execute()
    await store.transactAlone(fillTallies)
    await assertStatistics(store, [{ environment: 'sandbox', from: 0, to: 0 }])
    const key = (row: object) => JSON.stringify(Object.values(row))
    const after = await store.db.selectFrom('kinds').selectAll().execute()
    assert.deepEqual(
      after.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
      before.toSorted((a, b) => (key(a) < key(b) ? -1 : 1)),
    )
  })
})
