import type { Sort, Verification } from '../../../../server/protocol.ts'
import type { Order } from '../../routing/route.ts'

export interface ListOrder {
  sort: Sort
  order: Order
}

/** A row's place in an order: the time that is sorted by (ISO 8601), equal ones by id. */
export interface Place {
  at: string
  id: string
}

/** Null where the row has no such time, and then no place in that order. */
export function readPlace(row: Verification, { sort }: ListOrder): Place | null {
  const at = row[sort]
  return at === null ? null : { at, id: row.id }
}

/** The list's order, and the server's. For `sort`. */
export function comparePlaces(a: Place, b: Place, { order }: ListOrder): number {
  const newerFirst = compare(b.at, a.at) || compare(b.id, a.id)
  return order === 'desc' ? newerFirst : -newerFirst
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/**
 * `held`, which is in order, with `changed` laid over it by id; rows without a place are left out. Of two states of one verification the
 * later revision stays. Sorts what changed alone: the feed brings a few rows many times a second.
 */
export function applyRows(
  held: readonly Verification[],
  changed: readonly Verification[],
  order: ListOrder,
): readonly Verification[] {
  if (changed.length === 0) return held
  const newest = new Map<string, Verification>()
  for (const each of changed) if (isNews(newest.get(each.id), each)) newest.set(each.id, each)
  const staying = held.filter((row) => {
    const next = newest.get(row.id)
    if (next && !isNews(row, next)) newest.delete(row.id)
    return !newest.has(row.id)
  })
  const entering = [...newest.values()]
    .flatMap((row) => {
      const place = readPlace(row, order)
      return place === null ? [] : [{ row, place }]
    })
    .toSorted((a, b) => comparePlaces(a.place, b.place, order))
  const rows: Verification[] = []
  let next = 0
  for (const { row, place } of entering) {
    const end = findPlace(staying, place, order, next)
    rows.push(...staying.slice(next, end), row)
    next = end
  }
  return [...rows, ...staying.slice(next)]
}

function isNews(held: Verification | undefined, row: Verification): boolean {
  return held === undefined || held.revision <= row.revision
}

/** The index of the first row, from `from` on, that comes after a place. */
function findPlace(rows: readonly Verification[], place: Place, order: ListOrder, from: number): number {
  let [first, end] = [from, rows.length]
  while (first < end) {
    const middle = (first + end) >> 1
    const row = rows[middle]
    const held = row && readPlace(row, order)
    if (held && comparePlaces(held, place, order) < 0) first = middle + 1
    else end = middle
  }
  return first
}
