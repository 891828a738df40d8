import type { Selectable } from 'kysely'
import type { Logger } from 'pino'
import { wantConfirmation } from '../confirm/want-confirmation.ts'
import type { Source } from '../protocol.ts'
import { applyReports } from '../store/projector.ts'
import type { DeliveryTable } from '../store/schema.ts'
import type { Store, Trx } from '../store/store.ts'
import { type Receiver, UnreadableError } from '../vendors/receiver.ts'
import { subjectKey } from '../verification/identity.ts'
import type { Report } from '../verification/report.ts'

export interface Processor {
  /** Processes what is due now; resolves when nothing due is left. */
  drain(): Promise<void>
  /** Begins to drain at every wake-up and every second; returns when a drain under way has ended. */
  start(): { stop(): Promise<void> }
}

/** Deliveries in one transaction: enough to share its cost, few enough that others wait milliseconds. */
const BATCH = 100

/** How often to look without being woken, ms: for retries that fall due and wake-ups that got lost. */
const LOOK_EVERY_MS = 1000

/** After the tenth failure a delivery is a dead letter; with the delays below that is after about 17 minutes. */
const MAX_ATTEMPTS = 10
const FIRST_RETRY_MS = 2000
const LONGEST_RETRY_MS = 10 * 60 * 1000

type Row = Selectable<DeliveryTable>

/** Half of the delay is fixed and half random, so that what failed together does not come back together. */
function retryDelay(attempts: number, random: () => number): number {
  const delay = Math.min(FIRST_RETRY_MS * 2 ** (attempts - 1), LONGEST_RETRY_MS)
  return delay / 2 + (random() * delay) / 2
}

export function createProcessor(deps: {
  store: Store
  receivers: Readonly<Partial<Record<Source, Pick<Receiver, 'parse'>>>>
  log: Logger
  now: () => number
  random?: () => number
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

  async function drainAll(): Promise<void> {
    while (isDueAgain) {
      isDueAgain = false
      while ((await processBatch(BATCH)) === BATCH) {}
    }
  }

  /** One transaction for all; if any of them fails, each on its own, so that one poison delivery holds up nobody. */
  async function processBatch(size: number): Promise<number> {
    try {
      return await store.transactAlone(async (trx) => {
        const rows = await readDue(trx, size)
        await processRows(trx, rows)
        return rows.length
      })
    } catch (error) {
      if (size === 1) throw error
      log.warn({ event: 'batch_failed', err: error })
      return processSingly(size)
    }
  }

  async function processSingly(size: number): Promise<number> {
    const rows = await readDue(store.db, size)
    for (const row of rows) {
      try {
        await store.transactAlone((trx) => processRows(trx, [row]))
      } catch (error) {
        await recordFailure(row, error)
      }
    }
    return rows.length
  }

  function readDue(db: Store['db'], size: number): Promise<Row[]> {
    return db
      .selectFrom('deliveries')
      .selectAll()
      .where('state', '=', 'pending')
      .where('next_attempt_at', '<=', now())
      .orderBy('next_attempt_at')
      .orderBy('id')
      .limit(size)
      .execute()
  }

  async function processRows(trx: Trx, rows: readonly Row[]): Promise<void> {
    if (rows.length === 0) return
    const reports: Report[] = []
    const outcomes = rows.map((row) => {
      const parsed = parse(row)
      for (const [index, draft] of parsed.reports.entries()) {
        reports.push({ ...draft, id: `${row.id}:${index}`, ...originOf(row) })
      }
      return { row, ...parsed }
    })
    const homes = await applyReports(trx, reports, now(), { replacing: rows.map((row) => row.id) })
    await wantConfirmation(trx, reports, now())
    for (const { row, event, outcome, reason, reports: drafts } of outcomes) {
      const home = drafts.map((draft) => draft.subject && homes.get(subjectKey(draft.subject))).find(Boolean)
      await trx
        .updateTable('deliveries')
        .set({ state: null, outcome, reason, event, verification_id: home ?? null })
        .where('id', '=', row.id)
        .execute()
    }
    await store.wake(trx, 'changes')
  }

  function parse(row: Row): Pick<Row, 'outcome' | 'reason' | 'event'> & { reports: readonly ParsedReport[] } {
    const receiver = deps.receivers[row.source]
    if (receiver === undefined || row.body === null)
      return { outcome: 'dead', reason: 'no_body', event: null, reports: [] }
    try {
      const { event, recognised, reports } = receiver.parse(row.body)
      return { outcome: recognised ? 'accepted' : 'unrecognised', reason: row.reason, event, reports }
    } catch (error) {
      if (!(error instanceof UnreadableError)) throw error
      log.error({ event: 'delivery_unreadable', source: row.source, delivery: row.id, reason: error.code })
      return { outcome: 'dead', reason: error.code, event: null, reports: [] }
    }
  }

  async function recordFailure(row: Row, error: unknown): Promise<void> {
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
      .execute()
  }

  return {
    drain,
    start() {
      const look = () => {
        drain().catch((error: unknown) => log.error({ event: 'processor_failed', err: error }))
      }
      const stopListening = store.onWake((topic) => {
        if (topic === 'inbox') look()
      })
      const timer = setInterval(look, LOOK_EVERY_MS)
      look()
      return {
        async stop() {
          clearInterval(timer)
          stopListening()
          await draining?.catch(() => undefined)
        },
      }
    },
  }
}

type ParsedReport = ReturnType<Receiver['parse']>['reports'][number]

function originOf(row: Row): Pick<Report, 'source' | 'environment' | 'receivedAt' | 'deliveryId'> {
  return { source: row.source, environment: row.environment, receivedAt: row.received_at, deliveryId: row.id }
}
