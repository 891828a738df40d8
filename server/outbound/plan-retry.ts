/** How long a message is tried, counted from its first try, ms. Standard Webhooks asks for "multiple days". */
const KEEP_TRYING_MS = 3 * 24 * 60 * 60 * 1000

/** After a first failure, ms: Standard Webhooks' own example begins so; a receiver that restarts is back by then. */
const FIRST_RETRY_MS = 5000

/** Longest pause of our own making, ms: a receiver mended overnight hears of everything in the morning. */
const LONGEST_RETRY_MS = 6 * 60 * 60 * 1000

export interface Failure {
  /** Tries so far, this one included. */
  attempts: number
  /** Epoch ms */
  firstAttemptAt: number
  /** Epoch ms */
  now: number
  /** What the receiver asked for; null where it did not. */
  retryAfterMs: number | null
  /** 0 to 1 */
  random: number
}

/**
 * When to try again, epoch ms; null: never. Pauses double, half of each fixed and half random, so that what failed
 * together does not come back together. The last try falls on the end of the three days.
 */
export function planRetry({ attempts, firstAttemptAt, now, retryAfterMs, random }: Failure): number | null {
  const lastAt = firstAttemptAt + KEEP_TRYING_MS
  if (now >= lastAt) return null
  const pause = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS)
  const jittered = Math.round(pause / 2 + (random * pause) / 2)
  return Math.min(now + Math.max(jittered, retryAfterMs ?? 0), lastAt)
}
