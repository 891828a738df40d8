import type { Route } from '../../routing/route.ts'
import { formatRoute, parseRoute } from '../../routing/route.ts'

/** A set of filters under a name. It holds the address alone, so a searched name is never in it. */
export interface SavedView {
  name: string
  /** `?status=…`, or empty for a view without filters. */
  search: string
}

const PLACE = 'seon-verify-views'

/** The views that this browser keeps; what cannot be read counts as none. */
export function readViews(): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(PLACE) ?? '[]')
    return Array.isArray(kept) ? kept.flatMap(readView) : []
  } catch {
    return []
  }
}

/** Keeps the views; where the browser keeps nothing, they last as long as the page. */
export function keepViews(views: readonly SavedView[]): void {
  try {
    localStorage.setItem(PLACE, JSON.stringify(views))
  } catch {
    // Storage is switched off.
  }
}

/** `views` with the route's filters under `name`, in place of a view that had it. What is open is no part of a view. */
export function addView(views: readonly SavedView[], name: string, route: Route): readonly SavedView[] {
  const search = formatRoute({ ...route, open: null })
  return [...views.filter((each) => each.name !== name), { name, search }].toSorted((a, b) =>
    a.name.localeCompare(b.name),
  )
}

function readView(kept: unknown): SavedView[] {
  if (typeof kept !== 'object' || kept === null || !('name' in kept) || !('search' in kept)) return []
  const { name, search } = kept
  // Read through the route, so that nothing but filters we know gets into a link.
  return typeof name === 'string' && typeof search === 'string'
    ? [{ name, search: formatRoute(parseRoute(search)) }]
    : []
}
