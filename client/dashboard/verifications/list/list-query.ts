import type { VerificationQuery } from '../../api/api-client.ts'
import { readPeriodStart } from '../../routing/period.ts'
import type { Route } from '../../routing/route.ts'
import { parseRoute } from '../../routing/route.ts'

/** What to ask the server for; a period counts back from `now` (epoch ms). */
export function readQuery(route: Route, search: string, now: number): VerificationQuery {
  const from = route.period && readPeriodStart(route.period, now)
  return { statuses: route.statuses, vendor: route.vendor, from, search }
}

/** Whether two routes ask for the same list; null stands for a route without filters. */
export function isSameList(a: Route, b: Route | null): boolean {
  const other = b ?? parseRoute('')
  return a.statuses.join() === other.statuses.join() && a.vendor === other.vendor && a.period === other.period
}
