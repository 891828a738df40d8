import type { Kysely, Transaction } from 'kysely'
import type { Database } from './schema.ts'

export type Db = Kysely<Database>
export type Trx = Transaction<Database>

/** What SQLite and PostgreSQL do differently; everything else is one set of queries on `db`. */
export interface Store {
  readonly engine: 'sqlite' | 'postgres'
  /** For writing and for short reads. */
  readonly db: Db
  /** For long reads: on SQLite a connection of its own that never waits for a writer. */
  readonly reader: Db
  transact<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /**
   * Runs `work` in a transaction that no other writer of the projection overlaps, on any node, so that revisions are
   * given in commit order: who has seen revision n has seen all below n.
   */
  transactAlone<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /** A consistent view of several reads. */
  readTogether<T>(work: (trx: Trx) => Promise<T>): Promise<T>
  /**
   * Within a transaction: once it is committed, wakes the `onWake` listeners of every node; of `inbox` those of this one alone, which has
   * what it took in processed itself. One call a batch is enough.
   */
  wake(trx: Trx, topic: WakeTopic): Promise<void>
  /** A wake-up is only ever a hint: listeners must also look by themselves now and then. Returns its undo. */
  onWake(listener: (topic: WakeTopic) => void): () => void
  /** After a deletion: sees to it that what is gone from the tables is gone from the files, as far as that is ours to do. */
  forget(): Promise<void>
  close(): Promise<void>
}

/** `changes`: the changefeed grew; `inbox`: there is something to process; `sessions`: an operator's session ended. */
export type WakeTopic = 'changes' | 'inbox' | 'sessions'

export class StoreInUseError extends Error {
  constructor(path: string) {
    super(`${path} is in use by another server`)
    this.name = 'StoreInUseError'
  }
}

/** PostgreSQL cannot be reached at start; later on it is simply waited for. */
export class StoreUnreachableError extends Error {
  constructor(cause: unknown) {
    super(`PostgreSQL does not answer: ${cause instanceof Error ? cause.message : String(cause)}`, { cause })
    this.name = 'StoreUnreachableError'
  }
}
