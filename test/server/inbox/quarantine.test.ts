import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeStores } from '../../helpers/stores.ts'
import { createBench, RUN, readRow, readRows, readStatus, SECRET, START, tell } from './helpers/create-bench.ts'
import { startDoors } from './helpers/start-doors.ts'

const HOUR_MS = 60 * 60 * 1000
const NEW_SECRET = 'the-secret-that-was-meant'

describeStores('quarantine', (stores) => {
  it('lets in, under a new secret, what was refused under the old: in its place, processed as if it had been right', async () => {
    const store = await stores.open()
    const wrong = await createBench(store)
    const id = await wrong.receive(tell('APPROVED'), { secret: NEW_SECRET })
    const held = await readRow(store, id)
    assert.equal(held.outcome, 'quarantined')
    assert.equal(held.reason, 'sig_mismatch')
    assert.equal(held.state, null, 'it waits for nobody')
    await wrong.processor.drain()
    assert.equal(await readStatus(store), undefined, 'and moves nothing')

    const right = await createBench(store, { secrets: [SECRET, NEW_SECRET] })
    right.clock.at = START + HOUR_MS
    assert.equal(await right.quarantine.review(), 1)
    await right.processor.drain()
    const released = await readRow(store, id)
    assert.equal(released.outcome, 'accepted')
    assert.equal(released.received_at, START, 'as it arrived')
    assert.equal(released.reason, null)
    assert.equal(released.headers, null)
    assert.equal(released.event, 'orchestration/workflow_execution_finished')
    assert.ok(released.secret_id)
    assert.equal(await readStatus(store), 'approved')
    assert.equal(await right.quarantine.review(), 0)
    assert.match(right.readLog(), /quarantine_released/)
    assert.doesNotMatch(right.readLog(), new RegExp(`${NEW_SECRET}|${RUN}`))
  })

  it('lets in what a licence key signs, in its environment', async () => {
    const store = await stores.open()
    const body = Buffer.from(JSON.stringify({ event: 'aml:person_updates', date: '2026-11-01T10:00:00Z', data: {} }))
    const id = await (await createBench(store, { licenseKeys: ['old'] })).receive(body, {
      source: 'seon-fraud',
      secret: 'new',
    })
    assert.equal((await readRow(store, id)).outcome, 'quarantined')
    assert.equal(await (await createBench(store, { licenseKeys: ['new'] })).quarantine.review(), 1)
    assert.equal((await readRow(store, id)).outcome, 'accepted')
  })

  it('stays shut for everything else', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    await bench.receive(tell('APPROVED'), { secret: 'a forger’s' })
    const before = await readRows(store)
    const again = await createBench(store, { secrets: [SECRET, NEW_SECRET] })
    assert.equal(await again.quarantine.review(), 0)
    await again.processor.drain()
    assert.deepEqual(await readRows(store), before)
    assert.equal(await readStatus(store), undefined)
  })

  it('counts what was accepted meanwhile, or lies there twice, once', async () => {
    const store = await stores.open()
    const wrong = await createBench(store)
    const approved = tell('APPROVED')
    const declined = tell('DECLINED', { event: 'updated', timestamp: '2026-11-02T10:00:00Z' })
    const held = [
      await wrong.receive(approved, { secret: NEW_SECRET }),
      await wrong.receive(declined, { secret: NEW_SECRET }),
      await wrong.receive(declined, { secret: NEW_SECRET }),
    ]
    const right = await createBench(store, { secrets: [NEW_SECRET] })
    const original = await right.receive(approved, { secret: NEW_SECRET })
    assert.equal(await right.quarantine.review(), 3)
    await right.processor.drain()
    const rows = await Promise.all(held.map((id) => readRow(store, id)))
    assert.deepEqual(rows.map((row) => row.outcome).toSorted(), ['accepted', 'duplicate', 'duplicate'])
    assert.equal(rows[0]?.outcome, 'duplicate')
    assert.equal(rows[0]?.duplicate_of, original)
    assert.ok(rows.every((row) => row.outcome === 'accepted' || row.body === null))
    assert.equal(await readStatus(store), 'declined')
    assert.equal((await store.db.selectFrom('reports').selectAll().execute()).length, 2)
  })

  it('is emptied once where several nodes review it at the same time', async () => {
    const store = await stores.open()
    const wrong = await createBench(store)
    for (let count = 0; count < 45; count++) {
      await wrong.receive(tell('APPROVED', { run: `run-${count}` }), { secret: NEW_SECRET })
    }
    const nodes = await Promise.all([1, 2, 3].map(() => createBench(store, { secrets: [NEW_SECRET] })))
    await Promise.all(nodes.map((node) => node.quarantine.review()))
    await Promise.all(nodes.map((node) => node.processor.drain()))
    const rows = await readRows(store)
    assert.equal(rows.length, 45)
    assert.ok(rows.every((row) => row.outcome === 'accepted' && row.state === null))
    assert.equal((await store.db.selectFrom('reports').selectAll().execute()).length, 45)
  })

  it('sees what another node, still without the new secret, refuses later', async () => {
    const store = await stores.open()
    const right = await createBench(store, { secrets: [SECRET, NEW_SECRET] })
    assert.equal(await right.quarantine.review(), 0)
    const behind = await createBench(store)
    const id = await behind.receive(tell('APPROVED'), { secret: NEW_SECRET })
    assert.equal(await right.quarantine.review(), 1)
    assert.equal((await readRow(store, id)).outcome, 'accepted')
  })

  it('holds no more than 50 of one peer and 16 MiB in all, even of those who come at once', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const forge = (index: number, peer: string) =>
      bench.receive(tell('APPROVED', { run: `forged-${index}` }), { secret: 'forged', peer })
    await Promise.all(Array.from({ length: 60 }, (_, index) => forge(index, 'one')))
    const held = await readRows(store)
    const countHeld = (rows: typeof held) => rows.filter((row) => row.outcome === 'quarantined').length
    assert.equal(held.length, 60, 'all are listed')
    assert.ok(held.every((row) => (row.body !== null) === (row.outcome === 'quarantined')))
    // PostgreSQL lets ten connections look at the same room.
    assert.ok(countHeld(held) >= 50 && countHeld(held) <= (store.engine === 'sqlite' ? 50 : 60))

    await store.db.deleteFrom('deliveries').execute()
    bench.clock.at += 60_000
    const large = Buffer.concat([tell('APPROVED'), Buffer.alloc(2 * 1024 * 1024 - 1000, ' ')])
    for (let index = 0; index < 10; index++) {
      await bench.receive(Buffer.concat([large, Buffer.from(String(index))]), { secret: 'forged', peer: `p${index}` })
    }
    const bytes = (await readRows(store)).reduce((sum, row) => sum + (row.body?.byteLength ?? 0), 0)
    assert.ok(bytes > 14 * 1024 * 1024 && bytes <= 16 * 1024 * 1024)
  })

  it('holds no more than 1,000', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const forge = (peer: string) => bench.receive(tell('APPROVED'), { secret: 'forged', peer })
    const sample = await readRow(store, await forge('first'))
    const others = Array.from({ length: 998 }, (_, index) => ({ ...sample, id: `other-${index}` }))
    for (let start = 0; start < others.length; start += 100) {
      await store.db
        .insertInto('deliveries')
        .values(others.slice(start, start + 100))
        .execute()
    }
    assert.equal((await readRow(store, await forge('second'))).outcome, 'quarantined')
    assert.equal((await readRow(store, await forge('third'))).outcome, 'rejected')
  })

  it('writes 300 refusals a minute at most, and says so where there was no row', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const refuse = () => bench.receive(tell('APPROVED'), { secret: 'forged', peer: 'flood' })
    const ids = await Promise.all(Array.from({ length: 310 }, refuse))
    assert.equal(ids.filter((id) => id === '').length, 10)
    assert.equal((await readRows(store)).length, 300)
    bench.clock.at += 60_000
    assert.notEqual(await refuse(), '')
  })

  it('ends after 72 hours: the row stays, what was in it goes', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const id = await bench.receive(tell('APPROVED'), { secret: NEW_SECRET })
    bench.clock.at = START + 72 * HOUR_MS
    assert.equal((await bench.retention.sweep()).quarantined, 0)
    bench.clock.at += 1
    assert.equal((await bench.retention.sweep()).quarantined, 1)
    const row = await readRow(store, id)
    assert.deepEqual([row.outcome, row.body, row.headers, row.reason], ['rejected', null, null, 'sig_mismatch'])
    assert.equal(await (await createBench(store, { secrets: [NEW_SECRET] })).quarantine.review(), 0)
  })

  it('is emptied by a restart with the secret that was meant', async () => {
    const url = await stores.createUrl()
    const wrong = await startDoors({ DATABASE_URL: url, SEON_WEBHOOK_SECRET: 'pasted-wrong' })
    const [held] = await wrong.arrivals(async () => assert.equal((await wrong.post(tell('APPROVED'))).status, 401))
    await wrong.close()
    assert.equal(held?.outcome, 'quarantined')

    const right = await startDoors({ DATABASE_URL: url })
    try {
      const settled = await right.settled(held.id)
      assert.deepEqual([settled.outcome, settled.receivedAt], ['accepted', held.receivedAt])
      const { status } = await right.ask<{ status: string }>(`/api/verifications/${settled.verificationId}`)
      assert.equal(status, 'approved')
    } finally {
      await right.close()
    }
  })
})
