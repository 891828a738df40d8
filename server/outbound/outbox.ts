import type { Updateable } from 'kysely'
import type { OutboxTable } from '../store/engine/schema.ts'
import type { Db, Store, Trx } from '../store/engine/store.ts'

/** A message that this node may send until `leasedUntil`, epoch ms. */
export interface Message {
  revision: number
  id: string
  verificationId: string
  body: string
  /** Tries before this one. */
  attempts: number
  firstAttemptAt: number
  leasedUntil: number
}

export interface Backlog {
  waiting: number
  dead: number
  /** When the change behind the oldest waiting message was made, epoch ms; null where none waits. */
  oldestAt: number | null
}

/** Messages from their making to their receipt; shared by all nodes of a store. */
export interface Outbox {
  /** Up to `limit` messages that are due, each the oldest waiting one of its verification. No other node gets them. */
  claim(limit: number): Promise<Message[]>
  /** Received: it goes, and the next of its verification is due. */
  settle(message: Message): Promise<void>
  /** Tried in vain: it and those after it wait until `at`, epoch ms. */
  postpone(message: Message, at: number, error: string): Promise<void>
  /** Given up: it stays to be seen, and the next of its verification is due. */
  bury(message: Message, error: string): Promise<void>
  /** Not tried after all: anybody may take it at once. */
  release(message: Message): Promise<void>
  /** What is still to be received, and what was given up. */
  readBacklog(): Promise<Backlog>
}

/**
 * How long a claimed message stays with its node, ms: four times the longest try, which leaves room for clocks that
 * differ. A node that is killed holds up its messages no longer than this.
 */
const LEASE_MS = 60_000

export function createOutbox({ store, now }: { store: Store; now: () => number }): Outbox {
  /** Writes down what came of a try; false where another node has taken over. */
  async function record(db: Db, message: Message, change: Updateable<OutboxTable>): Promise<boolean> {
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set(change)
      .where('revision', '=', message.revision)
      .where('next_attempt_at', '=', message.leasedUntil)
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  return {
    claim: (limit) =>
      store.transact(async (trx) => {
        const at = now()
        const leasedUntil = at + LEASE_MS
        const messages: Message[] = []
        for (const row of await readHeads(store, trx, at, limit)) {
          const firstAttemptAt = row.first_attempt_at ?? at
          await trx
            .updateTable('outbox')
            .set({ next_attempt_at: leasedUntil, first_attempt_at: firstAttemptAt })
            .where('revision', '=', row.revision)
            .execute()
          const { revision, id, verification_id: verificationId, body, attempts } = row
          messages.push({ revision, id, verificationId, body, attempts, firstAttemptAt, leasedUntil })
        }
        return messages
      }),
    async settle(message) {
      await store.db.deleteFrom('outbox').where('revision', '=', message.revision).execute()
    },
    postpone: (message, at, error) =>
      store.transact(async (trx) => {
        const change = { attempts: message.attempts + 1, last_error: error, next_attempt_at: at }
        if (!(await record(trx, message, change))) return
        // Those behind cannot overtake it, and a look past many of them would cost.
        await trx
          .updateTable('outbox')
          .set({ next_attempt_at: at })
          .where('verification_id', '=', message.verificationId)
          .where('dead_at', 'is', null)
          .execute()
      }),
    async bury(message, error) {
      await record(store.db, message, { attempts: message.attempts + 1, last_error: error, dead_at: now() })
    },
    async release(message) {
      await record(store.db, message, { next_attempt_at: now() })
    },
    async readBacklog() {
      const { waiting, dead, oldest } = await store.reader
        .selectFrom('outbox')
        .leftJoin('changes', 'changes.revision', 'outbox.revision')
        .select(({ fn }) => [
          fn.countAll<number>().filterWhere('dead_at', 'is', null).as('waiting'),
          fn.countAll<number>().filterWhere('dead_at', 'is not', null).as('dead'),
          fn.min('changes.at').filterWhere('dead_at', 'is', null).as('oldest'),
        ])
        .executeTakeFirstOrThrow()
      return { waiting, dead, oldestAt: oldest }
    },
  }
}

/** The oldest waiting message of each verification, if it is due and no other node is about to take it. */
function readHeads(store: Store, trx: Trx, at: number, limit: number) {
  return (
    trx
      .selectFrom('outbox as head')
      .selectAll('head')
      .where('dead_at', 'is', null)
      .where('next_attempt_at', '<=', at)
      .where((eb) =>
        eb.not(
          eb.exists(
            eb
              .selectFrom('outbox as earlier')
              .select('earlier.revision')
              .whereRef('earlier.verification_id', '=', 'head.verification_id')
              .whereRef('earlier.revision', '<', 'head.revision')
              .where('earlier.dead_at', 'is', null),
          ),
        ),
      )
      .orderBy('next_attempt_at')
      .orderBy('revision')
      .limit(limit)
      // SQLite has one node and one writer, and no such words.
      .$if(store.engine === 'postgres', (query) => query.forUpdate('head').skipLocked())
      .execute()
  )
}
