import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { pino } from 'pino'
import { type Changefeed, createChangefeed } from '../../../server/live/changefeed.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { startPostgres, type TestPostgres, withoutPostgres } from '../../helpers/postgres.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createCorridor } from '../../oracle/corridor.ts'
import type { Fact } from '../../oracle/facts.ts'
import { T0 } from '../../oracle/histories.ts'
import { expectStates } from '../../oracle/oracle.ts'
import { ENVIRONMENT } from '../../oracle/reports.ts'
import { Screen } from '../../oracle/screen.ts'
import { assertBooksBalance, assertStored, idOf } from '../../oracle/stored.ts'

const log = pino({ level: 'silent' })

const toScreen = async (feed: Changefeed) => new Screen(await feed.snapshot())

function assertSame(screen: Screen, fresh: Screen): void {
  assert.equal(screen.revision, fresh.revision)
  assert.deepEqual(screen.counts, fresh.counts)
  assert.deepEqual(screen.rows, fresh.rows)
}

/** A run with a session that comes before anything is known of its run, and so stands alone until then. */
function storyOf(name: string): Fact[] {
  const user = `user-${name}`
  const session = { legacy: false, status: 'APPROVED', run: null, user, document: 'PASS', liveness: null }
  return [
    { ...session, kind: 'session', session: `ses-${name}`, name: 'session_finished', duplicates: null, ...times(10) },
    { kind: 'init', run: `run-${name}`, user, workflow: 'workflow', transaction: null, at: T0 },
    { kind: 'hint', run: `run-${name}`, hint: 'completed' },
    { kind: 'execution', run: `run-${name}`, name: 'finished', status: 'REVIEW', workflow: null, time: T0 + 20_000 },
    { kind: 'execution', run: `run-${name}`, name: 'updated', status: 'DECLINED', workflow: null, time: T0 + 20_000 },
  ]
}

function times(seconds: number) {
  return { startedAt: T0 + seconds * 1000, time: T0 + (seconds + 5) * 1000 }
}

describeStores('changefeed', (stores) => {
  it('answers what was missed since a revision, and null where it cannot know', async () => {
    const store = await stores.open()
    const feed = await createChangefeed({ store, log })
    assert.deepEqual((await feed.since(0))?.verifications, [], 'nothing is missed in a new store')
    const corridor = await createCorridor(store, T0)
    const start = await toScreen(feed)
    for (const name of ['a', 'b', 'c']) {
      await corridor.play(storyOf(name).map((fact) => ({ fact, pause: true })))
    }
    const newest = await feed.snapshot()
    assert.ok(newest.revision > 12)

    for (let since = 0; since <= newest.revision; since += 1) {
      const stretch = await feed.since(since)
      assert.deepEqual([stretch?.from, stretch?.to], [since, newest.revision])
    }
    const all = await feed.since(0)
    assert.ok(all !== null)
    start.apply(all)
    assertSame(start, new Screen(newest))

    for (const never of [newest.revision + 1, -1, 0.5, NaN, Infinity, -Infinity, 2 ** 53]) {
      assert.equal(await feed.since(never), null, `${never} was never issued`)
    }

    const kept = newest.revision - 3
    await store.db.deleteFrom('changes').where('revision', '<', kept).execute()
    assert.equal(await feed.since(kept - 2), null, 'what was pruned is gone')
    for (const since of [kept - 1, kept, newest.revision]) {
      assert.deepEqual((await feed.since(since))?.to, newest.revision, `${since} is still known`)
    }
    await feed.stop()
  })

  it('sends who missed more than a thousand changes to the snapshot', async () => {
    const store = await stores.open()
    const feed = await createChangefeed({ store, log })
    const change = { verification_id: 'ver_gone', status: 'created', previous_status: null, at: T0 } as const
    const changes = Array.from({ length: 1001 }, (_, index) => ({ ...change, revision: index + 1 }))
    await store.db.insertInto('changes').values(changes).execute()
    assert.equal(await feed.since(0), null)
    assert.deepEqual(await feed.since(1).then((stretch) => stretch?.removed), ['ver_gone'])
    await feed.stop()
  })

  it('tells nobody who has left, and nothing after it was stopped', async () => {
    const store = await stores.open()
    const feed = await createChangefeed({ store, log })
    const corridor = await createCorridor(store, T0)
    const told: number[] = []
    const leave = feed.subscribe(() => told.push(1))
    const heard = new Promise((resolve) => feed.subscribe(resolve))
    leave()
    await corridor.play(storyOf('a').map((fact) => ({ fact, pause: false })))
    await heard
    await feed.stop()
    feed.subscribe(() => told.push(2))
    await corridor.play(storyOf('b').map((fact) => ({ fact, pause: false })))
    assert.deepEqual(told, [])
  })
})

