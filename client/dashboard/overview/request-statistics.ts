import * as z from 'zod/mini'
import type { MainFigures, Spread, Statistics, Vendor } from '../../../server/protocol.ts'
import { SOURCES, STATUSES, VENDORS } from '../../../server/protocol.ts'
import type { ApiClient } from '../api/api-client.ts'
import { formatSearch } from '../api/api-client.ts'

export interface StatisticsQuery {
  /** ISO 8601 */
  from: string
  to: string
  workflow: string | null
  vendor: Vendor | null
}

const text = z.string()
const count = z.number()
const verdicts = { approved: count, review: count, declined: count }
const spreadFields = { medianMs: count, p95Ms: count, count }
const spread: z.ZodMiniType<Spread> = z.object(spreadFields)

const mainFields = {
  from: text,
  to: text,
  counts: z.record(z.enum(STATUSES), count),
  overdue: count,
  decided: z.object(verdicts),
  approvalRate: z.nullable(count),
  timeToDecision: z.nullable(spread),
  funnel: z.object({ created: count, started: count, submitted: count, decided: count }),
}
const mainFigures: z.ZodMiniType<MainFigures> = z.object(mainFields)

const statistics: z.ZodMiniType<Statistics> = z.object({
  ...mainFields,
  bucketMs: count,
  decisions: z.array(z.object({ at: text, ...verdicts })),
  gaveUp: z.object({ beforeStart: count, inFlow: count, cancelled: count, abandoned: count, expired: count }),
  gaveUpAt: z.array(z.object({ step: text, count })),
  webhookLag: z.array(z.object({ source: z.enum(SOURCES), ...spreadFields })),
  previous: mainFigures,
  workflows: z.array(text),
  vendors: z.array(z.enum(VENDORS)),
})

/** `GET /api/statistics`. Throws an `ApiError`. */
export function requestStatistics(api: ApiClient, query: StatisticsQuery, signal?: AbortSignal): Promise<Statistics> {
  return api.request(statistics, `/api/statistics?${formatSearch({ ...query })}`, signal ? { signal } : {})
}
