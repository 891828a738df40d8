import assert from 'node:assert/strict'
import { afterEach, beforeEach } from 'node:test'
import { pino } from 'pino'
import { createIds } from '../../../../server/ids.ts'
import { type Backlog, createOutbox } from '../../../../server/outbound/outbox.ts'
import { createStatusWebhook, type StatusWebhook } from '../../../../server/outbound/status-webhook.ts'
import type { Status } from '../../../../server/protocol.ts'
import { openStore } from '../../../../server/store/engine/open-store.ts'
import type { Store } from '../../../../server/store/engine/store.ts'
import { describeStores } from '../../../helpers/stores.ts'
import { changeStatus } from './change-status.ts'
import { type Receiver, SECRET, startReceiver } from './start-receiver.ts'

export const MINUTE_MS = 60_000
export const DAY_MS = 24 * 60 * MINUTE_MS
export const COURSE: readonly Status[] = ['created', 'started', 'submitted', 'review', 'approved']

/** One test's store, receiver and clock. */
export interface Bench {
  store: Store
  receiver: Receiver
  /** The common clock of all nodes, epoch ms. */
  now: number
  logged: string
  /** A node; `random` is 1, so every pause is its longest. */
  createNode(more?: { store?: Store; url?: string; timeoutMs?: number }): Promise<StatusWebhook>
  /** Lets a run reach these statuses, a millisecond apart. */
  change(vendorId: string, ...statuses: Status[]): Promise<void>
  listen(answer: Receiver['answer']): void
  /** The statuses that arrived of a run, every try counted. */
  statusesOf(vendorId: string): Status[]
  readBacklog(): Promise<Backlog>
  /** Turns the clock to when the next message is due; false where none waits. */
  turnToNext(): Promise<boolean>
  /** Closes the store and opens it again. */
  reopen(): Promise<void>
  /** The same store, as another server opens it: PostgreSQL only. Closed with the test. */
  openAgain(): Promise<Store>
}

/** A suite on both stores; each test has a bench of its own, and none may leave secrets or names in the log. */
export function describeNodes(name: string, suite: (readBench: () => Bench) => void): void {
  describeStores(name, (stores) => {
    let bench: Bench
    let close: () => Promise<void>
    beforeEach(async () => {
      ;({ bench, close } = await createBench(await stores.createUrl()))
    })
    afterEach(async () => {
      await close()
      for (const canary of ['CANARY', SECRET, 'Zoë', 'v1,'])
        assert.equal(bench.logged.includes(canary), false, bench.logged)
    })
    suite(() => bench)
  })
}

async function createBench(storeUrl: string): Promise<{ bench: Bench; close: () => Promise<void> }> {
  const receiver = await startReceiver()
  const others: Store[] = []
  const now = () => bench.now
  const log = pino({}, { write: (line: string) => (bench.logged += line) })
  const bench: Bench = {
    store: await openStore(storeUrl),
    receiver,
    now: Date.parse('2026-03-01T12:00:00Z'),
    logged: '',
    createNode: (more = {}) =>
      createStatusWebhook({
        url: receiver.url,
        secrets: [SECRET],
        store: bench.store,
        log,
        newId: createIds(now),
        now,
        random: () => 1,
        ...more,
      }),
    async change(vendorId, ...statuses) {
      for (const status of statuses) await changeStatus(bench.store, vendorId, status, ++bench.now)
    },
    listen(answer) {
      receiver.answer = answer
    },
    statusesOf: (vendorId) => receiver.arrived.filter((each) => each.vendorId === vendorId).map((each) => each.status),
    readBacklog: () => createOutbox({ store: bench.store, now }).readBacklog(),
    async turnToNext() {
      const waiting = await bench.store.db.selectFrom('outbox').selectAll().where('dead_at', 'is', null).execute()
      if (waiting.length === 0) return false
      const byVerification = Map.groupBy(waiting, (row) => row.verification_id)
      const oldest = [...byVerification.values()].flatMap(
        (rows) => rows.toSorted((a, b) => a.revision - b.revision)[0] ?? [],
      )
      bench.now = Math.max(bench.now, Math.min(...oldest.map((row) => row.next_attempt_at)))
      return true
    },
    async reopen() {
      await bench.store.close()
      bench.store = await openStore(storeUrl)
    },
    async openAgain() {
      const other = await openStore(storeUrl)
      others.push(other)
      return other
    },
  }
  return {
    bench,
    async close() {
      await receiver.stop()
      for (const store of [bench.store, ...others]) await store.close()
    },
  }
}
