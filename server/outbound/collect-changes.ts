import type { Selectable } from 'kysely'
import type { StatusChanged } from '../protocol.ts'
import type { ChangeTable, VerificationTable } from '../store/engine/schema.ts'
import type { Store, Trx } from '../store/engine/store.ts'
import { readRevision } from '../store/projection/changes.ts'

/** Changes read at once; keeps the insert's parameters far below SQLite's 32,766. */
const BATCH = 200

const CURSOR = 'status-webhook'

type Change = Selectable<ChangeTable> &
  Pick<Selectable<VerificationTable>, 'vendor' | 'vendor_id' | 'user_id' | 'workflow' | 'environment'>

/**
 * Follows the change table with a cursor of its own rather than being written by whoever writes changes: the projection
 * need not know of it, nothing piles up where it is off, and where it was off for a while it catches up. The cursor moves
 * in the transaction that inserts the messages, so each change becomes exactly one, however many nodes collect. In a
 * store that has no cursor yet the first message is about the first change after this call.
 */
export async function createCollectChanges(deps: {
  store: Store
  newId: () => string
  now: () => number
}): Promise<() => Promise<void>> {
  const { store, newId, now } = deps
  await store.transact(async (trx) => {
    await trx
      .insertInto('cursors')
      .values({ name: CURSOR, revision: await readRevision(trx) })
      .onConflict((conflict) => conflict.column('name').doNothing())
      .execute()
  })

  /** Whether there may be more. */
  async function collectBatch(): Promise<boolean> {
    const { revision: from } = await store.db
      .selectFrom('cursors')
      .select('revision')
      .where('name', '=', CURSOR)
      .executeTakeFirstOrThrow()
    const latest = await store.db
      .selectFrom('changes')
      .select('revision')
      .where('revision', '>', from)
      .orderBy('revision')
      .limit(BATCH)
      .execute()
    const to = latest.at(-1)?.revision
    if (to === undefined) return false
    await store.transact(async (trx) => {
      // Whoever moves the cursor makes the messages; a node that comes second finds it moved.
      const { numUpdatedRows } = await trx
        .updateTable('cursors')
        .set({ revision: to })
        .where('name', '=', CURSOR)
        .where('revision', '=', from)
        .executeTakeFirst()
      const changes = numUpdatedRows === 0n ? [] : await readStatusChanges(trx, from, to)
      if (changes.length > 0) await trx.insertInto('outbox').values(changes.map(toOutboxRow)).execute()
    })
    return latest.length === BATCH
  }

  const toOutboxRow = (change: Change) => ({
    revision: change.revision,
    id: `msg_${newId()}`,
    verification_id: change.verification_id,
    body: JSON.stringify(toMessage(change)),
    attempts: 0,
    next_attempt_at: now(),
  })

  return async () => {
    while (await collectBatch()) {}
  }
}

/** A verification that is no more by now, because it turned out to be part of another, is not spoken of. */
function readStatusChanges(trx: Trx, from: number, to: number): Promise<Change[]> {
  return trx
    .selectFrom('changes')
    .innerJoin('verifications', 'verifications.id', 'changes.verification_id')
    .selectAll('changes')
    .select(['vendor', 'vendor_id', 'user_id', 'workflow', 'environment'])
    .where('changes.revision', '>', from)
    .where('changes.revision', '<=', to)
    .where((eb) => eb('changes.previous_status', 'is distinct from', eb.ref('changes.status')))
    .orderBy('changes.revision')
    .execute()
}

function toMessage(change: Change): StatusChanged {
  return {
    type: 'verification.status_changed',
    timestamp: toIso(change.at),
    data: {
      id: change.verification_id,
      vendor: change.vendor,
      vendorId: change.vendor_id,
      userId: change.user_id,
      workflow: change.workflow,
      status: change.status,
      previousStatus: change.previous_status,
      decidedAt: change.decided_at === null ? null : toIso(change.decided_at),
      revision: change.revision,
      environment: change.environment,
    },
  }
}

const toIso = (time: number) => new Date(time).toISOString()
