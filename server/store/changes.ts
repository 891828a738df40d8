import type { Selectable } from 'kysely'
import type { Counts, Environment } from '../protocol.ts'
import type { VerificationTable } from './schema.ts'
import type { Trx } from './store.ts'

type Row = Selectable<VerificationTable>

export interface ChangeWriter {
  write(before: Row | undefined, after: Row): Promise<void>
  /** For a verification whose last report moved elsewhere. */
  remove(before: Row): Promise<void>
  /** Writes the counts; call once, at the end. */
  finish(): Promise<void>
}

/** Gives revisions; only within `Store.transactAlone`, where nobody else does. */
export async function createChangeWriter(trx: Trx, now: number): Promise<ChangeWriter> {
  let revision = await readRevision(trx)
  const deltas = new Map<Environment, Map<keyof Counts, number>>()
  const count = (row: Row, by: number) => {
    const ofOne = deltas.get(row.environment) ?? new Map<keyof Counts, number>()
    deltas.set(row.environment, ofOne)
    for (const name of namesOf(row)) ofOne.set(name, (ofOne.get(name) ?? 0) + by)
  }
  async function record(before: Row | undefined, after: Row): Promise<void> {
    await trx
      .insertInto('changes')
      .values({
        revision,
        verification_id: after.id,
        status: after.status,
        previous_status: before?.status ?? null,
        decided_at: after.decided_at,
        at: now,
      })
      .execute()
  }

  return {
    async write(before, after) {
      revision += 1
      const row = { ...after, revision }
      const { id: _, ...update } = row
      await trx
        .insertInto('verifications')
        .values(row)
        .onConflict((conflict) => conflict.column('id').doUpdateSet(update))
        .execute()
      if (before !== undefined) count(before, -1)
      count(row, 1)
      await record(before, row)
    },
    async remove(before) {
      revision += 1
      await trx.deleteFrom('verifications').where('id', '=', before.id).execute()
      await trx.deleteFrom('links').where('verification_id', '=', before.id).execute()
      count(before, -1)
      await record(before, before)
    },
    async finish() {
      for (const [environment, ofOne] of deltas) {
        for (const [name, delta] of ofOne) {
          if (delta === 0) continue
          await trx
            .updateTable('counts')
            .set((eb) => ({ count: eb('count', '+', delta) }))
            .where('name', '=', name)
            .where('environment', '=', environment)
            .execute()
        }
      }
    },
  }
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

/** Counts anew what `finish` keeps step by step. */
export async function recount(trx: Trx): Promise<void> {
  const counted = await trx
    .selectFrom('verifications')
    .select((eb) => ['status', 'environment', 'overdue', eb.fn.countAll<number>().as('count')])
    .groupBy(['status', 'environment', 'overdue'])
    .execute()
  await trx.updateTable('counts').set({ count: 0 }).execute()
  for (const { count, ...row } of counted) {
    for (const name of namesOf(row)) {
      await trx
        .updateTable('counts')
        .set((eb) => ({ count: eb('count', '+', count) }))
        .where('name', '=', name)
        .where('environment', '=', row.environment)
        .execute()
    }
  }
}

/** Under which names a verification is counted. */
function namesOf({ status, overdue }: Pick<Row, 'status' | 'overdue'>): (keyof Counts)[] {
  return overdue === 1 ? [status, 'overdue'] : [status]
}
