import type { Selectable } from 'kysely'
import type { Delivery, DeliveryOutcome, Source } from '../../protocol.ts'
import type { DeliveryTable } from '../engine/schema.ts'
import type { Db } from '../engine/store.ts'

type Row = Selectable<DeliveryTable>

export function toDelivery(row: ListedRow): Delivery {
  return {
    id: row.id,
    source: row.source,
    receivedAt: new Date(row.received_at).toISOString(),
    outcome: row.outcome,
    bytes: row.bytes,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.event === null ? {} : { event: row.event }),
    ...(row.verification_id === null ? {} : { verificationId: row.verification_id }),
    ...(row.duplicate_of === null ? {} : { duplicateOf: row.duplicate_of }),
  }
}

/** What a list shows: never the bytes, nor what only the inbox needs. */
const LISTED = [
  'id',
  'source',
  'received_at',
  'outcome',
  'reason',
  'event',
  'bytes',
  'duplicate_of',
  'verification_id',
] as const satisfies readonly (keyof Row)[]

type ListedRow = Pick<Row, (typeof LISTED)[number]>

/** Newest first; `before` is the last id of the page before. */
export async function queryDeliveries(
  db: Db,
  query: { outcome?: readonly DeliveryOutcome[]; source?: Source; before?: string; limit: number },
): Promise<ListedRow[]> {
  let select = db.selectFrom('deliveries').select(LISTED)
  if (query.outcome !== undefined) select = select.where('outcome', 'in', query.outcome)
  if (query.source !== undefined) select = select.where('source', '=', query.source)
  if (query.before !== undefined) select = select.where('id', '<', query.before)
  return select.orderBy('id', 'desc').limit(query.limit).execute()
}

/** One with its bytes; null where there is none of that id. */
export async function readDelivery(db: Db, id: string): Promise<(ListedRow & Pick<Row, 'body'>) | null> {
  const row = await db
    .selectFrom('deliveries')
    .select([...LISTED, 'body'])
    .where('id', '=', id)
    .executeTakeFirst()
  return row ?? null
}
