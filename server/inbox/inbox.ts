import type { Selectable } from 'kysely'
import { wantConfirmationAgain } from '../confirm/want-confirmation.ts'
import type { Environment, Source } from '../protocol.ts'
import type { DeliveryTable } from '../store/engine/schema.ts'
import type { Store, Trx } from '../store/engine/store.ts'
import type { KeyedHash } from '../store/keyed-hash.ts'

/** A verified delivery on its way into the inbox. */
export interface Arrival {
  source: Source
  environment: Environment
  body: Uint8Array
  secretId: string
  /** The sender's message id (`Request-Id`), unsigned and therefore never what de-duplication rests on. */
  messageId: string | null
  peer: string
}

/** One that has waited in the spool or in quarantine, with the id and the time (epoch ms) that it was given there. */
export interface KeptArrival extends Arrival {
  id: string
  receivedAt: number
}

export interface Appended {
  id: string
  /** `spooled`: on this machine's disk; the inbox gets it later. */
  outcome: 'accepted' | 'duplicate' | 'spooled'
}

/** The inbox has more bytes waiting for the disk than it may hold; the sender is told to come again. */
export class InboxFullError extends Error {
  constructor() {
    super('inbox full')
    this.name = 'InboxFullError'
  }
}

export interface Inbox {
  /**
   * Resolves once the delivery is on disk; a rejection means that it is not. Concurrent calls share a transaction: while
   * one commit is under way the next batch gathers, so the disk is synchronised once for many.
   */
  append(arrival: Arrival): Promise<Appended>
  /** Takes what has waited in the spool, all or nothing; what it has taken before, by its id, is passed over. */
  restore(arrivals: readonly KeptArrival[]): Promise<void>
  /** Takes what verifies by now out of quarantine, all or nothing; what another node has taken is passed over. */
  release(arrivals: readonly KeptArrival[]): Promise<void>
}

/** Largest batch: keeps one transaction's parameters under SQLite's 32,766 and its time to a few milliseconds. */
const MAX_BATCH = 200

/** Bodies not yet on the disk, bytes; beyond it deliveries are shed before memory grows. 32 of the largest allowed. */
const MAX_HELD_BYTES = 64 * 1024 * 1024

interface Waiting {
  arrival: Arrival
  resolve: (appended: Appended) => void
  reject: (error: unknown) => void
}

export function createInbox(deps: { store: Store; hash: KeyedHash; newId: () => string; now: () => number }): Inbox {
  const { store, now } = deps
  let waiting: Waiting[] = []
  let heldBytes = 0
  let isFlushing = false

  async function flush(): Promise<void> {
    isFlushing = true
    while (waiting.length > 0) {
      const batch = waiting.slice(0, MAX_BATCH)
      waiting = waiting.slice(MAX_BATCH)
      try {
        const rows = batch.map(({ arrival }) => toRow({ ...arrival, id: deps.newId(), receivedAt: now() }, deps.hash))
        const appended = await store.transact((trx) => appendAll(store, trx, rows))
        for (const [index, { resolve, reject }] of batch.entries()) {
          const result = appended[index]
          if (result === undefined) reject(new Error('delivery without outcome'))
          else resolve(result)
        }
      } catch (error) {
        for (const { reject } of batch) reject(error)
      }
      for (const { arrival } of batch) heldBytes -= arrival.body.byteLength
    }
    isFlushing = false
  }

  return {
    append(arrival) {
      if (heldBytes + arrival.body.byteLength > MAX_HELD_BYTES) return Promise.reject(new InboxFullError())
      heldBytes += arrival.body.byteLength
      return new Promise((resolve, reject) => {
        waiting.push({ arrival, resolve, reject })
        // After this turn of the event loop, so that what arrived together is committed together.
        if (!isFlushing) {
          isFlushing = true
          setImmediate(() => void flush())
        }
      })
    },
    async restore(arrivals) {
      const ids = arrivals.map(({ id }) => id)
      await store.transact(async (trx) => {
        const known = await trx.selectFrom('deliveries').select('id').where('id', 'in', ids).execute()
        const knownIds = new Set(known.map((row) => row.id))
        const rows = arrivals.filter(({ id }) => !knownIds.has(id)).map((arrival) => toRow(arrival, deps.hash))
        if (rows.length > 0) await appendAll(store, trx, rows)
      })
    },
    async release(arrivals) {
      const ids = arrivals.map(({ id }) => id)
      await store.transact(async (trx) => {
        const taken = await trx
          .deleteFrom('deliveries')
          .where('id', 'in', ids)
          .where('outcome', '=', 'quarantined')
          .returning('id')
          .execute()
        const takenIds = new Set(taken.map((row) => row.id))
        const rows = arrivals.filter(({ id }) => takenIds.has(id)).map((arrival) => toRow(arrival, deps.hash))
        if (rows.length > 0) await appendAll(store, trx, rows)
      })
    },
  }
}

