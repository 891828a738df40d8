import type { Insertable, Selectable } from 'kysely'
import { inParts } from '../engine/in-parts.ts'
import { createKindBook } from '../engine/kinds.ts'
import type { ChangeTable, VerificationTable } from '../engine/schema.ts'
import type { Trx } from '../engine/store.ts'
import { countVerification } from '../tallies/tally.ts'
import { createTallyBook, type TallyBook } from '../tallies/tally-book.ts'

type Row = Selectable<VerificationTable>

export interface ChangeWriter {
  /** Each verification once. */
  write(before: Row | undefined, after: Row): void
  /** For a verification whose last report moved elsewhere. */
  remove(before: Row): void
  /** Writes it all to the store; call once, at the end. */
  finish(): Promise<void>
}

/** Gives revisions; only within `Store.transactAlone`, where nobody else does. What is in `tallies` is written with the rest. */
export async function createChangeWriter(
  trx: Trx,
  now: number,
  tallies: TallyBook = createTallyBook(),
): Promise<ChangeWriter> {
  let revision = await readRevision(trx)
  const rows: Row[] = []
  const removed: string[] = []
  const changes: Insertable<ChangeTable>[] = []
  const kinds = createKindBook()

  function count(row: Row, by: 1 | -1): void {
    kinds.add(row, by)
    tallies.add(countVerification(row), by)
  }

  function record(before: Row | undefined, after: Row): void {
    revision += 1
    const { id: verification_id, status, decided_at } = after
    changes.push({ revision, verification_id, status, previous_status: before?.status ?? null, decided_at, at: now })
  }

  return {
    write(before, after) {
      record(before, after)
      rows.push({ ...after, revision })
      if (before !== undefined) count(before, -1)
      count(after, 1)
    },
    remove(before) {
      record(before, before)
      removed.push(before.id)
      count(before, -1)
    },
    async finish() {
      for (const part of inParts(rows)) await upsert(trx, part)
      for (const ids of inParts(removed)) {
        await trx.deleteFrom('verifications').where('id', 'in', ids).execute()
        await trx.deleteFrom('links').where('verification_id', 'in', ids).execute()
      }
      for (const part of inParts(changes)) await trx.insertInto('changes').values(part).execute()
      await kinds.write(trx)
      await tallies.write(trx)
    },
  }
}

async function upsert(trx: Trx, rows: readonly Row[]): Promise<void> {
  await trx
    .insertInto('verifications')
    .values(rows)
    .onConflict((conflict) =>
      // A verification's vendor, vendor id and environment are what its id is made of.
      conflict.column('id').doUpdateSet((eb) => ({
        user_id: eb.ref('excluded.user_id'),
        workflow: eb.ref('excluded.workflow'),
        status: eb.ref('excluded.status'),
        decided_at: eb.ref('excluded.decided_at'),
        created_at: eb.ref('excluded.created_at'),
        updated_at: eb.ref('excluded.updated_at'),
        revision: eb.ref('excluded.revision'),
        overdue: eb.ref('excluded.overdue'),
        email_hash: eb.ref('excluded.email_hash'),
        judged_at: eb.ref('excluded.judged_at'),
        reached: eb.ref('excluded.reached'),
        last_step: eb.ref('excluded.last_step'),
        detail: eb.ref('excluded.detail'),
      })),
    )
    .execute()
}

/** The newest revision; 0 in a new store. */
export async function readRevision(trx: Trx): Promise<number> {
  const row = await trx
    .selectFrom('changes')
    .select((eb) => eb.fn.max('revision').as('revision'))
    .executeTakeFirst()
  return row?.revision ?? 0
}

/** The verifications that changed after that revision. */
export async function readChangedSince(trx: Trx, revision: number): Promise<string[]> {
  const rows = await trx
    .selectFrom('changes')
    .select('verification_id')
    .distinct()
    .where('revision', '>', revision)
    .execute()
  return rows.map((row) => row.verification_id)
}