const WRITERS = 16
const STORIES = 2

describe('changefeed of two nodes on one PostgreSQL', { skip: withoutPostgres }, () => {
  let postgres: TestPostgres
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres.remove())

  it('brings 16 writers’ every revision to every subscriber, in order and without gap', async () => {
    await assertNodesAgree(async () => undefined)
  })

  it('heals when every connection is cut, again and again', async () => {
    await assertNodesAgree(async (url, isWriting) => {
      const cutter = new pg.Client(url)
      await cutter.connect()
      for (let cuts = 0; cuts < 5 || (isWriting() && cuts < 50); cuts += 1) {
        await cutter.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
        )
        await delay(100)
      }
      await cutter.end()
    })
  })

  it('heals when PostgreSQL is restarted in the middle', async () => {
    await assertNodesAgree(async () => {
      await delay(300)
      await postgres.stop()
      await delay(300)
      await postgres.start()
    })
  })

  /** Plays stories on two nodes while `disturb` is at work; then all screens, on either node, show what a fresh one does. */
  async function assertNodesAgree(disturb: (url: string, isWriting: () => boolean) => Promise<void>): Promise<void> {
    const url = await postgres.createDatabase()
    const nodes = await Promise.all([openNode(url), openNode(url)])
    const [first, second] = nodes
    const poller = pollSince(second.feed)
    try {
      let isWriting = true
      const facts: Fact[] = []
      const writers = Array.from({ length: WRITERS }, async (_, writer) => {
        for (let story = 0; story < STORIES; story += 1) {
          for (const fact of storyOf(`${writer}.${story}`)) {
            facts.push(fact)
            const { corridor } = facts.length % 2 === 0 ? first : second
            await untilDone(() => corridor.send(fact))
          }
        }
      })
      const written = Promise.all(writers).finally(() => {
        isWriting = false
      })
      await Promise.all([written, disturb(url, () => isWriting)])
      await untilDone(async () => {
        const waiting = await first.store.db
          .selectFrom('deliveries')
          .select('id')
          .where('state', '=', 'pending')
          .execute()
        assert.equal(waiting.length, 0, 'deliveries are still waiting')
      })

      const fresh = new Screen(await first.feed.snapshot())
      const screens = nodes.flatMap((node) => node.screens)
      for (const screen of screens) await untilReached(screen, fresh.revision)
      for (const screen of [...screens, await poller.finish()]) assertSame(screen, fresh)
      assert.deepEqual(
        nodes.flatMap(({ faults }) => faults),
        [],
      )
      const arrivals = facts.map((fact) => ({ fact, receivedAt: T0 }))
      await assertStored(first.store, '', expectStates(arrivals, idOf, ENVIRONMENT), { resent: true })
      await assertBooksBalance(first.store)
    } finally {
      await poller.finish()
      for (const { close } of nodes) await close()
    }
  }
})

/** A server's part in this: its store, a processor at work, its feed and two subscribers. */
async function openNode(url: string) {
  const store: Store = await openStore(url)
  const feed = await createChangefeed({ store, log })
  const corridor = await createCorridor(store)
  const processing = corridor.processor.start()
  const screens = [await toScreen(feed), await toScreen(feed)]
  const faults: unknown[] = []
  const leave = screens.map((screen) =>
    feed.subscribe((stretch) => {
      try {
        screen.apply(stretch)
      } catch (error) {
        faults.push(error)
      }
    }),
  )
  async function close(): Promise<void> {
    for (const undo of leave) undo()
    await processing.stop()
    await feed.stop()
    await store.close()
  }
  return { store, feed, corridor, screens, faults, close }
}

/** A screen that never listens and only asks now and then what it missed. */
function pollSince(feed: Changefeed): { finish(): Promise<Screen> } {
  let isLast = false
  async function poll(): Promise<Screen> {
    let screen = await untilDone(() => toScreen(feed))
    for (;;) {
      const wasLast = isLast
      const stretch = await untilDone(() => feed.since(screen.revision))
      if (stretch === null) screen = await untilDone(() => toScreen(feed))
      else screen.apply(stretch)
      if (wasLast) return screen
      await delay(20)
    }
  }
  const polling = poll()
  return {
    finish() {
      isLast = true
      return polling
    },
  }
}

/** As senders do: again until it is acknowledged. */
async function untilDone<T>(attempt: () => Promise<T>): Promise<T> {
  for (let attempts = 0; ; attempts += 1) {
    try {
      return await attempt()
    } catch (error) {
      if (attempts === 200) throw error
      await delay(50)
    }
  }
}

async function untilReached(screen: Screen, revision: number): Promise<void> {
  for (let looks = 0; screen.revision < revision; looks += 1) {
    assert.ok(looks < 500, `a subscriber stands at ${screen.revision} of ${revision}`)
    await delay(20)
  }
}
