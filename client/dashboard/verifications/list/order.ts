import type { Verification } from '../../../../server/protocol.ts'

/** The list's order, and the server's: newest `createdAt` first, equal times by id. For `sort`. */
export function isNewer(a: Verification, b: Verification): number {
  return compare(b.createdAt, a.createdAt) || compare(b.id, a.id)
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

/** `held` with `changed` laid over it by id, in order, at most `limit`. Of two states of one verification the later revision stays. */
export function applyNewest(
  held: readonly Verification[],
  changed: readonly Verification[],
  limit = Number.POSITIVE_INFINITY,
): readonly Verification[] {
  if (changed.length === 0) return held
  const byId = new Map(held.map((each) => [each.id, each]))
  for (const each of changed) {
    const before = byId.get(each.id)
    if (!before || before.revision <= each.revision) byId.set(each.id, each)
  }
  return [...byId.values()].toSorted(isNewer).slice(0, limit)
}
