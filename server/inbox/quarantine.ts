import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import type { Source } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import type { Receiver } from '../vendors/receiver.ts'
import type { Inbox, KeptArrival } from './inbox.ts'

export interface Quarantine {
  /** Verifies what it has not tried yet, and lets into the inbox what holds. Returns how many that were. */
  review(): Promise<number>
  /** Reviews at once and every minute. */
  start(): { stop(): Promise<void> }
}

/** How often to look, ms: for what nodes that still have the old secrets refuse while a new one is rolled out. */
const REVIEW_EVERY_MS = 60_000

/** Bodies in memory at once; of the largest allowed, 40 MB. */
const BATCH = 20

const rawHeaders = z.array(z.string())

/**
 * Gives refused deliveries another chance: SEON never sends again what was answered 401, and a secret may have been
 * pasted wrong. Secrets change with a restart, so every process tries each delivery once; those that hold keep their id
 * and time, and go the way they would have gone.
 */
export function createQuarantine(deps: {
  store: Store
  inbox: Pick<Inbox, 'release'>
  receivers: Readonly<Partial<Record<Source, Pick<Receiver, 'verify'>>>>
  log: Logger
}): Quarantine {
  const { store, inbox, receivers, log } = deps
  let tried: ReadonlySet<string> = new Set()
  let reviewing: Promise<number> | undefined

  async function reviewAll(): Promise<number> {
    const rows = await store.reader.selectFrom('deliveries').select('id').where('outcome', '=', 'quarantined').execute()
    const ids = rows.map((row) => row.id)
    const untried = ids.filter((id) => !tried.has(id))
    let released = 0
    for (let start = 0; start < untried.length; start += BATCH) {
      released += await reviewBatch(untried.slice(start, start + BATCH))
      // SQLite answers within the same turn of the event loop: others need theirs.
      await nextTurn()
    }
    tried = new Set(ids)
    return released
  }

  async function reviewBatch(ids: readonly string[]): Promise<number> {
    const rows = await store.reader
      .selectFrom('deliveries')
      .select(['id', 'source', 'received_at', 'body', 'headers', 'peer'])
      .where('id', 'in', ids)
      .where('outcome', '=', 'quarantined')
      .execute()
    const arrivals: KeptArrival[] = []
    for (const { id, source, received_at: receivedAt, body, headers, peer } of rows) {
      if (body === null || headers === null) continue
      const verdict = await receivers[source]?.verify({ body, rawHeaders: rawHeaders.parse(JSON.parse(headers)) })
      if (!verdict?.ok) continue
      const { environment, secretId } = verdict
      arrivals.push({ id, receivedAt, source, environment, body, secretId, messageId: null, peer: peer ?? '' })
    }
    if (arrivals.length > 0) await inbox.release(arrivals)
    for (const { id, source, secretId } of arrivals) {
      log.info({ event: 'quarantine_released', source, delivery: id, secret: secretId })
    }
    return arrivals.length
  }

  function review(): Promise<number> {
    reviewing ??= reviewAll().finally(() => {
      reviewing = undefined
    })
    return reviewing
  }

  return {
    review,
    start() {
      const look = () => {
        review().catch((error: unknown) => log.error({ event: 'quarantine_failed', err: error }))
      }
      const timer = setInterval(look, REVIEW_EVERY_MS)
      look()
      return {
        async stop() {
          clearInterval(timer)
          await reviewing?.catch(() => undefined)
        },
      }
    },
  }
}
