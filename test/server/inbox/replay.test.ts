import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Parsers } from '../../../server/inbox/process-deliveries.ts'
import { readCounts } from '../../../server/store/engine/kinds.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createSeonReceiver } from '../../../server/vendors/seon.ts'
import { describeStores } from '../../helpers/stores.ts'
import { type Bench, createBench, RUN, readRow, readRows, readStatus, START, tell } from './helpers/create-bench.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const WHOLE_DAY = { from: START - DAY_MS, to: START + DAY_MS }

const seon = createSeonReceiver({ secrets: [], environment: 'sandbox' })

/** A release that did not yet know the word. */
const EARLIER: Parsers = {
  seon: {
    parse(body) {
      const parsed = seon.parse(body)
      const reports = parsed.reports.map(({ status: _, ...report }) => ({ ...report, kind: 'unrecognised' as const }))
      return { ...parsed, recognised: false, reports }
    },
  },
}

/** A release that cannot cope with it at all. */
const BROKEN: Parsers = {
  seon: {
    parse() {
      throw new TypeError('a bug of ours')
    },
  },
}

/** All that a replay may touch, to see whether it did. */
async function readAll(store: Store) {
  const { db } = store
  return {
    deliveries: await readRows(store),
    reports: await db.selectFrom('reports').selectAll().orderBy('id').execute(),
    verifications: await db.selectFrom('verifications').selectAll().orderBy('id').execute(),
    changes: await db.selectFrom('changes').selectAll().orderBy('revision').execute(),
    counts: await readCounts(db),
  }
}

/** Resolves once every wake-up so far has been heard: they come in order. */
async function listenThrough(store: Store): Promise<void> {
  const heard = Promise.withResolvers<void>()
  const stop = store.onWake((topic) => {
    if (topic === 'sessions') heard.resolve()
  })
  await store.transact((trx) => store.wake(trx, 'sessions'))
  await heard.promise
  stop()
}

async function receiveRuns(bench: Bench, count: number): Promise<string[]> {
  const ids: string[] = []
  for (let index = 0; index < count; index++) {
    ids.push(await bench.receive(tell('APPROVED', { run: `run-${index}` })))
    bench.clock.at += 1
  }
  await bench.processor.drain()
  return ids
}

