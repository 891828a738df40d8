import assert from 'node:assert/strict'
import { it } from 'node:test'
import { COURSE, DAY_MS, describeNodes } from './helpers/describe-nodes.ts'
import { receive, refuse } from './helpers/start-receiver.ts'

describeNodes('createStatusWebhook', (readBench) => {
  it('tells of each change of status once, with what it was and when it was decided', async () => {
    const bench = readBench()
    const node = await bench.createNode()
    await bench.change('run-1', ...COURSE)
    const decidedAt = bench.now
    // Nothing of these moves the status.
    await bench.change('run-1', 'started', 'created')
    await node.drain()
    await node.drain()
    assert.deepEqual(bench.statusesOf('run-1'), COURSE)
    const { id, revision, ...data } = bench.receiver.arrived.at(-1)?.message.data ?? assert.fail('nothing arrived')
    assert.deepEqual(data, {
      vendor: 'seon',
      vendorId: 'run-1',
      userId: 'Zoë-1',
      workflow: '11111111-2222-4333-8444-555555555555',
      status: 'approved',
      previousStatus: 'review',
      decidedAt: new Date(decidedAt).toISOString(),
      environment: 'sandbox',
    })
    assert.deepEqual(
      bench.receiver.arrived.map(({ message }) => message.data.previousStatus),
      [null, ...COURSE.slice(0, -1)],
    )
    assert.deepEqual(
      bench.receiver.arrived.map(({ message }) => message.data.decidedAt !== null),
      [false, false, false, false, true],
    )
    const row = await bench.store.db.selectFrom('verifications').select(['id', 'revision']).executeTakeFirstOrThrow()
    assert.equal(id, row.id)
    assert.ok(revision <= row.revision)
    assert.equal(bench.receiver.arrived.at(-1)?.message.timestamp, new Date(decidedAt).toISOString())
    assert.equal(new Set(bench.receiver.arrived.map((each) => each.id)).size, COURSE.length)
    assert.deepEqual(await bench.readBacklog(), { waiting: 0, dead: 0, oldestAt: null })
  })

  it('says nothing of what was before it was first switched on, and catches up after a pause', async () => {
    const bench = readBench()
    await bench.change('run-1', 'created', 'started')
    const first = await bench.createNode()
    await bench.change('run-1', 'submitted')
    await first.drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['submitted'])
    await bench.change('run-1', 'review', 'approved')
    await (await bench.createNode()).drain()
    assert.deepEqual(bench.statusesOf('run-1'), ['submitted', 'review', 'approved'])
  })

  it('holds up only the verification whose message fails, and sends that again word for word', async () => {
    const bench = readBench()
    const node = await bench.createNode()
    bench.listen((response, { vendorId, status }) =>
      vendorId === 'run-bad' && status === 'started' ? refuse(500)(response) : receive(response),
    )
    await bench.change('run-bad', 'created', 'started')
    await bench.change('run-good', 'created', 'started')
    await node.drain()
    await bench.change('run-bad', 'submitted')
    await bench.change('run-good', 'submitted')
    await node.drain()
    assert.deepEqual(bench.statusesOf('run-good'), ['created', 'started', 'submitted'])
    assert.deepEqual(bench.statusesOf('run-bad'), ['created', 'started'])
    const { waiting, oldestAt } = await bench.readBacklog()
    assert.equal(waiting, 2)
    assert.ok(oldestAt !== null && oldestAt < bench.now)

    bench.listen(receive)
    await bench.turnToNext()
    await node.drain()
    assert.deepEqual(bench.statusesOf('run-bad'), ['created', 'started', 'started', 'submitted'])
    const [before, after] = bench.receiver.arrived.filter(
      (each) => each.status === 'started' && each.vendorId === 'run-bad',
    )
    assert.equal(after?.id, before?.id)
    assert.deepEqual(after?.body, before?.body)
    assert.notEqual(after?.headers['webhook-timestamp'], before?.headers['webhook-timestamp'])
    assert.notEqual(after?.headers['webhook-signature'], before?.headers['webhook-signature'])
    assert.match(bench.logged, /"event":"status_webhook_failed".*"reason":"status_500"/)
  })

  it('keeps each verification in order while everything fails at random', async () => {
    const bench = readBench()
    const node = await bench.createNode({ timeoutMs: 200 })
    let count = 0
    const faults = [receive, refuse(500), refuse(404), refuse(302, { location: '/' })]
    const accepted: string[] = []
    bench.listen((response, { vendorId, status, id }) => {
      // A fixed pattern that no two verifications meet alike.
      const fault = faults[(count * 7 + (count >> 2) + vendorId.length) % faults.length] ?? receive
      count += 1
      // Received, though the sender never learns of it: this must come again under the same id.
      if (count % 11 === 0) response.destroy()
      else fault(response)
      if (fault === receive) accepted.push(`${vendorId} ${status} ${id}`)
    })
    const runs = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff']
    for (const status of COURSE) for (const run of runs) await bench.change(run, status)
    do await node.drain()
    while (await bench.turnToNext())
    for (const run of runs) {
      const own = [...new Set(accepted.filter((entry) => entry.startsWith(`${run} `)))]
      assert.deepEqual(
        own.map((entry) => entry.split(' ')[1]),
        COURSE,
      )
    }
    assert.equal((await bench.readBacklog()).dead, 0)
    assert.ok(count > runs.length * COURSE.length, 'something failed')
  })

  it('gives up after three days, says so, and goes on with the next', async () => {
    const bench = readBench()
    const node = await bench.createNode()
    bench.listen((response, { status }) => (status === 'started' ? refuse(500)(response) : receive(response)))
    await bench.change('run-1', 'created', 'started', 'submitted', 'approved')
    const began = bench.now
    do await node.drain()
    while (await bench.turnToNext())
    const tries = bench.receiver.arrived.filter((each) => each.status === 'started')
    const times = tries.map((each) => Number(each.headers['webhook-timestamp']) * 1000)
    assert.equal(times.at(-1), Math.floor((began + 3 * DAY_MS) / 1000) * 1000)
    assert.equal(new Set(tries.map((each) => each.id)).size, 1)
    assert.ok(tries.length > 20, `${tries.length} tries`)
    assert.deepEqual([...new Set(bench.statusesOf('run-1'))], ['created', 'started', 'submitted', 'approved'])
    assert.deepEqual(await bench.readBacklog(), { waiting: 0, dead: 1, oldestAt: null })
    const dead = await bench.store.db.selectFrom('outbox').select(['id', 'attempts', 'last_error', 'dead_at']).execute()
    assert.deepEqual(
      { ...dead[0] },
      { id: tries[0]?.id, attempts: tries.length, last_error: 'status_500', dead_at: bench.now },
    )
    assert.equal(bench.logged.match(/"event":"status_webhook_dead"/g)?.length, 1)
  })
})
