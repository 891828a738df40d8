import type { Selectable } from 'kysely'
import { wantConfirmation } from '../confirm/want-confirmation.ts'
import type { Source } from '../protocol.ts'
import { applyReports } from '../store/projector.ts'
import type { DeliveryTable } from '../store/schema.ts'
import type { Trx } from '../store/store.ts'
import { type Receiver, UnreadableError } from '../vendors/receiver.ts'
import { subjectKey } from '../verification/identity.ts'
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
  const homes = await applyReports(trx, reports, now(), { replacing: rows.map((row) => row.id) })
  await wantConfirmation(trx, reports, now())
  for (const { id, outcome, reason, event, reports: drafts } of processed) {
    const home = drafts.map((draft) => draft.subject && homes.get(subjectKey(draft.subject))).find(Boolean)
    await trx
      .updateTable('deliveries')
      .set({ state: null, outcome, reason, event, verification_id: home ?? null })
      .where('id', '=', id)
      .execute()
  }
  return processed
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
