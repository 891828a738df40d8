import { setImmediate } from 'node:timers/promises'
import type { Verification } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import { readSortTime, searchVerifications, type VerificationQuery } from '../store/reading/search.ts'
import { toVerification } from '../store/reading/verifications.ts'

/** Rows read at once: few enough that nobody waits for them, enough that asking costs little. */
const PAGE = 500

/** Everything that the query finds, page by page; the next is read once the last has been taken. */
export async function* readAll(store: Store, query: Omit<VerificationQuery, 'limit'>): AsyncGenerator<Verification[]> {
  let { after } = query
  for (;;) {
    const rows = await searchVerifications(store, { ...query, after, limit: PAGE })
    const last = rows.at(-1)
    if (last !== undefined) yield rows.map(toVerification)
    if (last === undefined || rows.length < PAGE) return
    after = { at: readSortTime(last, query.sort), id: last.id }
    // SQLite answers at once: without this a fast reader would leave nobody else a turn.
    await setImmediate()
  }
}
