import assert from 'node:assert/strict'
import { it } from 'node:test'
import { DAY_MS, describeNodes } from './helpers/describe-nodes.ts'
import { receive, refuse } from './helpers/start-receiver.ts'

describeNodes('createStatusWebhook and its receiver', (readBench) => {
  it('waits for a receiver that says when to come again, with everything', async () => {
    const bench = readBench()
    const node = await bench.createNode()
    const plays: [status: number, headers: Record<string, string>, pauseMs: number][] = [
      [429, { 'retry-after': '120' }, 120_000],
      [503, { 'retry-after': '120' }, 120_000],
      [429, {}, 5000],
    ]
    for (const [index, [status, headers, pauseMs]] of plays.entries()) {
      bench.receiver.arrived = []
      bench.listen(refuse(status, headers))
      await bench.change(`run-${index}`, 'created')
      await node.drain()
      const until = bench.now + pauseMs
      bench.listen(receive)
      await bench.change(`other-${index}`, 'created')
      bench.now = until - 1
      await node.drain()
      assert.equal(bench.receiver.arrived.length, 1, `${status}: ${bench.receiver.arrived.length}`)
      bench.now = until
      await node.drain()
      assert.deepEqual(bench.statusesOf(`run-${index}`), ['created', 'created'])
      assert.deepEqual(bench.statusesOf(`other-${index}`), ['created'])
    }
  })

  it('does not take a 503 without such a word for more than that one message', async () => {
    const bench = readBench()
    const node = await bench.createNode()
    bench.listen((response, { vendorId }) => (vendorId === 'run-1' ? refuse(503)(response) : receive(response)))
    await bench.change('run-1', 'created')
    await node.drain()
    await bench.change('run-2', 'created')
    await node.drain()
    assert.deepEqual(bench.statusesOf('run-2'), ['created'])
  })

  it('sends nothing more after a 410, until it is started anew', async () => {
    const bench = readBench()
    const node = await bench.createNode()
    bench.listen(refuse(410))
    await bench.change('run-1', 'created')
    await node.drain()
    bench.listen(receive)
    await bench.change('run-2', 'created')
    bench.now += DAY_MS
    await node.drain()
    assert.equal(bench.receiver.arrived.length, 1)
    assert.deepEqual((await bench.readBacklog()).waiting, 2, 'nothing is lost meanwhile')
    assert.match(bench.logged, /"event":"status_webhook_gone"/)
    await (await bench.createNode()).drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['created', 'created'])
    assert.deepEqual(bench.statusesOf('run-2'), ['created'])
  })

  it('gives up on a try that takes too long, and lets others pass meanwhile', async () => {
    const bench = readBench()
    const node = await bench.createNode({ timeoutMs: 100 })
    bench.listen((response, { vendorId }) => {
      if (vendorId !== 'run-slow') receive(response)
    })
    await bench.change('run-slow', 'created')
    await bench.change('run-1', 'created', 'started')
    await node.drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['created', 'started'])
    assert.match(bench.logged, /"reason":"timeout"/)
    bench.listen(receive)
    await bench.turnToNext()
    await node.drain()
    assert.deepEqual(bench.statusesOf('run-slow'), ['created', 'created'])
  })

  it('asks no more than eight things of the receiver at once', async () => {
    const bench = readBench()
    const node = await bench.createNode()
    const held: (() => void)[] = []
    bench.listen((response) => held.push(() => receive(response)))
    for (let index = 0; index < 40; index++) await bench.change(`run-${index}`, 'created')
    const drained = node.drain()
    await bench.receiver.waitFor(8)
    const taken = await bench.store.db
      .selectFrom('outbox')
      .select('id')
      .where('first_attempt_at', 'is not', null)
      .execute()
    assert.equal(taken.length, 8)
    bench.listen(receive)
    for (const answer of held) answer()
    await drained
    assert.equal(bench.receiver.arrived.length, 40)
    assert.ok(bench.receiver.mostAtOnce <= 8, `${bench.receiver.mostAtOnce} at once`)
  })
})
