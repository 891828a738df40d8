import { type Environment, SOURCES, type Statistics, VENDORS, type Vendor } from '../protocol.ts'
import { readKinds } from '../store/kinds.ts'
import type { Db } from '../store/store.ts'
import { readTallies, type Tally } from '../store/tallies/read-tallies.ts'
import { floorTo, SPANS, type Span, VERDICTS } from '../store/tallies/tally.ts'
import { addUp, pickSums, readBins, type Sums, toFigures } from './figures.ts'
import { readSpread } from './histogram.ts'

export interface StatisticsQuery {
  environment: Environment
  /** Epoch ms; `from` before `to`. */
  from: number
  to: number
  /** A vendor's id. */
  workflow?: string | undefined
  vendor?: Vendor | undefined
}

const [HOUR_MS, DAY_MS, WEEK_MS] = SPANS

/** The longest periods that are told by the hour and by the day: as many points as a chart shows apart. */
const LONGEST_BY_HOUR_MS = 8 * DAY_MS
const LONGEST_BY_DAY_MS = 100 * DAY_MS

function spanOf(ms: number): Span {
  if (ms <= LONGEST_BY_HOUR_MS) return HOUR_MS
  return ms <= LONGEST_BY_DAY_MS ? DAY_MS : WEEK_MS
}

/** Read from counters that are kept with the verifications, so that it takes as long whatever their number. */
export async function readStatistics(db: Db, query: StatisticsQuery): Promise<Statistics> {
  const { environment } = query
  const span = spanOf(query.to - query.from)
  const from = floorTo(span, query.from)
  const to = floorTo(span, query.to - 1) + span
  const before = from - (to - from)
  const all = await readTallies(db, { environment, span, from: before, to })
  const wanted = all.filter((tally) => isWanted(query, tally))
  const current = wanted.filter(({ at }) => at >= from)
  const sums = addUp(current)
  const kinds = (await readKinds(db)).filter((kind) => kind.environment === environment)
  const workflows = new Set(kinds.map(({ workflow }) => workflow).filter((workflow) => workflow !== ''))
  return {
    ...toFigures(sums, { from, to }),
    bucketMs: span,
    decisions: toDecisions(current, { span, from, to }),
    ...readGivenUp(sums),
    webhookLag: readLags(all.filter(({ at }) => at >= from)),
    previous: toFigures(addUp(wanted.filter(({ at }) => at < from)), { from: before, to: from }),
    workflows: [...workflows].toSorted(),
    vendors: VENDORS.filter((vendor) => kinds.some((kind) => kind.vendor === vendor)),
  }
}

function isWanted({ workflow, vendor }: StatisticsQuery, tally: Tally): boolean {
  return (workflow === undefined || workflow === tally.workflow) && (vendor === undefined || vendor === tally.source)
}

function toDecisions(
  tallies: readonly Tally[],
  { span, from, to }: { span: Span; from: number; to: number },
): Statistics['decisions'] {
  const buckets = Array.from({ length: (to - from) / span }, (_, index) => {
    const at = new Date(from + index * span).toISOString()
    return { at, approved: 0, review: 0, declined: 0 }
  })
  for (const { at, counters } of tallies) {
    const bucket = buckets[(at - from) / span]
    if (bucket === undefined) continue
    for (const verdict of VERDICTS) bucket[verdict] += counters[`verdict:${verdict}`] ?? 0
  }
  return buckets
}

function readGivenUp(sums: Sums): Pick<Statistics, 'gaveUp' | 'gaveUpAt'> {
  const count = (status: 'created' | 'started' | 'processing' | 'cancelled' | 'abandoned' | 'expired') =>
    sums.get(`status:${status}`) ?? 0
  return {
    gaveUp: {
      beforeStart: count('created'),
      inFlow: count('started') + count('processing'),
      cancelled: count('cancelled'),
      abandoned: count('abandoned'),
      expired: count('expired'),
    },
    gaveUpAt: pickSums(sums, 'left:')
      .map(([step, times]) => ({ step, count: times }))
      .toSorted((a, b) => b.count - a.count || (a.step < b.step ? -1 : 1)),
  }
}

function readLags(tallies: readonly Tally[]): Statistics['webhookLag'] {
  const ofNoWorkflow = tallies.filter(({ workflow }) => workflow === '')
  return SOURCES.flatMap((source) => {
    const spread = readSpread(readBins(addUp(ofNoWorkflow.filter((tally) => tally.source === source)), 'lag:'))
    return spread === null ? [] : [{ source, ...spread }]
  })
}