describeStores('replay', (stores) => {
  it('changes nothing where this release reads the same, however often', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const ids = await receiveRuns(bench, 5)
    const before = await readAll(store)
    for (const selection of [{ ids }, WHOLE_DAY, { ids: ids.slice(0, 1) }]) {
      const matched = 'ids' in selection ? selection.ids.length : 5
      assert.deepEqual(await bench.replay(selection), { matched, changed: 0 })
      assert.deepEqual(await bench.replay(selection, { dryRun: true }), { matched, changed: 0 })
    }
    assert.deepEqual(await readAll(store), before)
  })

  it('says what would change, leaves everything as it is, and then does just that, once', async () => {
    const store = await stores.open()
    await receiveRuns(await createBench(store, { parsers: EARLIER }), 3)
    assert.equal(await readStatus(store, 'run-0'), 'created')
    const before = await readAll(store)
    const bench = await createBench(store)

    await listenThrough(store)
    const woken: string[] = []
    const stopListening = store.onWake((topic) => woken.push(topic))
    assert.deepEqual(await bench.replay(WHOLE_DAY, { dryRun: true }), { matched: 3, changed: 3 })
    assert.deepEqual(await readAll(store), before)
    await listenThrough(store)
    assert.deepEqual(woken, ['sessions'], 'nobody hears of what has not happened')
    stopListening()

    assert.deepEqual(await bench.replay(WHOLE_DAY), { matched: 3, changed: 3 })
    for (const run of ['run-0', 'run-1', 'run-2']) assert.equal(await readStatus(store, run), 'approved')
    const after = await readAll(store)
    assert.ok(after.deliveries.every((row) => row.outcome === 'accepted'))
    assert.equal(after.reports.length, 3, 'the earlier reading is replaced')
    assert.equal(after.counts.approved, 3)
    assert.equal(after.counts.created, 0)
    assert.deepEqual(await bench.replay(WHOLE_DAY), { matched: 3, changed: 0 })
    assert.deepEqual(await readAll(store), after)
  })

  it('brings dead letters back to life once the bug is gone', async () => {
    const store = await stores.open()
    const broken = await createBench(store, { parsers: BROKEN })
    const id = await broken.receive(tell('DECLINED'))
    while ((await readRow(store, id)).outcome !== 'dead') {
      await broken.processor.drain()
      broken.clock.at += DAY_MS
    }
    const before = await readAll(store)
    assert.deepEqual(await broken.replay({ ids: [id] }), { matched: 1, changed: 0, failed: 1 })
    assert.deepEqual(await readAll(store), before, 'still dead')

    const mended = await createBench(store)
    assert.deepEqual(await mended.replay({ ids: [id] }), { matched: 1, changed: 1 })
    const row = await readRow(store, id)
    assert.deepEqual([row.outcome, row.reason, row.state], ['accepted', null, null])
    assert.equal(await readStatus(store), 'declined')
  })

  it('processes the others of a batch where one of them fails', async () => {
    const store = await stores.open()
    await receiveRuns(await createBench(store, { parsers: EARLIER }), 4)
    const parsers: Parsers = {
      seon: {
        parse(body) {
          if (Buffer.from(body).includes('run-2')) throw new TypeError('a bug of ours')
          return seon.parse(body)
        },
      },
    }
    const bench = await createBench(store, { parsers })
    assert.deepEqual(await bench.replay(WHOLE_DAY), { matched: 4, changed: 3, failed: 1 })
    assert.equal(await readStatus(store, 'run-2'), 'created')
    assert.equal(await readStatus(store, 'run-3'), 'approved')
  })

  it('never processes what did not verify, nor what it has no bytes of; it says so', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const forged = await bench.receive(tell('APPROVED', { run: 'forged' }), { secret: 'forged' })
    const kept = await bench.receive(tell('APPROVED'))
    const again = await bench.receive(tell('APPROVED'))
    const old = await bench.receive(tell('APPROVED', { run: 'old' }))
    await bench.processor.drain()
    await store.db.updateTable('deliveries').set({ body: null }).where('id', '=', old).execute()
    const before = await readAll(store)
    const ids = [forged, kept, again, old]
    assert.deepEqual(await bench.replay({ ids }), { matched: 4, changed: 0, skipped: 3 })
    assert.deepEqual(await bench.replay({ ...WHOLE_DAY, outcome: ['quarantined'] }), {
      matched: 1,
      changed: 0,
      skipped: 1,
    })
    assert.deepEqual(await readAll(store), before)
    assert.equal(await readStatus(store, 'forged'), undefined)
    assert.equal(await readStatus(store, 'old'), 'approved', 'what it said before its bytes went stays')
  })

  it('matches each delivery once, and ids that nothing has not at all', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const [id = ''] = await receiveRuns(bench, 1)
    assert.deepEqual(await bench.replay({ ids: [id, id, 'nothing'] }), { matched: 1, changed: 0 })
    assert.deepEqual(await bench.replay({ ids: ['nothing'] }), { matched: 0, changed: 0 })
  })

  it('takes a range from its first moment until before its last, by source and outcome, in batches', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    const count = 230
    for (let index = 0; index < count; index++) {
      await bench.receive(tell('APPROVED', { run: `run-${index}` }))
      // Many in one millisecond, so that batches end among equals.
      if (index % 70 === 69) bench.clock.at += 1
    }
    await bench.processor.drain()
    const matchedIn = async (from: number, to: number) => (await bench.replay({ from, to })).matched
    assert.equal(await matchedIn(START, START + 10), count)
    assert.equal(await matchedIn(START, START + 1), 70)
    assert.equal(await matchedIn(START + 1, START + 3), 140)
    assert.equal(await matchedIn(START + 3, START + 3), 0)
    assert.equal(await matchedIn(START + 4, START), 0)
    const range = { from: START, to: START + 10 }
    assert.equal((await bench.replay({ ...range, source: 'incode' })).matched, 0)
    assert.equal((await bench.replay({ ...range, source: 'seon', outcome: ['accepted', 'dead'] })).matched, count)
    assert.equal((await bench.replay({ ...range, outcome: ['dead'] })).matched, 0)
  })

  it('stops between batches when nobody waits for it any more', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    await receiveRuns(bench, 120)
    assert.deepEqual(await bench.replay(WHOLE_DAY, { signal: AbortSignal.abort() }), {
      matched: 0,
      changed: 0,
      stopped: true,
    })
  })

  it('stops between deliveries that are replayed singly, and counts only those', async () => {
    const store = await stores.open()
    await receiveRuns(await createBench(store, { parsers: EARLIER }), 4)
    const stopping = new AbortController()
    const parsers: Parsers = {
      seon: {
        parse(body) {
          // Both in the batch, which it spoils, and alone.
          if (!Buffer.from(body).includes('run-1')) return seon.parse(body)
          if (spoilt++ > 0) stopping.abort()
          throw new TypeError('a bug of ours')
        },
      },
    }
    let spoilt = 0
    const bench = await createBench(store, { parsers })
    const replayed = await bench.replay(WHOLE_DAY, { signal: stopping.signal })
    assert.deepEqual(replayed, { matched: 2, changed: 1, failed: 1, stopped: true })
    assert.equal(await readStatus(store, 'run-0'), 'approved')
    assert.equal(await readStatus(store, 'run-2'), 'created')
  })

  it('twice at once, and beside the processor, ends as once', async () => {
    const store = await stores.open()
    const earlier = await createBench(store, { parsers: EARLIER })
    await receiveRuns(earlier, 50)
    const nodes = await Promise.all([createBench(store), createBench(store)])
    const [one] = nodes
    await one.receive(tell('DECLINED'))
    const results = await Promise.all([...nodes.map((node) => node.replay(WHOLE_DAY)), one.processor.drain()])
    const changed = results.reduce((sum, result) => sum + (result?.changed ?? 0), 0)
    assert.ok(changed === 50 || changed === 51, `${changed}`)
    assert.equal(await readStatus(store, RUN), 'declined')
    assert.equal((await readAll(store)).counts.approved, 50)
    assert.equal((await readAll(store)).reports.length, 51)
  })
})
