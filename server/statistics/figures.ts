import { type MainFigures, NO_COUNTS } from '../protocol.ts'
import type { Tally } from '../store/tallies/read-tallies.ts'
import { VERDICTS } from '../store/tallies/tally.ts'
import { STATIONS, type Station } from '../verification/course.ts'
import { readSpread } from './histogram.ts'

/** Counters of a period, added up by name. */
export type Sums = ReadonlyMap<string, number>

export function addUp(tallies: readonly Pick<Tally, 'counters'>[]): Sums {
  const sums = new Map<string, number>()
  // A year has some hundred thousand of them: no lists in between.
  for (const { counters } of tallies) {
    for (const name in counters) sums.set(name, (sums.get(name) ?? 0) + (counters[name] ?? 0))
  }
  return sums
}

/** The counters whose names begin so, by the rest of them. */
export function pickSums(sums: Sums, prefix: string): [rest: string, count: number][] {
  return [...sums].flatMap(([name, count]) => (name.startsWith(prefix) ? [[name.slice(prefix.length), count]] : []))
}

/** A histogram that was counted under names with its bins' numbers. */
export function readBins(sums: Sums, prefix: string): Map<number, number> {
  return new Map(pickSums(sums, prefix).map(([bin, count]) => [Number(bin), count]))
}

export function toFigures(sums: Sums, { from, to }: { from: number; to: number }): MainFigures {
  const decided = readDecided(sums)
  const judged = decided.approved + decided.declined
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    counts: { ...NO_STATUS, ...Object.fromEntries(pickSums(sums, 'status:')) },
    overdue: sums.get('overdue') ?? 0,
    decided,
    approvalRate: judged === 0 ? null : decided.approved / judged,
    timeToDecision: readSpread(readBins(sums, 'took:')),
    funnel: readFunnel(sums),
  }
}

function readDecided(sums: Sums): MainFigures['decided'] {
  const [approved = 0, review = 0, declined = 0] = VERDICTS.map((verdict) => sums.get(`verdict:${verdict}`) ?? 0)
  return { approved, review, declined }
}

/** Whoever came to a station passed those before it. */
function readFunnel(sums: Sums): MainFigures['funnel'] {
  const from = (station: Station) =>
    STATIONS.slice(STATIONS.indexOf(station)).reduce((sum, each) => sum + (sums.get(`reached:${each}`) ?? 0), 0)
  return {
    created: from('created'),
    started: from('started'),
    submitted: from('submitted'),
    decided: from('decided'),
  }
}

const { overdue: _overdue, ...NO_STATUS } = NO_COUNTS
