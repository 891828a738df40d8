import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pino } from 'pino'
import { createIds } from '../../../server/ids.ts'
import { createChangefeed } from '../../../server/live/changefeed.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { createRecordInit } from '../../../server/store/projection/record-init.ts'
import { createHistory } from '../../../server/store/reading/history.ts'
import { describeStores } from '../../helpers/stores.ts'

const START = Date.parse('2026-03-01T12:00:00Z')
const DAY_MS = 24 * 60 * 60 * 1000

async function createBench(store: Store) {
  const clock = { now: START }
  const now = () => clock.now
  const recordInit = createRecordInit({ store, hash: createKeyedHash(new Uint8Array(32)), newId: createIds(now), now })
  return {
    clock,
    history: createHistory({ store, now }),
    /** One change. */
    begin: (run: string) => recordInit({ executionId: run, userId: run, workflow: 'kyc', environment: 'sandbox' }),
    revisions: async () => {
      const rows = await store.db.selectFrom('changes').select('revision').orderBy('revision').execute()
      return rows.map(({ revision }) => revision)
    },
  }
}

describeStores('history', (stores) => {
  it('lets changes go after a hundred days, but for the newest', async () => {
    const store = await stores.open()
    const { clock, history, begin, revisions } = await createBench(store)
    for (const run of ['1', '2']) await begin(run)
    clock.now += DAY_MS
    await begin('3')
    clock.now = START + 100 * DAY_MS
    await history.purge()
    assert.deepEqual(await revisions(), [1, 2, 3])
    clock.now += 1
    await history.purge()
    assert.deepEqual(await revisions(), [3])
    clock.now += 1000 * DAY_MS
    await history.purge()
    assert.deepEqual(await revisions(), [3])
    await begin('4')
    assert.deepEqual(await revisions(), [3, 4], 'counts on')
  })

  it('sends who was away for longer to the snapshot', async () => {
    const store = await stores.open()
    const { clock, history, begin } = await createBench(store)
    for (const run of ['1', '2', '3', '4']) await begin(run)
    const feed = await createChangefeed({ store, log: pino({ level: 'silent' }) })
    clock.now += 101 * DAY_MS
    await history.purge()
    assert.equal(await feed.since(2), null)
    assert.equal((await feed.since(3))?.to, 4)
    assert.equal((await feed.since(4))?.to, 4)
    await feed.stop()
  })

  it('forgets messages that were given up long ago, and none that waits', async () => {
    const store = await stores.open()
    const { history } = await createBench(store)
    const message = { verification_id: 'v', body: '{}', attempts: 1, next_attempt_at: 0 }
    await store.db
      .insertInto('outbox')
      .values([
        { ...message, id: 'old', revision: 1, dead_at: START - 101 * DAY_MS },
        { ...message, id: 'new', revision: 2, dead_at: START - 99 * DAY_MS },
        { ...message, id: 'waiting', revision: 3, dead_at: null },
      ])
      .execute()
    await history.purge()
    const left = await store.db.selectFrom('outbox').select('id').orderBy('id').execute()
    assert.deepEqual(
      left.map(({ id }) => id),
      ['new', 'waiting'],
    )
  })
})
