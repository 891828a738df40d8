import type { Selectable } from 'kysely'
import type { Report } from '../../verification/report.ts'
import type { ReportTable } from '../engine/schema.ts'
import { type Count, type CountedWebhook, countWebhook } from './tally.ts'

type Timed = Pick<Selectable<ReportTable>, 'delivery_id' | 'environment' | 'source' | 'received_at' | 'occurred_at'>

/** The delay of each webhook among these reports that tells its time: all of one webhook must be among them, or none. */
export function countLags(reports: readonly Timed[]): Count[] {
  const webhooks = new Map<string, CountedWebhook>()
  for (const { delivery_id: id, environment, source, received_at: receivedAt, occurred_at: occurredAt } of reports) {
    if (id === null || occurredAt === null || source === 'page' || source === 'server') continue
    // The entries of a batch happened at one time; should they ever not, the first of them.
    if (occurredAt >= (webhooks.get(id)?.occurredAt ?? Number.POSITIVE_INFINITY)) continue
    webhooks.set(id, { environment, source, receivedAt, occurredAt })
  }
  return [...webhooks.values()].map(countWebhook)
}

export function toTimed({ deliveryId, environment, source, receivedAt, occurredAt }: Report): Timed {
  return { delivery_id: deliveryId, environment, source, received_at: receivedAt, occurred_at: occurredAt }
}
