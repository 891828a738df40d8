import type { Store } from '../engine/store.ts'
import { recount } from '../tallies/recount.ts'
import { foldAnew } from './folding.ts'

/** Verifications folded in one transaction: others wait for milliseconds; for the count at the end they wait for all of it. */
const BATCH = 200

/**
 * Folds every verification anew from all kept reports. Where the projection is right nothing changes, not even a
 * revision; what differs is mended and goes out as a change. Returns how many there are.
 */
export async function rebuild(store: Store, now: () => number): Promise<{ verifications: number; changed: number }> {
  let after = ''
  let verifications = 0
  let changed = 0
  for (;;) {
    const rows = await store.db
      .selectFrom('reports')
      .select('verification_id as id')
      .distinct()
      .where('verification_id', '>', after)
      .orderBy('verification_id')
      .limit(BATCH)
      .execute()
    const ids = rows.flatMap((row) => row.id ?? [])
    const last = ids.at(-1)
    if (last === undefined) break
    after = last
    verifications += ids.length
    changed += await store.transactAlone(async (trx) => {
      const { written } = await foldAnew(trx, ids, now())
      if (written > 0) await store.wake(trx, 'changes')
      return written
    })
  }
  await store.transactAlone(recount)
  return { verifications, changed }
}
