import type { Insertable } from 'kysely'
import { type Counts, type Environment, NO_COUNTS } from '../../protocol.ts'
import { inParts } from './in-parts.ts'
import type { KindTable, VerificationTable } from './schema.ts'
import type { Db, Trx } from './store.ts'

type Kind = Omit<KindTable, 'count'>
type Row = Pick<VerificationTable, 'environment' | 'vendor' | 'workflow' | 'status' | 'overdue'>

/** How many there are of each kind: to be added to the store together. */
export interface KindBook {
  add(row: Row, by: number): void
  write(trx: Trx): Promise<void>
}

export function createKindBook(): KindBook {
  const changes = new Map<string, Insertable<KindTable>>()
  return {
    add({ environment, vendor, workflow, status, overdue }, by) {
      const kind: Kind = { environment, vendor, workflow: workflow ?? '', status, overdue }
      const key = JSON.stringify(kind)
      changes.set(key, { ...kind, count: (changes.get(key)?.count ?? 0) + by })
    },
    async write(trx) {
      for (const part of inParts([...changes.values()].filter(({ count }) => count !== 0))) {
        await trx
          .insertInto('kinds')
          .values(part)
          .onConflict((conflict) =>
            conflict
              .columns(['environment', 'vendor', 'workflow', 'status', 'overdue'])
              .doUpdateSet((eb) => ({ count: eb('kinds.count', '+', eb.ref('excluded.count')) })),
          )
          .execute()
      }
      changes.clear()
    },
  }
}

/** Every kind of verification that there is. */
export async function readKinds(db: Db): Promise<KindTable[]> {
  return db.selectFrom('kinds').selectAll().where('count', '>', 0).execute()
}

export async function readCounts(db: Db): Promise<Counts> {
  return addUp(await readKinds(db))
}

export async function readCountsOf(db: Db): Promise<Record<Environment, Counts>> {
  const { sandbox = [], live = [] } = Object.groupBy(await readKinds(db), ({ environment }) => environment)
  return { sandbox: addUp(sandbox), live: addUp(live) }
}

/** Zeros included. */
function addUp(kinds: readonly KindTable[]): Counts {
  const counts: Counts = { ...NO_COUNTS }
  for (const { status, overdue, count } of kinds) {
    counts[status] += count
    if (overdue === 1) counts.overdue += count
  }
  return counts
}
