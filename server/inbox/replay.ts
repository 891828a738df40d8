import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { ReplayResult } from '../protocol.ts'
import type { Store, Trx } from '../store/engine/store.ts'
import { readChangedSince, readRevision } from '../store/projection/changes.ts'
import { isReplayable, readByIds, readByTime, type TimeSelection } from '../store/reading/replayable.ts'
import { type Parsers, processDeliveries } from './process-deliveries.ts'

export type ReplaySelection = { ids: readonly string[] } | TimeSelection

export interface ReplayOptions {
  /** Only tells what would change. */
  dryRun?: boolean
  /** Stops between batches, and between deliveries that are replayed singly; what has been replayed stays. */
  signal?: AbortSignal
}

export interface Replayed extends ReplayResult {
  /** It was stopped before its end. */
  stopped?: true
}

/** Processes kept deliveries again, as this release reads them. The same replay again changes nothing. */
export type Replay = (selection: ReplaySelection, options?: ReplayOptions) => Promise<Replayed>

/** Thrown to have a dry run's transaction rolled back. */
class DryRunOver extends Error {}

export function createReplay(deps: { store: Store; receivers: Parsers; log: Logger; now: () => number }): Replay {
  const { store, log } = deps

  /** Replays in a transaction of its own; the verifications that changed. */
  async function replayTogether(ids: readonly string[], dryRun: boolean): Promise<string[]> {
    let changed: string[] = []
    try {
      await store.transactAlone(async (trx) => {
        changed = await replayWithin(trx, ids)
        if (dryRun) throw new DryRunOver()
      })
    } catch (error) {
      if (!(error instanceof DryRunOver)) throw error
    }
    return changed
  }

  async function replayWithin(trx: Trx, ids: readonly string[]): Promise<string[]> {
    const before = await readRevision(trx)
    if (ids.length === 0) return []
    const rows = await trx.selectFrom('deliveries').selectAll().where('id', 'in', ids).where(isReplayable).execute()
    await processDeliveries(trx, rows, deps)
    const changed = await readChangedSince(trx, before)
    if (changed.length > 0) await store.wake(trx, 'changes')
    return changed
  }

  return async (selection, { dryRun = false, signal } = {}) => {
    let matched = 0
    let skipped = 0
    let failed = 0
    let isStopped = false
    const changed = new Set<string>()

    async function replaySingly(ids: readonly string[]): Promise<void> {
      for (const [done, id] of ids.entries()) {
        await nextTurn()
        if (signal?.aborted) {
          isStopped = true
          matched -= ids.length - done
          return
        }
        try {
          for (const verification of await replayTogether([id], dryRun)) changed.add(verification)
        } catch (error) {
          failed += 1
          log.error({ event: 'replay_failed', delivery: id, err: error })
        }
      }
    }

    const batches = 'ids' in selection ? readByIds(store.reader, selection.ids) : readByTime(store.reader, selection)
    for await (const batch of batches) {
      // SQLite answers within the same turn of the event loop: webhooks and whoever has left need theirs.
      await nextTurn()
      if (signal?.aborted) isStopped = true
      if (isStopped) break
      matched += batch.matched
      skipped += batch.matched - batch.replayable.length
      try {
        for (const verification of await replayTogether(batch.replayable, dryRun)) changed.add(verification)
      } catch (error) {
        log.warn({ event: 'batch_failed', err: error })
        await replaySingly(batch.replayable)
      }
    }
    const result: Replayed = {
      matched,
      changed: changed.size,
      ...(skipped > 0 && { skipped }),
      ...(failed > 0 && { failed }),
      ...(isStopped && { stopped: true }),
    }
    log.info({ event: 'replayed', dryRun, ...result })
    return result
  }
}
