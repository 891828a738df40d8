import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { DeliveryOutcome } from '../protocol.ts'
import type { Store, Trx } from '../store/engine/store.ts'

/** What a sweep did. */
export interface Swept {
  /** Raw bodies deleted; their rows and reports stay. */
  bodies: number
  /** Taken out of quarantine: rows without a body from then on, listed as rejected. */
  quarantined: number
  /** Rows of rejected deliveries and of duplicates that are no more. */
  rows: number
}

export interface Retention {
  /** Deletes everything whose time is over. */
  sweep(): Promise<Swept>
  /** Sweeps at once and every hour. */
  start(): { stop(): Promise<void> }
}

const HOUR_MS = 60 * 60 * 1000
const DAY_MS = 24 * HOUR_MS

/** Longer than a weekend: time to notice that a secret is wrong. */
const QUARANTINE_MS = 72 * HOUR_MS

/** Rows in one transaction: whoever brings a delivery meanwhile waits for milliseconds. */
const BATCH = 200

/** Rejected rows that are kept at most, and duplicates: about 30 MB each, whatever anybody sends. */
const MAX_ROWS = 100_000

/** What nothing but the list of deliveries rests on. */
const PASSING = ['rejected', 'duplicate'] as const satisfies readonly DeliveryOutcome[]

export function createRetention(deps: {
  store: Store
  /** RAW_RETENTION_DAYS */
  rawRetentionDays: number
  log: Logger
  now: () => number
  maxRows?: number
}): Retention {
  const { store, log, now, maxRows = MAX_ROWS } = deps
  const stopping = new AbortController()
  let sweeping: Promise<Swept> | undefined

  const cutoff = () => now() - deps.rawRetentionDays * DAY_MS

  /** Repeats a step in transactions of its own until it finds less than a batch; how many rows it was. */
  async function repeat(step: (trx: Trx) => Promise<bigint>): Promise<number> {
    let total = 0
    let changed = BATCH
    while (changed === BATCH && !stopping.signal.aborted) {
      changed = Number(await store.transact(step))
      // SQLite answers within the same turn of the event loop: others need theirs.
      await nextTurn()
      total += changed
    }
    return total
  }

  async function deleteBodies(trx: Trx): Promise<bigint> {
    const { numUpdatedRows } = await trx
      .updateTable('deliveries')
      .set({ body: null })
      // Again, for the rows that another node has been faster with.
      .where('body', 'is not', null)
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('deliveries')
          .select('id')
          .where('body', 'is not', null)
          .where('received_at', '<', cutoff())
          // What still waits to be processed needs its bytes; what is in quarantine has a time of its own.
          .where('state', 'is', null)
          .where('outcome', '!=', 'quarantined')
          .orderBy('received_at')
          .limit(BATCH),
      )
      .executeTakeFirst()
    return numUpdatedRows
  }

  async function endQuarantine(trx: Trx): Promise<bigint> {
    const { numUpdatedRows } = await trx
      .updateTable('deliveries')
      .set({ outcome: 'rejected', body: null, headers: null })
      .where('outcome', '=', 'quarantined')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('deliveries')
          .select('id')
          .where('outcome', '=', 'quarantined')
          .where('received_at', '<', now() - QUARANTINE_MS)
          .limit(BATCH),
      )
      .executeTakeFirst()
    return numUpdatedRows
  }

  /** Looks at the oldest rows only, as ids sort by arrival. */
  async function deleteRows(trx: Trx, outcome: DeliveryOutcome): Promise<bigint> {
    const ofOutcome = trx.selectFrom('deliveries').where('outcome', '=', outcome)
    const oldest = await ofOutcome.select(['id', 'received_at']).orderBy('id').limit(BATCH).execute()
    const excess = await ofOutcome.select('id').orderBy('id', 'desc').offset(maxRows).limit(1).executeTakeFirst()
    const ids = oldest
      .filter((row) => row.received_at < cutoff() || (excess && row.id <= excess.id))
      .map((row) => row.id)
    if (ids.length === 0) return 0n
    const { numDeletedRows } = await trx.deleteFrom('deliveries').where('id', 'in', ids).executeTakeFirst()
    return numDeletedRows
  }

  async function sweepAll(): Promise<Swept> {
    const bodies = await repeat(deleteBodies)
    const quarantined = await repeat(endQuarantine)
    let rows = 0
    for (const outcome of PASSING) rows += await repeat((trx) => deleteRows(trx, outcome))
    const swept = { bodies, quarantined, rows }
    if (bodies + quarantined + rows > 0) {
      await store.forget()
      log.info({ event: 'retention_swept', ...swept })
    }
    return swept
  }

  function sweep(): Promise<Swept> {
    sweeping ??= sweepAll().finally(() => {
      sweeping = undefined
    })
    return sweeping
  }

  return {
    sweep,
    start() {
      const look = () => {
        sweep().catch((error: unknown) => log.error({ event: 'retention_failed', err: error }))
      }
      const timer = setInterval(look, HOUR_MS)
      look()
      return {
        async stop() {
          clearInterval(timer)
          stopping.abort()
          await sweeping?.catch(() => undefined)
        },
      }
    },
  }
}
