import { type Environment, SOURCES, type Statistics, VENDORS, type Vendor } from '../protocol.ts'
import { readKinds } from '../store/engine/kinds.ts'
import type { Db } from '../store/engine/store.ts'
import { readTallies, readVerdicts, type Tally } from '../store/tallies/read-tallies.ts'
import { floorTo, SPANS, type Span } from '../store/tallies/tally.ts'
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

/**
 * Read from counters that are kept with the verifications, so that it takes as long whatever their number. Of one moment
 * where `db` is a transaction (`Store.readTogether`).
 */
export async function readStatistics(db: Db, query: StatisticsQuery): Promise<Statistics> {
  const { environment } = query
  const span = spanOf(query.to - query.from)
  const from = floorTo(span, query.from)
  const to = floorTo(span, query.to - 1) + span
  const before = from - (to - from)
  const tallies = await readTallies(db, { environment, from, to })
  const sums = addUp(tallies.filter((tally) => isWanted(query, tally)))
  const earlier = await readTallies(db, { environment, from: before, to: from })
  const kinds = (await readKinds(db)).filter((kind) => kind.environment === environment)
  const workflows = new Set(kinds.map(({ workflow }) => workflow).filter((workflow) => workflow !== ''))
  return {
    ...toFigures(sums, { from, to }),
    bucketMs: span,
    decisions: await readDecisions(db, { ...query, span, from, to }),
    ...readGivenUp(sums),
    webhookLag: readLags(tallies),
    previous: toFigures(addUp(earlier.filter((tally) => isWanted(query, tally))), { from: before, to: from }),
    workflows: [...workflows].toSorted(),
    vendors: VENDORS.filter((vendor) => kinds.some((kind) => kind.vendor === vendor)),
  }
}

function isWanted({ workflow, vendor }: StatisticsQuery, tally: Tally): boolean {
  return (workflow === undefined || workflow === tally.workflow) && (vendor === undefined || vendor === tally.source)
}

async function readDecisions(db: Db, query: StatisticsQuery & { span: Span }): Promise<Statistics['decisions']> {
  const byTime = new Map((await readVerdicts(db, query)).map(({ at, ...verdicts }) => [at, verdicts]))
  return Array.from({ length: (query.to - query.from) / query.span }, (_, index) => {
    const at = query.from + index * query.span
    return { at: new Date(at).toISOString(), ...(byTime.get(at) ?? { approved: 0, review: 0, declined: 0 }) }
  })
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
