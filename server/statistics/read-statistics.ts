import { type Environment, SOURCES, type Statistics, VENDORS, type Vendor } from '../protocol.ts'
import { readKinds } from '../store/kinds.ts'
import type { Db } from '../store/store.ts'
import { readTallies, type Tally } from '../store/tallies/read-tallies.ts'
import { floorTo, SPANS, type Span } from '../store/tallies/tally.ts'
import { addUp, pickSums, readBins, readDecided, type Sums, toFigures } from './figures.ts'
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

const [HOUR_MS, DAY_MS] = SPANS

/** A week and a day of hours: as many points as a chart shows apart. */
const LONGEST_BY_HOUR_MS = 8 * DAY_MS

/** Read from counters that are kept with the verifications, so that it takes as long whatever their number. */
export async function readStatistics(db: Db, query: StatisticsQuery): Promise<Statistics> {
  const { environment } = query
  const span = query.to - query.from > LONGEST_BY_HOUR_MS ? DAY_MS : HOUR_MS
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
  const byTime = Map.groupBy(tallies, ({ at }) => at)
  return Array.from({ length: (to - from) / span }, (_, index) => {
    const at = from + index * span
    return { at: new Date(at).toISOString(), ...readDecided(addUp(byTime.get(at) ?? [])) }
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
  return SOURCES.flatMap((source) => {
    const spread = readSpread(readBins(addUp(tallies.filter((tally) => tally.source === source)), 'lag:'))
    return spread === null ? [] : [{ source, ...spread }]
  })
}
