import { createKindBook } from '../engine/kinds.ts'
import type { Trx } from '../engine/store.ts'
import { countLags } from './lags.ts'
import { countVerification } from './tally.ts'
import { createTallyBook, type TallyBook } from './tally-book.ts'

/** Rows in memory at once. */
const PAGE = 5000

/** Counts anew, from what is there, everything that is otherwise kept step by step; within `Store.transactAlone`. */
export async function recount(trx: Trx): Promise<void> {
  await trx.deleteFrom('kinds').execute()
  await trx.deleteFrom('tallies').execute()
  const tallies = createTallyBook()
  await countVerifications(trx, tallies)
  await countWebhooks(trx, tallies)
  await tallies.write(trx, { anew: true })
}

/** The same in a store of before anything was counted. */
export async function fillTallies(trx: Trx): Promise<void> {
  const counted = await trx.selectFrom('kinds').select('count').limit(1).executeTakeFirst()
  const any = await trx.selectFrom('verifications').select('id').limit(1).executeTakeFirst()
  if (counted === undefined && any !== undefined) await recount(trx)
}

async function countVerifications(trx: Trx, tallies: TallyBook): Promise<void> {
  const kinds = createKindBook()
  for (let after = ''; ; ) {
    const rows = await trx
      .selectFrom('verifications')
      .select(['id', 'environment', 'vendor', 'workflow', 'status', 'overdue'])
      .select(['created_at', 'decided_at', 'judged_at', 'reached', 'last_step'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) {
      kinds.add(row, 1)
      tallies.add(countVerification(row), 1)
    }
    const last = rows.at(-1)
    if (last === undefined) break
    after = last.id
  }
  await kinds.write(trx)
}

async function countWebhooks(trx: Trx, tallies: TallyBook): Promise<void> {
  for (let after = ''; ; ) {
    const ids = trx
      .selectFrom('reports')
      .select('delivery_id')
      .distinct()
      .where('delivery_id', '>', after)
      .orderBy('delivery_id')
      .limit(PAGE)
    // By delivery, so that none is cut in two.
    const rows = await trx
      .selectFrom('reports')
      .select(['delivery_id', 'environment', 'source', 'received_at', 'occurred_at'])
      .where('delivery_id', 'in', ids)
      .orderBy('delivery_id')
      .execute()
    const last = rows.at(-1)
    if (last === undefined) break
    tallies.add(countLags(rows), 1)
    after = last.delivery_id ?? ''
  }
}
