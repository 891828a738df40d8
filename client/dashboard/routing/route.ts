import type { DeliveryOutcome, Environment, Sort, Source, Status, Vendor } from '../../../server/protocol.ts'
import { OUTCOMES, SORTS, SOURCES, STATUSES, VENDORS } from '../../../server/protocol.ts'

/** `user` is everything about one person; the others stand on the rail. */
export const VIEWS = ['overview', 'verifications', 'deliveries', 'sandbox', 'operators', 'user'] as const
export type View = (typeof VIEWS)[number]

export const PERIODS = ['hour', 'day', 'week', 'month', 'quarter'] as const
export type Period = (typeof PERIODS)[number]

export const ENVIRONMENTS = ['sandbox', 'live'] as const satisfies readonly Environment[]
export type Order = 'asc' | 'desc'

/**
 * What the address says, so that it can be shared, kept and gone back to. The searched text is not in it, on purpose: it may name a
 * person, and addresses end up in histories and logs.
 */
export interface Route {
  view: View
  statuses: readonly Status[]
  vendor: Vendor | null
  /** The vendor's workflow id. */
  workflow: string | null
  environment: Environment | null
  /** Only what is later than usual. */
  overdue: boolean
  sort: Sort
  order: Order
  period: Period | null
  outcome: DeliveryOutcome | null
  source: Source | null
  /** The verification or delivery that is open. */
  open: string | null
  /** The verification whose user is shown: an id of ours, as a user's own id may name a person. */
  of: string | null
}

/** Reads `location.search`. What is unknown in it is left out. */
export function parseRoute(search: string): Route {
  const given = new URLSearchParams(search)
  return {
    view: oneOf(VIEWS, given.get('view')) ?? 'verifications',
    statuses: (given.get('status') ?? '').split(',').flatMap((each) => oneOf(STATUSES, each) ?? []),
    vendor: oneOf(VENDORS, given.get('vendor')),
    workflow: given.get('workflow') || null,
    environment: oneOf(ENVIRONMENTS, given.get('environment')),
    overdue: given.get('overdue') === '1',
    sort: oneOf(SORTS, given.get('sort')) ?? 'createdAt',
    order: given.get('order') === 'asc' ? 'asc' : 'desc',
    period: oneOf(PERIODS, given.get('period')),
    outcome: oneOf(OUTCOMES, given.get('outcome')),
    source: oneOf(SOURCES, given.get('source')),
    open: given.get('open') || null,
    of: given.get('of') || null,
  }
}

/** The query of a route, `?` included, or an empty text; parsed again it gives the same route. */
export function formatRoute(route: Route): string {
  const given = new URLSearchParams()
  if (route.view !== 'verifications') given.set('view', route.view)
  if (route.statuses.length > 0) given.set('status', route.statuses.join(','))
  if (route.overdue) given.set('overdue', '1')
  if (route.sort !== 'createdAt') given.set('sort', route.sort)
  if (route.order !== 'desc') given.set('order', route.order)
  for (const name of ['vendor', 'workflow', 'environment', 'period', 'outcome', 'source', 'open', 'of'] as const) {
    const value = route[name]
    if (value) given.set(name, value)
  }
  // Commas are plain in a query; escaped they only make the address harder to read.
  const text = given.toString().replaceAll('%2C', ',')
  return text && `?${text}`
}

function oneOf<T extends string>(known: readonly T[], value: string | null): T | null {
  return known.find((each) => each === value) ?? null
}
