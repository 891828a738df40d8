import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { openStore } from '../../../server/store/engine/open-store.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createBench, readRow, readRows, readStatus, START, tell } from './helpers/create-bench.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const CANARY = 'canary-of-invented-street-12'

describeStores('retention', (stores) => {
  it('deletes raw bodies after RAW_RETENTION_DAYS; rows, reports and statuses stay', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const first = await bench.receive(tell('APPROVED', { run: 'first' }))
    bench.clock.at += 1
    const second = await bench.receive(tell('APPROVED', { run: 'second' }))
    await bench.processor.drain()
    bench.clock.at = START + 30 * DAY_MS
    assert.deepEqual(await bench.retention.sweep(), { bodies: 0, quarantined: 0, rows: 0 })
    bench.clock.at += 1
    assert.deepEqual(await bench.retention.sweep(), { bodies: 1, quarantined: 0, rows: 0 })
    assert.equal((await readRow(store, first)).body, null)
    assert.notEqual((await readRow(store, second)).body, null)
    assert.equal((await readRow(store, first)).outcome, 'accepted')
    assert.equal(await readStatus(store, 'first'), 'approved')
    assert.equal((await store.db.selectFrom('reports').selectAll().execute()).length, 2)
    assert.deepEqual(await bench.retention.sweep(), { bodies: 0, quarantined: 0, rows: 0 })
  })

  it('still knows what has been delivered when its bytes are gone', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const first = await bench.receive(tell('APPROVED'))
    await bench.processor.drain()
    bench.clock.at += 400 * DAY_MS
    await bench.retention.sweep()
    const again = await readRow(store, await bench.receive(tell('APPROVED')))
    assert.equal(again.outcome, 'duplicate')
    assert.equal(again.duplicate_of, first)
    await bench.processor.drain()
    assert.equal((await store.db.selectFrom('reports').selectAll().execute()).length, 1)
  })

  it('takes no bytes from what has not been processed yet', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const id = await bench.receive(tell('APPROVED'))
    bench.clock.at += 400 * DAY_MS
    assert.equal((await bench.retention.sweep()).bodies, 0)
    await bench.processor.drain()
    assert.equal(await readStatus(store), 'approved')
    assert.equal((await bench.retention.sweep()).bodies, 1)
    assert.equal((await readRow(store, id)).body, null)
  })

  it('deletes rows of rejected deliveries and of duplicates by age, and no others', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    await bench.receive(tell('APPROVED'))
    await bench.processor.drain()
    await bench.receive(tell('APPROVED'))
    await bench.receive(tell('DECLINED'), { secret: 'forged' })
    bench.clock.at = START + 4 * DAY_MS
    assert.deepEqual(await bench.retention.sweep(), { bodies: 0, quarantined: 1, rows: 0 })
    bench.clock.at = START + 31 * DAY_MS
    assert.deepEqual(await bench.retention.sweep(), { bodies: 1, quarantined: 0, rows: 2 })
    assert.deepEqual(
      (await readRows(store)).map((row) => row.outcome),
      ['accepted'],
    )
  })

  it('keeps the newest of them where there are more than it may keep, in batches', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    await bench.receive(tell('APPROVED'))
    await bench.processor.drain()
    // The bench keeps 250; a batch is 200.
    for (let count = 0; count < 700; count++) await bench.receive(tell('APPROVED'))
    const before = (await readRows(store)).map((row) => row.id)
    assert.deepEqual(await bench.retention.sweep(), { bodies: 0, quarantined: 0, rows: 450 })
    const [original, ...others] = await readRows(store)
    assert.equal(original?.outcome, 'accepted')
    assert.deepEqual(
      others.map((row) => row.id),
      before.slice(-250),
    )
  })

  it('deletes many bodies in batches, on several nodes at once', async () => {
    const store = await stores.open()
    const nodes = await Promise.all([createBench(store), createBench(store)])
    const [one] = nodes
    const bodies = Array.from({ length: 450 }, (_, index) => tell('APPROVED', { run: `run-${index}` }))
    await Promise.all(bodies.map((body) => one.receive(body)))
    await one.processor.drain()
    for (const node of nodes) node.clock.at += 31 * DAY_MS
    const swept = await Promise.all(nodes.map((node) => node.retention.sweep()))
    assert.equal(
      swept.reduce((sum, { bodies: count }) => sum + count, 0),
      450,
    )
    assert.ok((await readRows(store)).every((row) => row.body === null))
  })
})

describe('retention in the files of SQLite', () => {
  it('leaves nothing of a deleted body in them', async (test) => {
    const folder = await mkdtemp(join(tmpdir(), 'seon-verify-retention-'))
    const path = join(folder, 'store.db')
    const store = await openStore(`sqlite:${path}`)
    test.after(async () => {
      await store.close()
      await rm(folder, { recursive: true, force: true })
    })
    const readFiles = async () => Buffer.concat(await Promise.all([path, `${path}-wal`].map((file) => readFile(file))))
    const bench = await createBench(store)
    const event = { event: 'account/of_the_future', data: { address: CANARY, pages: 'x'.repeat(20_000) } }
    await bench.receive(Buffer.from(JSON.stringify(event)))
    await bench.receive(Buffer.from(JSON.stringify({ ...event, note: CANARY })), { secret: 'forged' })
    await bench.processor.drain()
    assert.ok((await readFiles()).includes(CANARY))
    bench.clock.at += 31 * DAY_MS
    await bench.retention.sweep()
    assert.ok(!(await readFiles()).includes(CANARY))
  })
})
