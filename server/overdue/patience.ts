import type { Status, Vendor } from '../protocol.ts'

const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

/**
 * Nothing is overdue sooner, however quick a workflow usually is: SEON tries a webhook at once and 1, 6 and 36 minutes
 * later, Incode for 32 minutes (SDK readme 1.7, developer.incode.com/docs/webhooks). What these tries can still bring is late, not lost.
 */
export const MIN_LAG_MS = 40 * MINUTE_MS

/**
 * Nothing has to be later: SEON's sixth and last try comes 26 h 36 min after the first, and after that nothing comes by
 * itself. However slow a workflow is, somebody should look then.
 */
export const MAX_LAG_MS = 27 * HOUR_MS

/** Until a workflow's lag is known: after SEON's fifth try (2 h 36 min), when only the one a day later is left. */
export const DEFAULT_LAG_MS = 3 * HOUR_MS

/**
 * How long visitors may take: SEON's pre-made sessions are open for a week (docs.seon.io, IDV operational details), and nothing longer is
 * documented of any vendor. Then the vendor is expected to call it expired.
 */
export const VISITOR_MS = 7 * DAY_MS

/** The visitor is through, as the browser or the vendor says: only the vendor's word is missing. */
export const AT_THE_VENDOR = ['submitted', 'finished'] as const satisfies readonly Status[]

/** The visitor may come back. `processing` is what Incode says of each step in the middle of its flow. */
export const WITH_THE_VISITOR = ['created', 'started', 'processing'] as const satisfies readonly Status[]

/** What the newest decisions of a workflow teach. */
export interface Habit {
  /** The usual longest time from "the visitor is through" to the arrival of a decision, within its bounds, ms. */
  lagMs: number
  /** Whether the vendor also tells of visitors who never came to an end. Taken for granted until enough is known. */
  givesUp: boolean
}

/** Verifications of one workflow that have stood in one of `statuses` for `ms` without a word are overdue. */
export interface Patience {
  statuses: readonly Status[]
  ms: number
}

/** How long the verifications of a workflow are waited for. `canAsk`: whether Incode's API is configured. */
export function planPatience(vendor: Vendor, { lagMs, givesUp }: Habit, { canAsk }: { canAsk: boolean }): Patience[] {
  // Incode keeps the verdict to itself after "finished": where it cannot be asked, nothing more is owed.
  const atTheVendor = AT_THE_VENDOR.filter((status) => status !== 'finished' || vendor !== 'incode' || canAsk)
  return [
    { statuses: atTheVendor, ms: lagMs },
    // A page left alone is no lost webhook: its silence means something only where the vendor would break it.
    ...(givesUp ? [{ statuses: WITH_THE_VISITOR, ms: VISITOR_MS + lagMs }] : []),
  ]
}
