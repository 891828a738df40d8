import { setTimeout as rest } from 'node:timers/promises'
import type { Logger } from 'pino'
import type { Changes, Snapshot } from '../protocol.ts'
import { readCounts } from '../store/engine/kinds.ts'
import type { Store, Trx } from '../store/engine/store.ts'
import { readRevision } from '../store/projection/changes.ts'
import { readNewest, readVerifications } from '../store/reading/verifications.ts'

/** A stretch of the feed: everything that changed after `from`, up to and including `to`. */
export type Stretch = Changes

export interface Changefeed {
  /** The newest revision this node has told its subscribers. */
  readonly revision: number
  snapshot(): Promise<Snapshot>
  /** What changed after `revision`; null where that is too long ago, or was never issued here. */
  since(revision: number): Promise<Stretch | null>
  /** Stretches without gap or overlap, each beginning where the last one ended. Returns its undo. */
  subscribe(listener: (stretch: Stretch) => void): () => void
  stop(): Promise<void>
}

/** Verifications in a snapshot; the rest is paged in over HTTP. */
const SNAPSHOT_SIZE = 200

/** Changes read at once. Whoever missed more is better served by a snapshot. */
const STRETCH_SIZE = 1000

/**
 * Shortest time from one stretch to the next, ms, so that bursts come coalesced: a little less than a frame of a 60 Hz screen, at whose
 * pace deliveries are processed, so that what has just been processed is told at once.
 */
const COALESCE_MS = 12

/** After telling, so many times as long without: however many dashboards there are, webhooks get four fifths of the time. */
const REST_TIMES = 4

/** How often to look without being woken, ms. */
const LOOK_EVERY_MS = 1000

/**
 * Follows the change table. Revisions are given in commit order, so reading on from the last one seen misses nothing;
 * wake-ups only make it quick.
 */
export async function createChangefeed({
  store,
  log,
  stretchSize = STRETCH_SIZE,
}: {
  store: Store
  log: Logger
  stretchSize?: number
}): Promise<Changefeed> {
  const listeners = new Set<(stretch: Stretch) => void>()
  let revision = await store.readTogether(readRevision)
  let isDue = false
  let isStopped = false
  let reading: Promise<void> | undefined

  function look(): void {
    isDue = true
    reading ??= follow().finally(() => {
      reading = undefined
    })
  }

  async function follow(): Promise<void> {
    while (isDue && !isStopped) {
      isDue = false
      const begun = performance.now()
      try {
        const stretch = await store.readTogether((trx) => readStretch(trx, revision, stretchSize))
        if (stretch.to > revision) {
          revision = stretch.to
          const told = performance.now()
          for (const listener of listeners) tell(listener, stretch)
          const telling = performance.now() - told
          // There is more than was read at once; of what comes from now on, somebody tells.
          isDue ||= stretch.to - stretch.from >= stretchSize
          await rest(Math.max(begun + COALESCE_MS - performance.now(), telling * REST_TIMES))
        }
      } catch (error) {
        log.error({ event: 'changefeed_failed', err: error })
      }
    }
  }

  /** One that fails must not leave a gap with the others. */
  function tell(listener: (stretch: Stretch) => void, stretch: Stretch): void {
    try {
      listener(stretch)
    } catch (error) {
      log.error({ event: 'changefeed_listener_failed', err: error })
    }
  }

  const stopListening = store.onWake((topic) => {
    if (topic === 'changes') look()
  })
  const timer = setInterval(look, LOOK_EVERY_MS)

  return {
    get revision() {
      return revision
    },
    snapshot: () =>
      store.readTogether(async (trx) => ({
        revision: await readRevision(trx),
        verifications: await readNewest(trx, SNAPSHOT_SIZE),
        counts: await readCounts(trx),
      })),
    since: (from) =>
      store.readTogether(async (trx) => {
        const newest = await readRevision(trx)
        if (!Number.isSafeInteger(from) || from < 0 || from > newest) return null
        // Revisions follow one another without gap: counting the rows would take longer the older the store is.
        if (newest - from > stretchSize) return null
        const { oldest } = await trx
          .selectFrom('changes')
          .select((eb) => eb.fn.min('revision').as('oldest'))
          .executeTakeFirstOrThrow()
        const isKept = from === newest || (oldest !== null && from >= oldest - 1)
        return isKept ? readStretch(trx, from, stretchSize) : null
      }),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async stop() {
      isStopped = true
      clearInterval(timer)
      stopListening()
      await reading
    },
  }
}

async function readStretch(trx: Trx, from: number, size: number): Promise<Stretch> {
  const changes = await trx
    .selectFrom('changes')
    .select(['revision', 'verification_id'])
    .where('revision', '>', from)
    .orderBy('revision')
    .limit(size)
    .execute()
  const ids = [...new Set(changes.map((change) => change.verification_id))]
  const verifications = await readVerifications(trx, ids)
  const present = new Set(verifications.map((verification) => verification.id))
  const removed = ids.filter((id) => !present.has(id))
  const counts = await readCounts(trx)
  const to = changes.at(-1)?.revision ?? from
  return { from, to, verifications, counts, ...(removed.length === 0 ? {} : { removed }) }
}
