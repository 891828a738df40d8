import { setImmediate } from 'node:timers/promises'
import type { Selectable } from 'kysely'
import type { Logger } from 'pino'
import type { VerificationTable } from '../store/engine/schema.ts'
import type { Db, Store, Trx } from '../store/engine/store.ts'
import { createChangeWriter } from '../store/projection/changes.ts'
import { readHabit, type Workflow } from './habits.ts'
import { type Habit, type Patience, planPatience } from './patience.ts'
import { readAwaitedWorkflows } from './workflows.ts'

/** Flags verifications whose decision is later than their workflow's usual lag: its webhook may be lost. */
export interface OverdueSweep {
  /** Flags all that are overdue now; returns how many. On several nodes each is flagged once. */
  sweep(): Promise<number>
  /** Sweeps every half minute. */
  start(): { stop(): Promise<void> }
}

export interface OverdueSweepDeps {
  store: Store
  log: Logger
  now: () => number
  /**
   * Has Incode asked about interviews, by verification, in the transaction that flags them. Null where its API is not
   * configured: then an interview that is `finished` is not waited for.
   */
  askIncode: ((trx: Trx, verificationIds: readonly string[], now: number) => Promise<void>) | null
}

/** The shortest lag is 40 minutes: half a minute more is nothing. ms, on the clock that is given. */
const SWEEP_EVERY_MS = 30_000

/** How often that clock is looked at, ms. */
const LOOK_EVERY_MS = 1000

/** Habits change over days. ms */
const LEARN_EVERY_MS = 10 * 60_000

/** Verifications flagged in one transaction: with a million in a SQLite file it takes some 50 ms, while others wait. */
const BATCH = 50

type Row = Selectable<VerificationTable>

interface Due {
  of: Workflow
  patience: Patience
}

export function createOverdueSweep({ store, log, now, askIncode }: OverdueSweepDeps): OverdueSweep {
  const habits = new Map<string, Habit>()
  let learnedAt = Number.NEGATIVE_INFINITY
  let isStopping = false

  async function findHabit(workflow: Workflow): Promise<Habit> {
    const key = JSON.stringify(workflow)
    const habit = habits.get(key) ?? (await readHabit(store.reader, workflow))
    habits.set(key, habit)
    return habit
  }

  async function sweep(): Promise<number> {
    if (now() - learnedAt >= LEARN_EVERY_MS) {
      habits.clear()
      learnedAt = now()
    }
    let flagged = 0
    for (const of of await readAwaitedWorkflows(store.reader)) {
      for (const patience of planPatience(of.vendor, await findHabit(of), { canAsk: askIncode !== null })) {
        flagged += await flagAll({ of, patience })
      }
    }
    return flagged
  }

  async function flagAll(due: Due): Promise<number> {
    let flagged = 0
    // Most sweeps find nothing, and should not take the writer's place to learn that.
    while (!isStopping && (await selectDue(store.reader, due).select('id').limit(1).executeTakeFirst()) !== undefined) {
      const rows = await store.transactAlone((trx) => flagBatch(trx, due))
      for (const { id: verification, vendor, workflow, status, updated_at } of rows) {
        const silentMs = now() - updated_at
        log.warn({ event: 'verification_overdue', verification, vendor, workflow, status, silentMs })
      }
      flagged += rows.length
      // SQLite answers without letting go of the event loop: between two transactions others have their turn.
      await setImmediate()
    }
    return flagged
  }

  /** Reads them where nobody else writes: what has been decided or flagged meanwhile is not among them. */
  async function flagBatch(trx: Trx, due: Due): Promise<Row[]> {
    const rows = await selectDue(trx, due).selectAll().orderBy('updated_at').limit(BATCH).execute()
    const writer = await createChangeWriter(trx, now())
    for (const row of rows) writer.write(row, { ...row, overdue: 1 })
    await writer.finish()
    if (due.of.vendor === 'incode') {
      const ids = rows.map((row) => row.id)
      await askIncode?.(trx, ids, now())
    }
    await store.wake(trx, 'changes')
    return rows
  }

  function selectDue(db: Db, { of: { environment, vendor, workflow }, patience: { statuses, ms } }: Due) {
    return db
      .selectFrom('verifications')
      .where('environment', '=', environment)
      .where('vendor', '=', vendor)
      .where('workflow', workflow === null ? 'is' : '=', workflow)
      .where('status', 'in', statuses)
      .where('overdue', '=', 0)
      .where('updated_at', '<=', now() - ms)
  }

  return {
    sweep,
    start() {
      let sweptAt = Number.NEGATIVE_INFINITY
      let sweeping: Promise<void> | undefined
      const look = () => {
        if (sweeping !== undefined || now() - sweptAt < SWEEP_EVERY_MS) return
        sweptAt = now()
        sweeping = sweep()
          .then(() => undefined)
          .catch((error: unknown) => log.error({ event: 'overdue_sweep_failed', err: error }))
          .finally(() => {
            sweeping = undefined
          })
      }
      const timer = setInterval(look, LOOK_EVERY_MS)
      look()
      return {
        async stop() {
          isStopping = true
          clearInterval(timer)
          await sweeping
        },
      }
    },
  }
}
