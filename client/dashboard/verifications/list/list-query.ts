import type { VerificationQuery } from '../../api/api-client.ts'
import type { Period, Route } from '../../routing/route.ts'
import { parseRoute } from '../../routing/route.ts'

const HOUR = 3_600_000
const LENGTHS: Record<Period, number> = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR }

/** What to ask the server for; a period counts back from `now` (epoch ms). */
export function readQuery(route: Route, search: string, now: number): VerificationQuery {
  const from = route.period && new Date(now - LENGTHS[route.period]).toISOString()
  return { statuses: route.statuses, vendor: route.vendor, from, search }
}

/** Whether two routes ask for the same list; null stands for a route without filters. */
export function isSameList(a: Route, b: Route | null): boolean {
  const other = b ?? parseRoute('')
  return a.statuses.join() === other.statuses.join() && a.vendor === other.vendor && a.period === other.period
}
