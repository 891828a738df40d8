import type { Selectable } from 'kysely'
import type { Environment, Source, Status } from '../../protocol.ts'
import { binOf } from '../../statistics/histogram.ts'
import type { Station } from '../../verification/course.ts'
import type { VerificationTable } from '../engine/schema.ts'

/** The lengths of the stretches that are counted by, ms: an hour, a day of UTC, and its week from Monday. */
export const SPANS = [3_600_000, 86_400_000, 604_800_000] as const
export type Span = (typeof SPANS)[number]

const WEEK_MS = SPANS[2]
/** Of 1970. */
const FIRST_MONDAY_MS = 4 * SPANS[1]

export const VERDICTS = ['approved', 'review', 'declined'] as const
export type Verdict = (typeof VERDICTS)[number]

/**
 * What is counted. By creation: `status`, `overdue`, `reached`, and `left`, the last step of those who came to nothing. By
 * verdict: `verdict`, and `took`, bins of the time from creation to a decision. By arrival: `lag`, bins of webhooks' delay.
 */
export type Counter =
  | `status:${Status}`
  | 'overdue'
  | `reached:${Station}`
  | `left:${string}`
  | `verdict:${Verdict}`
  | `took:${number}`
  | `lag:${number}`

/** One thing to count, once. */
export interface Count {
  environment: Environment
  source: Source
  workflow: string
  /** When it happened, epoch ms. */
  at: number
  counter: Counter
}

/** Who came to nothing so far. */
export const CAME_TO_NOTHING: readonly Status[] = [
  'created',
  'started',
  'processing',
  'cancelled',
  'expired',
  'abandoned',
]

export type CountedRow = Pick<
  Selectable<VerificationTable>,
  | 'environment'
  | 'vendor'
  | 'workflow'
  | 'status'
  | 'created_at'
  | 'decided_at'
  | 'judged_at'
  | 'overdue'
  | 'reached'
  | 'last_step'
>

/** Everything that a verification adds to the counters: nothing but what its row says, so that it can be taken back. */
export function countVerification(row: CountedRow): Count[] {
  const { environment, vendor: source, status, created_at, decided_at, judged_at } = row
  const verdict = VERDICTS.find((each) => each === status)
  const of = { environment, source, workflow: row.workflow ?? '' }
  const counts: Count[] = []
  const count = (at: number, counter: Counter) => counts.push({ ...of, at, counter })
  count(created_at, `status:${status}`)
  count(created_at, `reached:${row.reached}`)
  if (row.overdue === 1) count(created_at, 'overdue')
  if (row.last_step !== null && CAME_TO_NOTHING.includes(status)) count(created_at, `left:${row.last_step}`)
  if (verdict !== undefined && judged_at !== null) {
    count(judged_at, `verdict:${verdict}`)
    if (decided_at !== null) count(judged_at, `took:${binOf(decided_at - created_at)}`)
  }
  return counts
}

export interface CountedWebhook {
  environment: Environment
  source: Source
  receivedAt: number
  /** The time that it says of itself. */
  occurredAt: number
}

export function countWebhook({ environment, source, receivedAt, occurredAt }: CountedWebhook): Count {
  return { environment, source, workflow: '', at: receivedAt, counter: `lag:${binOf(receivedAt - occurredAt)}` }
}

/** The beginning of the stretch that a time is in. */
export function floorTo(span: Span, at: number): number {
  const first = span === WEEK_MS ? FIRST_MONDAY_MS : 0
  return Math.floor((at - first) / span) * span + first
}