type AcceptedRow = Selectable<DeliveryTable> & { dedupe_key: string }

function toRow(arrival: KeptArrival, hash: KeyedHash): AcceptedRow {
  const { id, receivedAt, source, environment, body, secretId, messageId, peer } = arrival
  // An account may send the same IDV event to both of SEON's doors; it is still one event.
  const family = source === 'seon-idv' ? 'seon' : source
  return {
    id,
    source,
    environment,
    received_at: receivedAt,
    outcome: 'accepted',
    reason: null,
    event: null,
    bytes: body.byteLength,
    body,
    dedupe_key: hash('body', family, environment, body),
    message_key: messageId === null ? null : hash('message', family, messageId),
    secret_id: secretId,
    peer,
    headers: null,
    duplicate_of: null,
    verification_id: null,
    state: 'pending',
    attempts: 0,
    next_attempt_at: 0,
  }
}

/** Inserts a batch; the unique key decides, within the batch and across nodes, which is the first of its body. */
async function appendAll(store: Store, trx: Trx, rows: readonly AcceptedRow[]): Promise<Appended[]> {
  const conflicting = await findConflicts(trx, rows)
  // Two nodes that take the same keys in the same order wait for each other at worst; in different orders they deadlock.
  const inOneOrder = rows.toSorted((a, b) => (a.dedupe_key < b.dedupe_key ? -1 : a.dedupe_key > b.dedupe_key ? 1 : 0))
  const inserted = await trx
    .insertInto('deliveries')
    .values(inOneOrder.map((row) => ({ ...row, reason: conflicting.has(row.id) ? 'rid_conflict' : null })))
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
    .returning('id')
    .execute()
  const accepted = new Set(inserted.map((row) => row.id))
  const repeated = rows.filter((row) => !accepted.has(row.id))
  if (repeated.length > 0) await recordDuplicates(trx, repeated)
  if (accepted.size > 0) await store.wake(trx, 'inbox')
  return rows.map((row) => ({ id: row.id, outcome: accepted.has(row.id) ? 'accepted' : 'duplicate' }))
}

/** Rows whose message id is known with another body: kept like any other, but worth a look. */
async function findConflicts(trx: Trx, rows: readonly AcceptedRow[]): Promise<Set<string>> {
  const keys = rows.flatMap((row) => row.message_key ?? [])
  if (keys.length === 0) return new Set()
  const known = await trx
    .selectFrom('deliveries')
    .select(['message_key', 'dedupe_key'])
    .where('message_key', 'in', keys)
    .where('dedupe_key', 'is not', null)
    .execute()
  const bodies = new Map<string, Set<string>>()
  const conflicting = new Set<string>()
  const see = (messageKey: string, dedupeKey: string) => {
    const seen = bodies.get(messageKey) ?? new Set()
    bodies.set(messageKey, seen.add(dedupeKey))
    return seen.size > 1
  }
  for (const { message_key, dedupe_key } of known)
    if (message_key !== null && dedupe_key !== null) see(message_key, dedupe_key)
  for (const row of rows) if (row.message_key !== null && see(row.message_key, row.dedupe_key)) conflicting.add(row.id)
  return conflicting
}

async function recordDuplicates(trx: Trx, repeated: readonly AcceptedRow[]): Promise<void> {
  const originals = await trx
    .selectFrom('deliveries')
    .select(['id', 'source', 'dedupe_key', 'event', 'verification_id'])
    .where(
      'dedupe_key',
      'in',
      repeated.map((row) => row.dedupe_key),
    )
    .execute()
  const byKey = new Map(originals.map((original) => [original.dedupe_key, original]))
  await trx
    .insertInto('deliveries')
    .values(
      repeated.map((row) => {
        const original = byKey.get(row.dedupe_key)
        return {
          ...row,
          outcome: 'duplicate' as const,
          body: null,
          dedupe_key: null,
          duplicate_of: original?.id ?? null,
          event: original?.event ?? null,
          verification_id: original?.verification_id ?? null,
          state: null,
        }
      }),
    )
    .execute()
  const interviews = originals.flatMap((row) => (row.source === 'incode' ? (row.verification_id ?? []) : []))
  const [latest] = repeated.map((row) => row.received_at).toSorted((a, b) => b - a)
  if (latest !== undefined) await wantConfirmationAgain(trx, interviews, latest)
}
