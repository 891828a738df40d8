import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as delay } from 'node:timers/promises'
import type { Logger } from 'pino'
import { z } from 'zod'
import { SOURCES, type Source } from '../protocol.ts'
import type { Appended, Arrival, Inbox, KeptArrival } from './inbox.ts'

/** Systems that send a webhook once and never again (SDK readme 1.7, "legacy"): for these, a 503 is a loss. */
const SENT_ONCE: ReadonlySet<Source> = new Set(['seon-fraud'])

/** How long the store may take before a delivery goes to the spool, ms: how patient these senders are is not known. */
const PATIENCE_MS = 3000

/** What the file may grow to, bytes: a day of a busy account's events at a few kilobytes each, and room on any disk. */
const MAX_BYTES = 256 * 1024 * 1024
const PAGE_BYTES = 4096

/** Deliveries moved in one transaction; of the largest allowed, 40 MB in memory. */
const BATCH = 20

/** How often to look whether the store is back, ms. */
const LOOK_EVERY_MS = 1000

/** SQLite's code for a file that has reached its bound, and for a disk that is full. */
const SQLITE_FULL = 13

const ROW = z.object({
  id: z.string(),
  received_at: z.number(),
  source: z.enum(SOURCES),
  environment: z.enum(['sandbox', 'live']),
  body: z.instanceof(Uint8Array),
  secret_id: z.string(),
  message_id: z.string().nullable(),
  peer: z.string(),
})

export interface Spool extends Pick<Inbox, 'append'> {
  /** Moves what was spooled into the inbox, in order; rejects where the store is still away. */
  drain(): Promise<void>
  /** How many wait here. */
  count(): number
  /** Begins to drain every second. */
  start(): { stop(): Promise<void> }
}

/**
 * Stands before the inbox and keeps, in a SQLite file of this machine, verified deliveries that nobody sends again while
 * PostgreSQL is away. They keep their id and time; one that is moved twice, by a kill or by two servers on the same file,
 * is known by its id. Everything else goes straight to the inbox. Throws where the file cannot be written.
 */
export function openSpool(deps: {
  /** SPOOL_PATH */
  path: string
  inbox: Pick<Inbox, 'append' | 'restore'>
  log: Logger
  newId: () => string
  now: () => number
  maxBytes?: number
}): Spool {
  const { path, inbox, log, newId, now, maxBytes = MAX_BYTES } = deps
  mkdirSync(dirname(path), { recursive: true })
  const file = new DatabaseSync(path)
  // FULL: on disk before the 200. What was moved is overwritten: it is about people, and has no business here any more.
  file.exec(`
    pragma journal_mode = wal; pragma synchronous = full; pragma busy_timeout = 1000; pragma secure_delete = on;
    pragma max_page_count = ${Math.ceil(maxBytes / PAGE_BYTES)};
    create table if not exists spool (
      position integer primary key, id text not null, received_at integer not null, source text not null,
      environment text not null, body blob not null, secret_id text not null, message_id text, peer text not null
    ) strict`)
  const insert = file.prepare(`
    insert into spool (id, received_at, source, environment, body, secret_id, message_id, peer)
    values (?, ?, ?, ?, ?, ?, ?, ?)`)
  const countAll = file.prepare('select count(*) as count from spool')
  const readFirst = file.prepare('select * from spool order by position limit ?')
  const remove = file.prepare('delete from spool where id = ?')
  let draining: Promise<void> | undefined

  const isEmpty = () => readFirst.all(1).length === 0

  /** Null where the store did not take it in time; should it have done so after all, the inbox knows the bytes. */
  async function tryInbox(arrival: Arrival): Promise<Appended | null> {
    const patience = new AbortController()
    const tooLate = delay(PATIENCE_MS, null, { signal: patience.signal })
    try {
      return await Promise.race([inbox.append(arrival), tooLate])
    } catch (error) {
      log.error({ event: 'store_unavailable', source: arrival.source, err: error })
      return null
    } finally {
      patience.abort()
    }
  }

  function keep({ source, environment, body, secretId, messageId, peer }: Arrival): Appended {
    const id = newId()
    try {
      insert.run(id, now(), source, environment, body, secretId, messageId, peer)
    } catch (error) {
      const isFull = error instanceof Error && 'errcode' in error && error.errcode === SQLITE_FULL
      log.fatal({ event: isFull ? 'spool_full' : 'spool_failed', source, bytes: body.byteLength, err: error })
      throw error
    }
    return { id, outcome: 'spooled' }
  }

  async function drainAll(): Promise<void> {
    let moved = 0
    for (;;) {
      const kept = readFirst.all(BATCH).map(toArrival)
      if (kept.length === 0) break
      await inbox.restore(kept)
      for (const { id } of kept) remove.run(id)
      moved += kept.length
    }
    if (moved === 0) return
    file.exec('pragma wal_checkpoint(truncate)')
    log.warn({ event: 'spool_drained', moved })
  }

  function drain(): Promise<void> {
    draining ??= drainAll().finally(() => {
      draining = undefined
    })
    return draining
  }

  function look(): void {
    drain().catch((error: unknown) => log.error({ event: 'spool_waits', err: error }))
  }

  return {
    async append(arrival) {
      if (!SENT_ONCE.has(arrival.source)) return inbox.append(arrival)
      // While others wait here nobody overtakes them, and nobody waits for a store that is known to be away.
      return (isEmpty() ? await tryInbox(arrival) : null) ?? keep(arrival)
    },
    drain,
    count: () => z.object({ count: z.number() }).parse(countAll.get()).count,
    start() {
      const timer = setInterval(look, LOOK_EVERY_MS)
      look()
      return {
        async stop() {
          clearInterval(timer)
          await draining?.catch(() => undefined)
          file.close()
        },
      }
    },
  }
}

function toArrival(row: unknown): KeptArrival {
  const { received_at: receivedAt, secret_id: secretId, message_id: messageId, ...rest } = ROW.parse(row)
  return { ...rest, receivedAt, secretId, messageId }
}
