import type { VerificationQuery } from '../../api/api-client.ts'
import { readPeriodStart } from '../../routing/period.ts'
import type { Route } from '../../routing/route.ts'
import { parseRoute } from '../../routing/route.ts'

/** What to ask the server for; a period counts back from `now` (epoch ms). */
export function readQuery(route: Route, search: string, now: number): VerificationQuery {
  const { statuses, vendor, workflow, environment, overdue, sort, order, period } = route
  const from = period && readPeriodStart(period, now)
  return { statuses, vendor, workflow, environment, overdue, sort, order, from, search }
}

/** Whether two routes ask for the same list. */
export function isSameList(a: Route, b: Route): boolean {
  return isSameFilter(a, b) && a.sort === b.sort && a.order === b.order
}

/** How many filters a route has chosen; an order leaves nothing out. */
export function countFilters(route: Route): number {
  const { statuses, vendor, workflow, environment, overdue, period } = route
  return [statuses.length > 0, vendor, workflow, environment, overdue, period].filter(Boolean).length
}

/** What a route becomes without its filters. */
export const WITHOUT_FILTERS = pickFilters(parseRoute(''))

function pickFilters({ statuses, vendor, workflow, environment, overdue, period }: Route): Partial<Route> {
  return { statuses, vendor, workflow, environment, overdue, period }
}

function isSameFilter(a: Route, b: Route): boolean {
  return (
    a.statuses.join() === b.statuses.join() &&
    a.vendor === b.vendor &&
    a.workflow === b.workflow &&
    a.environment === b.environment &&
    a.overdue === b.overdue &&
    a.period === b.period
  )
}
