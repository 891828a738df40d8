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

/** `held` with `changed` laid over it by id, in order; rows without a place are left out. Of two states of one verification the later revision stays. */
export function applyRows(
  held: readonly Verification[],
  changed: readonly Verification[],
  order: ListOrder,
): readonly Verification[] {
  if (changed.length === 0) return held
  const byId = new Map(held.map((each) => [each.id, each]))
  for (const each of changed) {
    const before = byId.get(each.id)
    if (!before || before.revision <= each.revision) byId.set(each.id, each)
  }
  return [...byId.values()]
    .flatMap((row) => {
      const place = readPlace(row, order)
      return place === null ? [] : [{ row, place }]
    })
    .toSorted((a, b) => comparePlaces(a.place, b.place, order))
    .map(({ row }) => row)
}
