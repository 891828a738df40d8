import type { Spread } from '../protocol.ts'

/** Each bin's upper bound is so much above the one below: what is read from the middle of a bin is at most 5 % off. */
const STEP = 1.1

/** How many values there are in each bin. */
export type Bins = ReadonlyMap<number, number>

/** Where a duration is counted, ms; a negative one, from clocks that differ, as none. */
export function binOf(ms: number): number {
  return ms <= 1 ? 0 : Math.ceil(Math.log(ms) / Math.log(STEP))
}

/** Null of nothing. */
export function readSpread(bins: Bins): Spread | null {
  const sorted = [...bins].filter(([, count]) => count > 0).toSorted(([a], [b]) => a - b)
  const count = sorted.reduce((sum, [, each]) => sum + each, 0)
  if (count === 0) return null
  return { medianMs: valueAt(sorted, count * 0.5), p95Ms: valueAt(sorted, count * 0.95), count }
}

/** The value of nearest rank. */
function valueAt(sorted: readonly (readonly [bin: number, count: number])[], rank: number): number {
  let passed = 0
  const found = sorted.find(([, count]) => (passed += count) >= rank)
  return found === undefined || found[0] === 0 ? 0 : Math.round(STEP ** (found[0] - 0.5))
}
