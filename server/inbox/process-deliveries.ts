import { type Selectable, sql } from 'kysely'
import { wantConfirmation } from '../confirm/want-confirmation.ts'
import type { Source } from '../protocol.ts'
import type { DeliveryTable } from '../store/engine/schema.ts'
import type { Trx } from '../store/engine/store.ts'
import { applyReports } from '../store/projection/projector.ts'
import { type Receiver, UnreadableError } from '../vendors/receiver.ts'
import type { Report } from '../verification/report.ts'

export type DeliveryRow = Selectable<DeliveryTable>

/** Each source's reader of verified bytes. */
export type Parsers = Readonly<Partial<Record<Source, Pick<Receiver, 'parse'>>>>

/** What processing made of a delivery. */
export interface Processed extends Pick<DeliveryRow, 'id' | 'source' | 'outcome' | 'reason' | 'event'> {
  receivedAt: number
  reports: ReturnType<Receiver['parse']>['reports']
}

/**
 * Reads verified deliveries, keeps their reports and folds what they touch, within `Store.transactAlone`. The same rows
 * again change nothing, unless this release reads them differently. Throws where one of them cannot be processed.
 */
export async function processDeliveries(
  trx: Trx,
  rows: readonly DeliveryRow[],
  { receivers, now }: { receivers: Parsers; now: () => number },
): Promise<Processed[]> {
  if (rows.length === 0) return []
  const reports: Report[] = []
  const processed = rows.map((row) => {
    const each = read(row, receivers[row.source])
    for (const [index, draft] of each.reports.entries()) {
      reports.push({ ...draft, id: reportId(row.id, index), ...originOf(row) })
    }
    return each
  })
  await applyReports(trx, reports, now(), { replacing: rows.map((row) => row.id) })
  await wantConfirmation(trx, reports, now())
  await settleDeliveries(trx, processed)
  return processed
}

/** Notes what became of deliveries, and the verification that the first of each one's reports went to. */
async function settleDeliveries(trx: Trx, processed: readonly Processed[]): Promise<void> {
  const ids = processed.map(({ id }) => id)
  const filed = await trx
    .selectFrom('reports')
    .select(['id', 'verification_id'])
    .where('delivery_id', 'in', ids)
    .where('verification_id', 'is not', null)
    .execute()
  const homes = new Map(filed.map(({ id, verification_id }) => [id, verification_id]))
  const ends = processed.map(({ id, outcome, reason, event, reports }) => {
    const home = reports.map((_, index) => homes.get(reportId(id, index))).find((each) => each !== undefined)
    return sql`(${id}, ${outcome}, ${reason}, ${event}, ${home ?? null})`
  })
  // Both engines name the columns of such a list so.
  const list = sql<{
    column1: string
    column2: DeliveryRow['outcome']
    column3: string | null
    column4: string | null
    column5: string | null
  }>`(values ${sql.join(ends)})`
  await trx
    .updateTable('deliveries')
    .from(list.as('ends'))
    .set((eb) => ({
      state: null,
      outcome: eb.ref('ends.column2'),
      reason: eb.ref('ends.column3'),
      event: eb.ref('ends.column4'),
      verification_id: eb.ref('ends.column5'),
    }))
    .whereRef('deliveries.id', '=', 'ends.column1')
    .execute()
}

/** A report is known by its place in its delivery: the same bytes, read again, give the same. */
function reportId(deliveryId: string, index: number): string {
  return `${deliveryId}:${index}`
}

function read(
  { id, source, received_at: receivedAt, body, reason }: DeliveryRow,
  receiver: Parsers[Source],
): Processed {
  const whose = { id, source, receivedAt }
  if (receiver === undefined || body === null)
    return { ...whose, outcome: 'dead', reason: 'no_body', event: null, reports: [] }
  try {
    const { event, recognised, reports } = receiver.parse(body)
    // What a failed attempt noted is over; what the door noted stays.
    const noted = reason === 'rid_conflict' ? reason : null
    return { ...whose, outcome: recognised ? 'accepted' : 'unrecognised', reason: noted, event, reports }
  } catch (error) {
    if (!(error instanceof UnreadableError)) throw error
    return { ...whose, outcome: 'dead', reason: error.code, event: null, reports: [] }
  }
}

function originOf(row: DeliveryRow): Pick<Report, 'source' | 'environment' | 'receivedAt' | 'deliveryId'> {
  return { source: row.source, environment: row.environment, receivedAt: row.received_at, deliveryId: row.id }
}
