import type { Period } from './route.ts'

const HOUR = 3_600_000
const LENGTHS: Record<Period, number> = {
  hour: HOUR,
  day: 24 * HOUR,
  week: 7 * 24 * HOUR,
  month: 30 * 24 * HOUR,
  quarter: 90 * 24 * HOUR,
}

/** Where a period begins that counts back from `now` (epoch ms), in ISO 8601. */
export function readPeriodStart(period: Period, now: number): string {
  return new Date(now - LENGTHS[period]).toISOString()
}
