import assert from 'node:assert/strict'
import { it } from 'node:test'
import * as fc from 'fast-check'
import type { Insertable } from 'kysely'
import { SORTS, STATUSES, VENDORS } from '../../../../server/protocol.ts'
import type { VerificationTable } from '../../../../server/store/engine/schema.ts'
import { readSortTime, searchVerifications, type VerificationQuery } from '../../../../server/store/reading/search.ts'
import { recount } from '../../../../server/store/tallies/recount.ts'
import { describeStores } from '../../../helpers/stores.ts'

// Few values of everything, so that times are equal, filters overlap and some find nothing.

const T0 = Date.parse('2026-11-01T10:00:00Z')
const ROWS = 400
const PAGE = 20

const environments = ['sandbox', 'live'] as const
const workflows = ['kyc', 'kyb', null] as const
const times = fc.integer({ min: 0, max: 40 }).map((hour) => T0 + hour * 3_600_000)

const row = fc.record({
  vendor: fc.constantFrom(...VENDORS),
  environment: fc.constantFrom(...environments),
  user_id: fc.option(fc.constantFrom('ada', 'bo', 'ver_3'), { freq: 8 }),
  workflow: fc.constantFrom(...workflows),
  status: fc.constantFrom(...STATUSES),
  decided_at: fc.option(times),
  created_at: times,
  updated_at: times,
  overdue: fc.constantFrom(0, 0, 0, 1),
  email_hash: fc.option(fc.constantFrom('hash-1', 'hash-2'), { freq: 4 }),
})

type Row = Insertable<VerificationTable>

const filled = fc.array(row, { minLength: ROWS, maxLength: ROWS }).map((rows) =>
  rows.map(
    (each, index): Row => ({
      ...each,
      id: `ver_${index}`,
      vendor_id: `run-${index % 90}`,
      revision: index,
      reached: 'created',
      detail: '{}',
    }),
  ),
)

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 1 })
const rarely = <Value>(arbitrary: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary })

const query = fc.record({
  status: maybe(fc.subarray([...STATUSES], { minLength: 1, maxLength: 4 })),
  vendor: rarely(fc.constantFrom(...VENDORS)),
  workflow: rarely(fc.constantFrom('kyc', 'kyb', 'none')),
  environment: maybe(fc.constantFrom(...environments)),
  overdue: rarely(fc.boolean()),
  userId: rarely(fc.constantFrom('ada', 'nobody')),
  q: rarely(fc.constantFrom('ada', 'bo', 'run-3', 'ver_3', 'nothing')),
  qEmailHash: rarely(fc.constant('hash-1')),
  emailHash: rarely(fc.constantFrom('hash-1', 'hash-2')),
  ids: rarely(
    fc.uniqueArray(
      fc.integer({ min: 0, max: 500 }).map((index) => `ver_${index}`),
      { minLength: 1 },
    ),
  ),
  from: maybe(times),
  to: maybe(times),
  sort: fc.constantFrom(...SORTS),
  order: fc.constantFrom('asc', 'desc'),
})

type Query = Omit<VerificationQuery, 'limit' | 'after'>

const COLUMN = { createdAt: 'created_at', updatedAt: 'updated_at', decidedAt: 'decided_at' } as const

/** Every row looked at, one condition after the other. */
function expectIds(rows: readonly Row[], asked: Query): string[] {
  const timeOf = (each: Row) => each[COLUMN[asked.sort]] ?? null
  const isFound = (each: Row): boolean => {
    const at = timeOf(each)
    if (at === null) return false
    if (asked.from !== undefined && at < asked.from) return false
    if (asked.to !== undefined && at >= asked.to) return false
    if (asked.status !== undefined && !asked.status.includes(each.status)) return false
    if (asked.vendor !== undefined && each.vendor !== asked.vendor) return false
    if (asked.workflow !== undefined && each.workflow !== asked.workflow) return false
    if (asked.environment !== undefined && each.environment !== asked.environment) return false
    if (asked.overdue !== undefined && each.overdue !== (asked.overdue ? 1 : 0)) return false
    if (asked.userId !== undefined && each.user_id !== asked.userId) return false
    if (asked.emailHash !== undefined && each.email_hash !== asked.emailHash) return false
    if (asked.ids !== undefined && !asked.ids.includes(each.id)) return false
    if (asked.q === undefined) return true
    const isNamed = [each.id, each.vendor_id, each.user_id].includes(asked.q)
    return isNamed || (asked.qEmailHash !== undefined && each.email_hash === asked.qEmailHash)
  }
  const ordered = rows.filter(isFound).toSorted((a, b) => {
    const byTime = (timeOf(a) ?? 0) - (timeOf(b) ?? 0)
    return byTime === 0 ? (a.id < b.id ? -1 : 1) : byTime
  })
  return (asked.order === 'asc' ? ordered : ordered.toReversed()).map(({ id }) => id)
}

describeStores('search', (stores) => {
  it('lists by every filter and order, page by page, what a look at every row finds', async () => {
    const store = await stores.open()
    const [rows = []] = fc.sample(filled, 1)
    await store.transactAlone(async (trx) => {
      await trx.insertInto('verifications').values(rows).execute()
      await recount(trx)
    })
    await fc.assert(
      fc.asyncProperty(query, async (asked) => {
        const found: string[] = []
        for (let after: VerificationQuery['after']; ; ) {
          const page = await searchVerifications(store, { ...asked, after, limit: PAGE })
          found.push(...page.map(({ id }) => id))
          const last = page.at(-1)
          if (last === undefined || page.length < PAGE) break
          after = { at: readSortTime(last, asked.sort), id: last.id }
        }
        assert.deepEqual(found, expectIds(rows, asked))
      }),
      { numRuns: 200 },
    )
  })
})
