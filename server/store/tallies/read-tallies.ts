import type { Environment, Source } from '../../protocol.ts'
import type { Db } from '../store.ts'
import type { Span } from './tally.ts'
import { type Counters, parseCounters } from './tally-book.ts'

/** What was counted in one stretch of time, of one kind. */
export interface Tally {
  at: number
  source: Source
  workflow: string
  counters: Counters
}

/** Those of the stretches that begin from `from` until before `to`, epoch ms. */
export async function readTallies(
  db: Db,
  { environment, span, from, to }: { environment: Environment; span: Span; from: number; to: number },
): Promise<Tally[]> {
  const rows = await db
    .selectFrom('tallies')
    .select(['at', 'source', 'workflow', 'counters'])
    .where('environment', '=', environment)
    .where('span', '=', span)
    .where('at', '>=', from)
    .where('at', '<', to)
    .execute()
  return rows.map((row) => ({ ...row, counters: parseCounters(row.counters) }))
}
