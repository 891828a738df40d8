import type { Environment, Source, Vendor } from '../../protocol.ts'
import type { Db } from '../engine/store.ts'
import { floorTo, SPANS, type Span, type Verdict } from './tally.ts'
import { type Counters, parseCounters } from './tally-book.ts'

interface Period {
  environment: Environment
  /** Epoch ms, at whole hours. */
  from: number
  to: number
}

/** What was counted in some stretch of time, of one kind. */
export interface Tally {
  source: Source
  workflow: string
  counters: Counters
}

/** Everything that was counted in a period, read from as few stretches as make it up. */
export async function readTallies(db: Db, { environment, from, to }: Period): Promise<Tally[]> {
  const [first, ...others] = coverPeriod(from, to).map((part) =>
    db
      .selectFrom('tallies')
      .select(['source', 'workflow', 'counters'])
      .where('environment', '=', environment)
      .where('span', '=', part.span)
      .where('at', '>=', part.from)
      .where('at', '<', part.to),
  )
  if (first === undefined) return []
  const rows = await others.reduce((all, each) => all.unionAll(each), first).execute()
  return rows.map((row) => ({ ...row, counters: parseCounters(row.counters) }))
}

/** Hours up to the first midnight, days up to the first Monday, weeks, days and hours again. */
function coverPeriod(from: number, to: number): { span: Span; from: number; to: number }[] {
  const parts: { span: Span; from: number; to: number }[] = []
  for (let at = from; at < to; ) {
    const span = SPANS.findLast((each) => floorTo(each, at) === at && at + each <= to) ?? SPANS[0]
    const last = parts.at(-1)
    if (last?.span === span) last.to += span
    else parts.push({ span, from: at, to: at + span })
    at += span
  }
  return parts
}

/** The verdicts of each stretch of a period that had some. */
export async function readVerdicts(
  db: Db,
  query: Period & { span: Span; workflow?: string | undefined; vendor?: Vendor | undefined },
): Promise<({ at: number } & Record<Verdict, number>)[]> {
  let select = db
    .selectFrom('tallies')
    .select(({ fn }) => [
      'at',
      fn.sum<number | string>('approved').as('approved'),
      fn.sum<number | string>('review').as('review'),
      fn.sum<number | string>('declined').as('declined'),
    ])
    .where('environment', '=', query.environment)
    .where('span', '=', query.span)
    .where('at', '>=', query.from)
    .where('at', '<', query.to)
  if (query.workflow !== undefined) select = select.where('workflow', '=', query.workflow)
  if (query.vendor !== undefined) select = select.where('source', '=', query.vendor)
  const rows = await select.groupBy('at').execute()
  // PostgreSQL adds up to a number of any size, as text.
  return rows.map(({ at, approved, review, declined }) => ({
    at,
    approved: Number(approved),
    review: Number(review),
    declined: Number(declined),
  }))
}
