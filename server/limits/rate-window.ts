/** Counts hits by key within fixed windows, for limits that are not a route's own (those use express-rate-limit). */
export interface RateWindow {
  /** Counts one; false once the key has had its share of this window. */
  take(key: string): boolean
}

/** Keys remembered at once; an attacker's many addresses must not fill memory. Past it everybody starts afresh. */
const MAX_KEYS = 10_000

export function createRateWindow(options: { limit: number; windowMs: number; now: () => number }): RateWindow {
  let hits = new Map<string, number>()
  let endsAt = 0
  return {
    take(key) {
      const now = options.now()
      if (now >= endsAt || hits.size >= MAX_KEYS) {
        hits = new Map()
        endsAt = now + options.windowMs
      }
      const count = (hits.get(key) ?? 0) + 1
      hits.set(key, count)
      return count <= options.limit
    },
  }
}
