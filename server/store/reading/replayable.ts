import type { ExpressionBuilder, SqlBool } from 'kysely'
import type { DeliveryOutcome, Source } from '../../protocol.ts'
import type { Database } from '../engine/schema.ts'
import type { Db } from '../engine/store.ts'

export interface TimeSelection {
  /** Epoch ms. */
  from: number
  to: number
  source?: Source | undefined
  outcome?: readonly DeliveryOutcome[] | undefined
}

/** Deliveries that are replayed together. */
export interface ReplayBatch {
  matched: number
  /** The ids of those that can be. */
  replayable: string[]
}

/** Deliveries in one batch: others wait for milliseconds while it is replayed. */
const BATCH = 100

/** And the bytes of their bodies, as all of them are in memory at once. */
const BATCH_BYTES = 16 * 1024 * 1024

/** Those that verified; what did not must never be processed, whatever is kept of it. */
const VERIFIED = ['accepted', 'unrecognised', 'dead'] as const satisfies readonly DeliveryOutcome[]

export function isReplayable(eb: ExpressionBuilder<Database, 'deliveries'>) {
  return eb.and([eb('outcome', 'in', VERIFIED), eb('body', 'is not', null)])
}

/** These deliveries, in the order they arrived; ids that nothing has are passed over. */
export async function* readByIds(db: Db, ids: readonly string[]): AsyncGenerator<ReplayBatch> {
  const distinct = [...new Set(ids)].toSorted()
  for (let start = 0; start < distinct.length; start += BATCH) {
    const rows = await selectCandidates(db)
      .where('id', 'in', distinct.slice(start, start + BATCH))
      .orderBy('id')
      .execute()
    yield* toBatches(rows)
  }
}

/** All received from `from` until before `to`, oldest first. */
export async function* readByTime(db: Db, { from, to, source, outcome }: TimeSelection): AsyncGenerator<ReplayBatch> {
  let after = { received_at: from, id: '' }
  for (;;) {
    const { received_at: at, id } = after
    let select = selectCandidates(db).where('received_at', '>=', at).where('received_at', '<', to)
    if (source !== undefined) select = select.where('source', '=', source)
    if (outcome !== undefined) select = select.where('outcome', 'in', outcome)
    const rows = await select
      .where((eb) => eb.or([eb('received_at', '>', at), eb('id', '>', id)]))
      .orderBy('received_at')
      .orderBy('id')
      .limit(BATCH)
      .execute()
    yield* toBatches(rows)
    const last = rows.at(-1)
    if (last === undefined || rows.length < BATCH) return
    after = last
  }
}

function selectCandidates(db: Db) {
  return db
    .selectFrom('deliveries')
    .select((eb) => ['id', 'received_at', 'bytes', isReplayable(eb).as('replayable')] as const)
}

interface Candidate {
  id: string
  bytes: number
  replayable: SqlBool
}

function* toBatches(rows: readonly Candidate[]): Generator<ReplayBatch> {
  let batch: ReplayBatch = { matched: 0, replayable: [] }
  let bytes = 0
  for (const row of rows) {
    if (bytes + row.bytes > BATCH_BYTES && batch.matched > 0) {
      yield batch
      batch = { matched: 0, replayable: [] }
      bytes = 0
    }
    batch.matched += 1
    if (!row.replayable) continue
    batch.replayable.push(row.id)
    bytes += row.bytes
  }
  if (batch.matched > 0) yield batch
}
