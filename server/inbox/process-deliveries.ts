import type { Selectable } from 'kysely'
import { wantConfirmation } from '../confirm/want-confirmation.ts'
import type { Source } from '../protocol.ts'
import { applyReports } from '../store/projector.ts'
import type { DeliveryTable } from '../store/schema.ts'
import type { Trx } from '../store/store.ts'
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
      reports.push({ ...draft, id: `${row.id}:${index}`, ...originOf(row) })
    }
    return each
  })
  await applyReports(trx, reports, now(), { replacing: rows.map((row) => row.id) })
  await wantConfirmation(trx, reports, now())
  // Most deliveries of a batch end alike: one statement for all of them.
  const alike = Map.groupBy(processed, ({ outcome, reason, event }) => JSON.stringify([outcome, reason, event]))
  for (const group of alike.values()) await settleDeliveries(trx, group)
  return processed
}

/** Notes what became of deliveries of the same end, and the verification that the first of each one's reports went to. */
async function settleDeliveries(trx: Trx, [first, ...others]: readonly Processed[]): Promise<void> {
  if (first === undefined) return
  const { outcome, reason, event } = first
  await trx
    .updateTable('deliveries')
    .set((eb) => ({
      state: null,
      outcome,
      reason,
      event,
      verification_id: eb
        .selectFrom('reports')
        .select('reports.verification_id')
        .whereRef('reports.delivery_id', '=', 'deliveries.id')
        .where('reports.verification_id', 'is not', null)
        // Their ids end in numbers of different lengths.
        .orderBy((order) => order.fn('length', ['reports.id']))
        .orderBy('reports.id')
        .limit(1),
    }))
    .where('id', 'in', [first.id, ...others.map(({ id }) => id)])
    .execute()
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
