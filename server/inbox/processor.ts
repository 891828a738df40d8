import { setImmediate as nextTurn, setTimeout as rest } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Store, Trx } from '../store/engine/store.ts'
import { type DeliveryRow, type Parsers, type Processed, processDeliveries } from './process-deliveries.ts'

export interface Processor {
  /** Processes what is due now; resolves when nothing due is left. */
  drain(): Promise<void>
  /** Begins to drain at every wake-up and every second; returns when a drain under way has ended. */
  start(): { stop(): Promise<void> }
}

/** Deliveries in one transaction: enough to share its cost, few enough that others wait milliseconds. */
const BATCH = 100

/**
 * From one drain's beginning to the next, ms: a frame of a 60 Hz screen. What comes meanwhile shares a transaction, which costs little more
 * than one alone, and the changefeed tells it at once: whoever watches sees it in the frame in which they would have seen it anyway.
 */
const FRAME_MS = 16

/** How often to look without being woken, ms: for retries that fall due and wake-ups that got lost. */
const LOOK_EVERY_MS = 1000

/** After the tenth failure a delivery is a dead letter; with the delays below that is after about 17 minutes. */
const MAX_ATTEMPTS = 10
const FIRST_RETRY_MS = 2000
const LONGEST_RETRY_MS = 10 * 60 * 1000

/** Half of the delay is fixed and half random, so that what failed together does not come back together. */
function retryDelay(attempts: number, random: () => number): number {
  const delay = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS)
  return delay / 2 + (random() * delay) / 2
}

export function createProcessor(deps: {
  store: Store
  receivers: Parsers
  log: Logger
  now: () => number
  random?: () => number
  /** Hears of deliveries once what they say is committed. */
  onProcessed?: (processed: readonly Processed[]) => void
}): Processor {
  const { store, log, now } = deps
  const random = deps.random ?? Math.random
  let draining: Promise<void> | undefined
  let isDueAgain = false

  function drain(): Promise<void> {
    isDueAgain = true
    draining ??= drainAll().finally(() => {
      draining = undefined
    })
    return draining
  }

  /** SQLite answers within the same turn of the event loop: whoever has a lot to do must let others have theirs. */
  async function drainAll(): Promise<void> {
    while (isDueAgain) {
      isDueAgain = false
      while ((await processBatch()) === BATCH) await nextTurn()
    }
  }

  /** One transaction for all; if any of them fails, each on its own, so that one poison delivery holds up nobody. */
  async function processBatch(): Promise<number> {
    try {
      const processed = await store.transactAlone(async (trx) => processRows(trx, await readDue(trx)))
      report(processed)
      return processed.length
    } catch (error) {
      log.warn({ event: 'batch_failed', err: error })
      return processSingly()
    }
  }

  async function processSingly(): Promise<number> {
    const rows = await readDue(store.db)
    for (const row of rows) {
      await nextTurn()
      try {
        report(await store.transactAlone((trx) => processRows(trx, [row])))
      } catch (error) {
        await recordFailure(row, error)
      }
    }
    return rows.length
  }

  function readDue(db: Store['db']): Promise<DeliveryRow[]> {
    return db
      .selectFrom('deliveries')
      .selectAll()
      .where('state', '=', 'pending')
      .where('next_attempt_at', '<=', now())
      .orderBy('next_attempt_at')
      .orderBy('id')
      .limit(BATCH)
      .execute()
  }

  async function processRows(trx: Trx, rows: readonly DeliveryRow[]): Promise<Processed[]> {
    const processed = await processDeliveries(trx, rows, deps)
    if (rows.length > 0) await store.wake(trx, 'changes')
    return processed
  }

  function report(processed: readonly Processed[]): void {
    deps.onProcessed?.(processed)
    for (const { id, source, outcome, reason } of processed) {
      if (outcome === 'dead') log.error({ event: 'delivery_unreadable', source, delivery: id, reason })
    }
  }

  async function recordFailure(row: DeliveryRow, error: unknown): Promise<void> {
    const attempts = row.attempts + 1
    const isDead = attempts >= MAX_ATTEMPTS
    log.error({
      event: isDead ? 'delivery_dead' : 'delivery_failed',
      source: row.source,
      delivery: row.id,
      attempts,
      err: error,
    })
    await store.db
      .updateTable('deliveries')
      .set({
        attempts,
        ...(isDead
          ? { state: null, outcome: 'dead' as const, reason: 'failed' }
          : { next_attempt_at: now() + retryDelay(attempts, random) }),
      })
      .where('id', '=', row.id)
      // Another node may have succeeded meanwhile.
      .where('state', '=', 'pending')
      .execute()
  }

  return {
    drain,
    start() {
      let isDue = false
      let isStopped = false
      let working: Promise<void> | undefined
      async function work(): Promise<void> {
        while (isDue && !isStopped) {
          isDue = false
          const begun = performance.now()
          await drain().catch((error: unknown) => log.error({ event: 'processor_failed', err: error }))
          await rest(Math.max(0, begun + FRAME_MS - performance.now()))
        }
      }
      const look = () => {
        isDue = true
        working ??= work().finally(() => {
          working = undefined
        })
      }
      const stopListening = store.onWake((topic) => {
        if (topic === 'inbox') look()
      })
      const timer = setInterval(look, LOOK_EVERY_MS)
      look()
      return {
        async stop() {
          isStopped = true
          clearInterval(timer)
          stopListening()
          await draining?.catch(() => undefined)
        },
      }
    },
  }
}
