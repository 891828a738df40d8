import type { Selectable } from 'kysely'
import type { Delivery, DeliveryOutcome, Source } from '../protocol.ts'
import type { DeliveryTable } from './schema.ts'
import type { Db } from './store.ts'

type Row = Selectable<DeliveryTable>

export function toDelivery(row: Omit<Row, 'body'>): Delivery {
  return {
    id: row.id,
    source: row.source,
    receivedAt: new Date(row.received_at).toISOString(),
    outcome: row.outcome,
    bytes: row.bytes,
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.event === null ? {} : { event: row.event }),
    ...(row.verification_id === null ? {} : { verificationId: row.verification_id }),
  }
}

/** All but the bytes, which lists never need. */
const LISTED = [
  'id',
  'source',
  'environment',
  'received_at',
  'outcome',
  'reason',
  'event',
  'bytes',
  'dedupe_key',
  'message_key',
  'secret_id',
  'peer',
  'headers',
  'duplicate_of',
  'verification_id',
  'state',
  'attempts',
  'next_attempt_at',
] as const satisfies readonly (keyof Row)[]

/** Newest first; `before` is the last id of the page before. */
export async function queryDeliveries(
  db: Db,
  query: { outcome?: readonly DeliveryOutcome[]; source?: Source; before?: string; limit: number },
): Promise<Omit<Row, 'body'>[]> {
  let select = db.selectFrom('deliveries').select(LISTED)
  if (query.outcome !== undefined) select = select.where('outcome', 'in', query.outcome)
  if (query.source !== undefined) select = select.where('source', '=', query.source)
  if (query.before !== undefined) select = select.where('id', '<', query.before)
  return select.orderBy('id', 'desc').limit(query.limit).execute()
}
