import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Parsers } from '../../../server/inbox/process-deliveries.ts'
import { createSeonReceiver } from '../../../server/vendors/seon.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createBench, readRow, readStatus, START, tell } from './helpers/create-bench.ts'

const seon = createSeonReceiver({ secrets: [], environment: 'sandbox' })

/** Fails on one delivery as a bug of ours would. */
const parsers: Parsers = {
  seon: {
    parse(body) {
      if (Buffer.from(body).includes('poison')) throw new TypeError('a bug of ours')
      return seon.parse(body)
    },
  },
}

describeStores('a poison delivery', (stores) => {
  it('holds up nobody: not those of its batch, not those after it', async () => {
    const store = await stores.open()
    const bench = await createBench(store, { parsers })
    const runs = Array.from({ length: 130 }, (_, index) => (index === 57 ? 'poison' : `run-${index}`))
    for (const run of runs) await bench.receive(tell('APPROVED', { run }))
    await bench.processor.drain()
    for (const run of runs) assert.equal(await readStatus(store, run), run === 'poison' ? undefined : 'approved', run)
    await bench.receive(tell('DECLINED', { run: 'later' }))
    await bench.processor.drain()
    assert.equal(await readStatus(store, 'later'), 'declined')
  })

  it('is tried ten times at growing distances, and then is a dead letter that is listed and logged', async () => {
    const store = await stores.open()
    const bench = await createBench(store, { parsers })
    const id = await bench.receive(tell('APPROVED', { run: 'poison' }))
    const delays: number[] = []
    for (let attempt = 1; attempt < 10; attempt++) {
      await bench.processor.drain()
      const row = await readRow(store, id)
      assert.deepEqual([row.attempts, row.state, row.outcome], [attempt, 'pending', 'accepted'])
      delays.push((row.next_attempt_at - bench.clock.at) / 1000)
      bench.clock.at = row.next_attempt_at - 1
      await bench.processor.drain()
      assert.equal((await readRow(store, id)).attempts, attempt, 'not before its time')
      bench.clock.at += 1
    }
    // The bench's random is 1; 17 minutes in all.
    assert.deepEqual(delays, [2, 4, 8, 16, 32, 64, 128, 256, 512])
    await bench.processor.drain()
    const dead = await readRow(store, id)
    assert.deepEqual([dead.attempts, dead.state, dead.outcome, dead.reason], [10, null, 'dead', 'failed'])
    assert.notEqual(dead.body, null)
    assert.match(bench.readLog(), /delivery_dead/)
    bench.clock.at += 60 * 60 * 1000
    await bench.processor.drain()
    assert.deepEqual(await readRow(store, id), dead, 'nobody tries any more')
  })

  it('comes back at half its delay at the soonest, at random', async () => {
    const store = await stores.open()
    const bench = await createBench(store, { parsers, random: () => 0 })
    const id = await bench.receive(tell('APPROVED', { run: 'poison' }))
    await bench.processor.drain()
    assert.equal((await readRow(store, id)).next_attempt_at, START + 1000)
  })

  it('B1 row 24: a text that the database refuses is one, never an endless loop', async () => {
    const store = await stores.open()
    const nul: Parsers = { seon: { parse: (body) => ({ ...seon.parse(body), event: 'a\u0000b' }) } }
    const bench = await createBench(store, { parsers: nul })
    const id = await bench.receive(tell('APPROVED'))
    for (let attempt = 0; attempt < 12; attempt++) {
      await bench.processor.drain()
      bench.clock.at += 60 * 60 * 1000
    }
    const row = await readRow(store, id)
    assert.equal(row.state, null)
    // PostgreSQL has no zero character in texts, SQLite has.
    assert.equal(row.outcome, store.engine === 'postgres' ? 'dead' : 'accepted')
  })
})
