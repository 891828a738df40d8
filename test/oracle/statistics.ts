import type { Selectable } from 'kysely'
import type { MainFigures, Statistics } from '../../server/protocol.ts'
import type { ReportTable, VerificationTable } from '../../server/store/engine/schema.ts'

// The figures of a period, from every row and report there is: their definitions written down a second time. Slow and
// plain on purpose.

type Row = Selectable<VerificationTable>
type Report = Selectable<ReportTable>

export interface Period {
  environment: Row['environment']
  from: number
  to: number
  workflow?: string | undefined
  vendor?: Row['vendor'] | undefined
}

/** As `Statistics`, with every single duration (ms) where that tells a spread. */
type Exact<T> = {
  [Key in keyof T]: Key extends 'timeToDecision' ? number[] : T[Key]
}
export type ExactStatistics = Omit<Exact<Statistics>, 'previous' | 'webhookLag'> & {
  previous: Exact<MainFigures>
  webhookLag: Record<string, number[]>
}

const HOUR = 3_600_000
const DAY = 24 * HOUR
const ALL = 'created started processing cancelled submitted finished review approved declined expired abandoned error'
const GONE = ['created', 'started', 'processing', 'cancelled', 'expired', 'abandoned']
const iso = (at: number) => new Date(at).toISOString()

export function expectStatistics(rows: readonly Row[], reports: readonly Report[], asked: Period): ExactStatistics {
  const { bucketMs, from, to } = expectBuckets(asked)
  const here = rows.filter((row) => row.environment === asked.environment)
  const wanted = here.filter(
    (row) =>
      (asked.workflow === undefined || row.workflow === asked.workflow) &&
      (asked.vendor === undefined || row.vendor === asked.vendor),
  )
  const created = wanted.filter((row) => row.created_at >= from && row.created_at < to)
  const gone = created.filter((row) => GONE.includes(row.status))
  const steps = Map.groupBy(gone, (row) => row.last_step ?? '')
  const decisions: Statistics['decisions'] = []
  for (let at = from; at < to; at += bucketMs) {
    decisions.push({ at: iso(at), ...expectDecided(wanted, at, at + bucketMs) })
  }
  return {
    ...expectFigures(wanted, from, to),
    bucketMs,
    decisions,
    gaveUp: {
      beforeStart: gone.filter((row) => row.status === 'created').length,
      inFlow: gone.filter((row) => row.status === 'started' || row.status === 'processing').length,
      cancelled: gone.filter((row) => row.status === 'cancelled').length,
      abandoned: gone.filter((row) => row.status === 'abandoned').length,
      expired: gone.filter((row) => row.status === 'expired').length,
    },
    gaveUpAt: [...steps]
      .map(([step, members]) => ({ step, count: members.length }))
      .toSorted((a, b) => b.count - a.count || (a.step < b.step ? -1 : 1)),
    webhookLag: expectLags(reports, asked.environment, from, to),
    previous: expectFigures(wanted, from - (to - from), from),
    workflows: [...new Set(here.flatMap((row) => row.workflow ?? []))].toSorted(),
    vendors: (['seon', 'seon-idv', 'incode'] as const).filter((vendor) => here.some((row) => row.vendor === vendor)),
  }
}

function expectBuckets({ from, to }: Period): { bucketMs: number; from: number; to: number } {
  if (to - from > 100 * DAY) {
    // Back and on to Mondays, day by day.
    const isMonday = (at: number) => at % DAY === 0 && new Date(at).getUTCDay() === 1
    let [first, last] = [Math.floor(from / DAY) * DAY, Math.ceil(to / DAY) * DAY]
    while (!isMonday(first)) first -= DAY
    while (!isMonday(last)) last += DAY
    return { bucketMs: 7 * DAY, from: first, to: last }
  }
  const bucketMs = to - from > 8 * DAY ? DAY : HOUR
  return { bucketMs, from: Math.floor(from / bucketMs) * bucketMs, to: Math.ceil(to / bucketMs) * bucketMs }
}

function expectFigures(rows: readonly Row[], from: number, to: number): Exact<MainFigures> {
  const created = rows.filter((row) => row.created_at >= from && row.created_at < to)
  const decided = expectDecided(rows, from, to)
  const final = rows.filter(
    (row) =>
      row.decided_at !== null &&
      row.decided_at >= from &&
      row.decided_at < to &&
      (row.status === 'approved' || row.status === 'declined'),
  )
  const reached = (...stations: string[]) => created.filter((row) => stations.includes(row.reached)).length
  const counts = Object.fromEntries(
    ALL.split(' ').map((status) => [status, created.filter((row) => row.status === status).length]),
  )
  return {
    from: iso(from),
    to: iso(to),
    // @ts-expect-error: as many keys as there are statuses, which the compiler cannot count.
    counts,
    overdue: created.filter((row) => row.overdue === 1).length,
    decided,
    approvalRate: final.length === 0 ? null : decided.approved / final.length,
    timeToDecision: final.map((row) => Math.max(0, (row.decided_at ?? 0) - row.created_at)),
    funnel: {
      created: created.length,
      started: reached('started', 'submitted', 'decided'),
      submitted: reached('submitted', 'decided'),
      decided: created.filter((row) => ['approved', 'review', 'declined'].includes(row.status)).length,
    },
  }
}

function expectDecided(rows: readonly Row[], from: number, to: number): MainFigures['decided'] {
  const of = (status: string) =>
    rows.filter((row) => row.status === status && row.judged_at !== null && row.judged_at >= from && row.judged_at < to)
      .length
  return { approved: of('approved'), review: of('review'), declined: of('declined') }
}

function expectLags(reports: readonly Report[], environment: string, from: number, to: number) {
  const lags: Record<string, number[]> = {}
  for (const delivery of new Set(reports.flatMap((report) => report.delivery_id ?? []))) {
    const [first] = reports
      .filter((report) => report.delivery_id === delivery && report.occurred_at !== null)
      .toSorted((a, b) => (a.occurred_at ?? 0) - (b.occurred_at ?? 0))
    if (first === undefined || first.environment !== environment) continue
    if (first.received_at < from || first.received_at >= to) continue
    const lag = Math.max(0, first.received_at - (first.occurred_at ?? 0))
    lags[first.source] = [...(lags[first.source] ?? []), lag]
  }
  return lags
}
