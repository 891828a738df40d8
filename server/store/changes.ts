import type { Insertable, Selectable } from 'kysely'
import type { Counts, Environment } from '../protocol.ts'
import { inParts } from './in-parts.ts'
import type { ChangeTable, VerificationTable } from './schema.ts'
import type { Trx } from './store.ts'

type Row = Selectable<VerificationTable>

export interface ChangeWriter {
  /** Each verification once. */
  write(before: Row | undefined, after: Row): void
  /** For a verification whose last report moved elsewhere. */
  remove(before: Row): void
  /** Writes it all to the store; call once, at the end. */
  finish(): Promise<void>
}

/** Gives revisions; only within `Store.transactAlone`, where nobody else does. */
export async function createChangeWriter(trx: Trx, now: number): Promise<ChangeWriter> {
  let revision = await readRevision(trx)
  const rows: Row[] = []
  const removed: string[] = []
  const changes: Insertable<ChangeTable>[] = []
  const deltas = new Map<Environment, Map<keyof Counts, number>>()

  function count(row: Row, by: number): void {
    const ofOne = deltas.get(row.environment) ?? new Map<keyof Counts, number>()
    deltas.set(row.environment, ofOne)
    for (const name of namesOf(row)) ofOne.set(name, (ofOne.get(name) ?? 0) + by)
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
      for (const [environment, ofOne] of deltas) {
        for (const [name, delta] of ofOne) {
          if (delta !== 0) await addToCount(trx, name, environment, delta)
        }
      }
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
      await addToCount(trx, name, row.environment, count)
    }
  }
}

async function addToCount(trx: Trx, name: keyof Counts, environment: Environment, delta: number): Promise<void> {
  await trx
    .updateTable('counts')
    .set((eb) => ({ count: eb('count', '+', delta) }))
    .where('name', '=', name)
    .where('environment', '=', environment)
    .execute()
}

/** Under which names a verification is counted. */
function namesOf({ status, overdue }: Pick<Row, 'status' | 'overdue'>): (keyof Counts)[] {
  return overdue === 1 ? [status, 'overdue'] : [status]
}
