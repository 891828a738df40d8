import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openStore } from '../../../../server/store/engine/open-store.ts'
import type { Store } from '../../../../server/store/engine/store.ts'
import { startPostgres, type TestPostgres, withoutPostgres } from '../../../helpers/postgres.ts'
import { startTcpProxy } from '../../../helpers/tcp-proxy.ts'

async function isUp(store: Store): Promise<boolean> {
  return sql`select 1`.execute(store.db).then(
    () => true,
    () => false,
  )
}

async function awaitWake(store: Store, say: () => Promise<unknown>): Promise<void> {
  const woken = new Promise<void>((resolve) => store.onWake((topic) => topic === 'sessions' && resolve()))
  await say()
  await woken
}

describe('a PostgreSQL that goes away', { skip: withoutPostgres }, () => {
  let postgres: TestPostgres
  before(async () => {
    postgres = await startPostgres()
  })
  after(() => postgres.remove())

  it('is told from a slow one within seconds where it says nothing at all, and found again at once', async () => {
    const url = new URL(await postgres.createDatabase())
    const proxy = await startTcpProxy(Number(url.port))
    const near = await openStore(url.href)
    url.port = String(proxy.port)
    const store = await openStore(url.href)
    await Promise.all(Array.from({ length: 10 }, () => sql`select pg_sleep(0.1)`.execute(store.db)))

    proxy.swallow()
    const since = performance.now()
    await assert.rejects(store.transactAlone((trx) => sql`select 1`.execute(trx)))
    const took = performance.now() - since
    assert.ok(took < 10_000, `${took} ms`)
    assert.equal(await isUp(store), false)

    proxy.heal()
    const healed = performance.now()
    for (let index = 0; index < 20; index++) assert.equal(await isUp(store), true)
    assert.ok(performance.now() - healed < 2000, 'no connection of before is used again')
    await awaitWake(store, () => near.transact((trx) => near.wake(trx, 'sessions')))
    await store.close()
    await near.close()
  })

  it('keeps no statement waiting, and leaves a quiet one in peace', async () => {
    const store = await openStore(await postgres.createDatabase())
    const quiet = sql`select pg_sleep(4)`.execute(store.db)
    await assert.rejects(sql`select pg_sleep(30)`.execute(store.db), { code: '57014' })
    await quiet
    assert.equal(await isUp(store), true)
    await store.close()
  })

  it('comes back after a restart: queries at once, wake-ups too', async () => {
    const store = await openStore(await postgres.createDatabase())
    const lent = store.transact(async (trx) => {
      await sql`select 1`.execute(trx)
      // Its connection is cut while it does something else.
      await postgres.stop()
      await new Promise((resolve) => setTimeout(resolve, 100))
      await sql`select 1`.execute(trx)
    })
    await assert.rejects(lent)
    const since = performance.now()
    assert.equal(await isUp(store), false)
    assert.ok(performance.now() - since < 1000, 'refused, not waited for')
    // Everything that was said meanwhile may have been missed: whoever listens is told to look.
    await awaitWake(store, () => postgres.start())
    assert.equal(await isUp(store), true)
    await awaitWake(store, () => store.transact((trx) => store.wake(trx, 'sessions')))
    await store.close()
  })
})
