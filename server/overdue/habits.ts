import type { Environment, Status, Vendor } from '../protocol.ts'
import type { ChangeTable } from '../store/engine/schema.ts'
import type { Db } from '../store/engine/store.ts'
import { isDecided } from '../verification/status.ts'
import { AT_THE_VENDOR, DEFAULT_LAG_MS, type Habit, MAX_LAG_MS, MIN_LAG_MS } from './patience.ts'

/** What has habits of its own; `workflow` is null where a vendor names none. */
export interface Workflow {
  environment: Environment
  vendor: Vendor
  workflow: string | null
}

/** Decisions looked at: enough that the 99th percentile means something, few enough to read in milliseconds. */
const NEWEST = 200

/** With fewer, one odd day would make the rule. */
const LEAST = 50

/** One in a hundred is slower than "usual": above a lag that webhooks lost now and then can push up. */
const PERCENTILE = 0.99

/** Reads them from the store. About 10 ms where there are a million. */
export async function readHabit(db: Db, { environment, vendor, workflow }: Workflow): Promise<Habit> {
  const decided = await db
    .selectFrom('verifications')
    .select(['id', 'status'])
    .where('environment', '=', environment)
    .where('vendor', '=', vendor)
    .where('workflow', workflow === null ? 'is' : '=', workflow)
    .where('decided_at', 'is not', null)
    .orderBy('decided_at', 'desc')
    .limit(NEWEST)
    .execute()
  if (decided.length === 0) return learn([], [])
  const ids = decided.map(({ id }) => id)
  const changes = await db
    .selectFrom('changes')
    .select(['verification_id', 'status', 'previous_status', 'at'])
    .where('verification_id', 'in', ids)
    .orderBy('revision')
    .execute()
  const histories = Map.groupBy(changes, (change) => change.verification_id)
  return learn(
    decided.map(({ status }) => status),
    [...histories.values()].flatMap((history) => readLag(history) ?? []),
  )
}

/** `statuses` of the newest decided verifications, and the lags of those whose lag is known, ms. */
function learn(statuses: readonly Status[], lags: readonly number[]): Habit {
  const sorted = lags.toSorted((a, b) => a - b)
  const usual = lags.length < LEAST ? undefined : sorted[Math.ceil(lags.length * PERCENTILE) - 1]
  return {
    lagMs: Math.min(Math.max(usual ?? DEFAULT_LAG_MS, MIN_LAG_MS), MAX_LAG_MS),
    givesUp: statuses.length < LEAST || statuses.some((status) => status === 'expired' || status === 'abandoned'),
  }
}

type Step = Pick<ChangeTable, 'status' | 'previous_status' | 'at'>

/**
 * How long one was waited for, in the order of its changes: from its last status before the first decision to that
 * decision, ms. Null where nothing said before that the visitor was through; the time until then would be the visitor's.
 */
function readLag(history: readonly Step[]): number | null {
  const steps = history.filter((step) => step.status !== step.previous_status)
  const decision = steps.findIndex((step) => isDecided(step.status))
  const before = steps[decision - 1]
  const after = steps[decision]
  if (before === undefined || after === undefined || !atTheVendor.has(before.status)) return null
  return after.at - before.at
}

const atTheVendor: ReadonlySet<Status> = new Set(AT_THE_VENDOR)
