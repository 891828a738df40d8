import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeNodes, MINUTE_MS } from './helpers/describe-nodes.ts'
import { receive, refuse } from './helpers/start-receiver.ts'

describeNodes('createStatusWebhook on nodes that come and go', (readBench) => {
  it('makes one message of each change, however many changes and nodes there are', async () => {
    const bench = readBench()
    const nodes = [await bench.createNode(), await bench.createNode(), await bench.createNode()]
    const runs = Array.from({ length: 120 }, (_, index) => `run-${index}`)
    for (const run of runs) await bench.change(run, 'created', 'submitted')
    await Promise.all(nodes.map((node) => node.drain()))
    for (const run of runs) assert.deepEqual(bench.statusesOf(run), ['created', 'submitted'])
    assert.equal(new Set(bench.receiver.arrived.map((each) => each.id)).size, bench.receiver.arrived.length)
  })

  it('goes on where it was after a restart', async () => {
    const bench = readBench()
    const first = await bench.createNode()
    bench.listen((response, { vendorId }) => (vendorId === 'run-1' ? refuse(503)(response) : receive(response)))
    await bench.change('run-1', 'created', 'started')
    await bench.change('run-2', 'created', 'started')
    await first.drain()
    await bench.change('run-2', 'submitted')

    await bench.reopen()
    const second = await bench.createNode()
    bench.listen(receive)
    await second.drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['created'], 'its pause outlives the restart')
    assert.deepEqual(bench.statusesOf('run-2'), ['created', 'started', 'submitted'])
    bench.now += MINUTE_MS
    await second.drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['created', 'created', 'started'])
    const ids = new Map(bench.receiver.arrived.map((each) => [each.id, each.body.toString()]))
    assert.equal(ids.size, 5)
  })

  it('hears of changes while it runs, and lets tries under way end when it stops', async () => {
    const bench = readBench()
    const running = (await bench.createNode()).start()
    const { promise: isAsked, resolve: askedNow } = Promise.withResolvers<void>()
    let answer = () => {}
    bench.listen((response) => {
      answer = () => receive(response)
      askedNow()
    })
    await bench.change('run-1', 'created', 'started')
    await isAsked
    const stopped = running.stop()
    answer()
    await stopped
    assert.deepEqual(bench.statusesOf('run-1'), ['created'])
    bench.listen(receive)
    await (await bench.createNode()).drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['created', 'started'])
  })

  it('cuts off a try that does not end, and leaves it to whoever comes next', async (t) => {
    const bench = readBench()
    const running = (await bench.createNode()).start()
    bench.listen(() => undefined)
    await bench.change('run-1', 'created')
    await bench.receiver.waitFor(1)
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const stopped = running.stop()
    t.mock.timers.tick(5000)
    await stopped
    t.mock.timers.reset()
    bench.listen(receive)
    await (await bench.createNode()).drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['created', 'created'])
    assert.equal(new Set(bench.receiver.arrived.map((each) => each.id)).size, 1)
  })

  it('takes over from a node that fell silent, and does not mind what that says later', async () => {
    const bench = readBench()
    const [silent, other] = [await bench.createNode(), await bench.createNode()]
    let answerLate = () => {}
    bench.listen((response) => (answerLate = () => refuse(500)(response)))
    await bench.change('run-1', 'created', 'started')
    const silence = silent.drain()
    await bench.receiver.waitFor(1)
    await other.drain()
    assert.equal(bench.receiver.arrived.length, 1, 'while its lease lasts the message is its own')

    bench.now += MINUTE_MS
    let answer = () => {}
    bench.listen((response) => (answer = () => receive(response)))
    const takingOver = other.drain()
    await bench.receiver.waitFor(2)
    answerLate()
    await silence
    bench.now += MINUTE_MS / 2
    await silent.drain()
    assert.equal(bench.receiver.arrived.length, 2, 'the other has it now')

    bench.listen(receive)
    answer()
    await takingOver
    assert.deepEqual(bench.statusesOf('run-1'), ['created', 'created', 'started'])
    assert.equal(bench.receiver.arrived[1]?.id, bench.receiver.arrived[0]?.id)
    assert.deepEqual(await bench.readBacklog(), { waiting: 0, dead: 0, oldestAt: null })
  })

  it('shares the work between nodes on one PostgreSQL, each message sent by one of them', async (t) => {
    const bench = readBench()
    if (bench.store.engine === 'sqlite') return t.skip('a SQLite file belongs to one server')
    const second = await bench.openAgain()
    const [one, two] = [
      await bench.createNode(),
      await bench.createNode({ store: second, url: `${bench.receiver.url}/two` }),
    ]
    const runs = Array.from({ length: 60 }, (_, index) => `run-${index}`)
    for (const status of ['created', 'started', 'submitted'] as const)
      for (const run of runs) await bench.change(run, status)
    await Promise.all([one.drain(), two.drain()])
    for (const run of runs) assert.deepEqual(bench.statusesOf(run), ['created', 'started', 'submitted'])
    const byNode = Map.groupBy(bench.receiver.arrived, (each) => each.path)
    assert.equal(byNode.size, 2, 'both took part')
    assert.equal(new Set(bench.receiver.arrived.map((each) => each.id)).size, 180)
  })
})
