import assert from 'node:assert/strict'
import { afterEach, beforeEach, it } from 'node:test'
import { pino } from 'pino'
import { createIds } from '../../../server/ids.ts'
import { createStatusWebhook } from '../../../server/outbound/status-webhook.ts'
import type { Status } from '../../../server/protocol.ts'
import { openStore } from '../../../server/store/open-store.ts'
import type { Store } from '../../../server/store/store.ts'
import { describeStores } from '../../helpers/stores.ts'
import { changeStatus } from './helpers/change-status.ts'
import { type Receiver, receive, refuse, SECRET, startReceiver } from './helpers/start-receiver.ts'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 60 * MINUTE_MS
const byRevision = (a: { revision: number }, b: { revision: number }) => a.revision - b.revision
const COURSE: readonly Status[] = ['created', 'started', 'submitted', 'review', 'approved']

describeStores('createStatusWebhook', (stores) => {
  let receiver: Receiver
  let storeUrl = ''
  let store: Store
  let now = 0
  let logged = ''
  const log = pino({}, { write: (line: string) => (logged += line) })

  beforeEach(async () => {
    now = Date.parse('2026-03-01T12:00:00Z')
    logged = ''
    receiver = await startReceiver()
    storeUrl = await stores.createUrl()
    store = await openStore(storeUrl)
  })
  afterEach(async () => {
    await receiver.stop()
    await store.close()
    for (const canary of ['CANARY', SECRET, 'Zoë', 'v1,']) assert.equal(logged.includes(canary), false, logged)
  })

  /** One node; all of them live by the same clock. */
  const createNode = (more: { store?: Store; url?: string; timeoutMs?: number } = {}) =>
    createStatusWebhook({
      url: receiver.url,
      secrets: [SECRET],
      store,
      log,
      newId: createIds(() => now),
      now: () => now,
      random: () => 1,
      ...more,
    })
  async function change(vendorId: string, ...statuses: Status[]): Promise<void> {
    for (const status of statuses) await changeStatus(store, vendorId, status, ++now)
  }
  const statusesOf = (vendorId: string) =>
    receiver.arrived.filter((each) => each.vendorId === vendorId).map((each) => each.status)
  /** Turns the clock to when the next retry is due; false where nothing waits. */
  async function turnToNext(): Promise<boolean> {
    const waiting = await store.db.selectFrom('outbox').selectAll().where('dead_at', 'is', null).execute()
    if (waiting.length === 0) return false
    const byVerification = Map.groupBy(waiting, (row) => row.verification_id)
    const oldest = [...byVerification.values()].flatMap((rows) => rows.toSorted(byRevision)[0] ?? [])
    now = Math.max(now, Math.min(...oldest.map((row) => row.next_attempt_at)))
    return true
  }
  const listen = (answer: Receiver['answer']) => {
    receiver.answer = answer
  }

  it('tells of each change of status once, with what it was and when it was decided', async () => {
    const node = await createNode()
    await change('run-1', ...COURSE)
    const decidedAt = now
    // Nothing of these moves the status.
    await change('run-1', 'started', 'created')
    await node.drain()
    await node.drain()
    assert.deepEqual(statusesOf('run-1'), COURSE)
    const { id, revision, ...data } = receiver.arrived.at(-1)?.message.data ?? assert.fail('nothing arrived')
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
      receiver.arrived.map(({ message }) => message.data.previousStatus),
      [null, ...COURSE.slice(0, -1)],
    )
    assert.deepEqual(
      receiver.arrived.map(({ message }) => message.data.decidedAt !== null),
      [false, false, false, false, true],
    )
    const row = await store.db.selectFrom('verifications').select(['id', 'revision']).executeTakeFirstOrThrow()
    assert.equal(id, row.id)
    assert.ok(revision <= row.revision)
    assert.equal(receiver.arrived.at(-1)?.message.timestamp, new Date(decidedAt).toISOString())
    assert.equal(new Set(receiver.arrived.map((each) => each.id)).size, COURSE.length)
    assert.deepEqual(await node.readBacklog(), { waiting: 0, dead: 0, oldestAt: null })
  })

  it('says nothing of what was before it was first switched on, and catches up after a pause', async () => {
    await change('run-1', 'created', 'started')
    const first = await createNode()
    await change('run-1', 'submitted')
    await first.drain()
    assert.deepEqual(statusesOf('run-1'), ['submitted'])
    await change('run-1', 'review', 'approved')
    await (await createNode()).drain()
    assert.deepEqual(statusesOf('run-1'), ['submitted', 'review', 'approved'])
  })

  it('makes one message of each change, however many changes and nodes there are', async () => {
    const nodes = [await createNode(), await createNode(), await createNode()]
    const runs = Array.from({ length: 120 }, (_, index) => `run-${index}`)
    for (const run of runs) await change(run, 'created', 'submitted')
    await Promise.all(nodes.map((node) => node.drain()))
    for (const run of runs) assert.deepEqual(statusesOf(run), ['created', 'submitted'])
    assert.equal(new Set(receiver.arrived.map((each) => each.id)).size, receiver.arrived.length)
  })

  it('holds up only the verification whose message fails, and sends that again word for word', async () => {
    const node = await createNode()
    listen((response, { vendorId, status }) =>
      vendorId === 'run-bad' && status === 'started' ? refuse(500)(response) : receive(response),
    )
    await change('run-bad', 'created', 'started')
    await change('run-good', 'created', 'started')
    await node.drain()
    await change('run-bad', 'submitted')
    await change('run-good', 'submitted')
    await node.drain()
    assert.deepEqual(statusesOf('run-good'), ['created', 'started', 'submitted'])
    assert.deepEqual(statusesOf('run-bad'), ['created', 'started'])
    const { waiting, oldestAt } = await node.readBacklog()
    assert.equal(waiting, 2)
    assert.ok(oldestAt !== null && oldestAt < now)

    listen(receive)
    await turnToNext()
    await node.drain()
    assert.deepEqual(statusesOf('run-bad'), ['created', 'started', 'started', 'submitted'])
    const [before, after] = receiver.arrived.filter((each) => each.status === 'started' && each.vendorId === 'run-bad')
    assert.equal(after?.id, before?.id)
    assert.deepEqual(after?.body, before?.body)
    assert.notEqual(after?.headers['webhook-timestamp'], before?.headers['webhook-timestamp'])
    assert.notEqual(after?.headers['webhook-signature'], before?.headers['webhook-signature'])
    assert.match(logged, /"event":"status_webhook_failed".*"reason":"status_500"/)
  })

  it('keeps each verification in order while everything fails at random', async () => {
    const node = await createNode({ timeoutMs: 200 })
    let count = 0
    const faults = [receive, refuse(500), refuse(404), refuse(302, { location: '/' })]
    const accepted: string[] = []
    listen((response, { vendorId, status, id }) => {
      // A fixed pattern that no two verifications meet alike.
      const fault = faults[(count * 7 + (count >> 2) + vendorId.length) % faults.length] ?? receive
      count += 1
      // Received, though the sender never learns of it: this must come again under the same id.
      if (count % 11 === 0) response.destroy()
      else fault(response)
      if (fault === receive) accepted.push(`${vendorId} ${status} ${id}`)
    })
    const runs = ['a', 'bb', 'ccc', 'dddd', 'eeeee', 'ffffff']
    for (const status of COURSE) for (const run of runs) await change(run, status)
    do await node.drain()
    while (await turnToNext())
    for (const run of runs) {
      const own = [...new Set(accepted.filter((entry) => entry.startsWith(`${run} `)))]
      assert.deepEqual(
        own.map((entry) => entry.split(' ')[1]),
        COURSE,
      )
    }
    assert.equal((await node.readBacklog()).dead, 0)
    assert.ok(count > runs.length * COURSE.length, 'something failed')
  })

  it('gives up after three days, says so, and goes on with the next', async () => {
    const node = await createNode()
    listen((response, { status }) => (status === 'started' ? refuse(500)(response) : receive(response)))
    await change('run-1', 'created', 'started', 'submitted', 'approved')
    const began = now
    do await node.drain()
    while (await turnToNext())
    const tries = receiver.arrived.filter((each) => each.status === 'started')
    const times = tries.map((each) => Number(each.headers['webhook-timestamp']) * 1000)
    assert.equal(times.at(-1), Math.floor((began + 3 * DAY_MS) / 1000) * 1000)
    assert.equal(new Set(tries.map((each) => each.id)).size, 1)
    assert.ok(tries.length > 20, `${tries.length} tries`)
    assert.deepEqual([...new Set(statusesOf('run-1'))], ['created', 'started', 'submitted', 'approved'])
    assert.deepEqual(await node.readBacklog(), { waiting: 0, dead: 1, oldestAt: null })
    const dead = await store.db.selectFrom('outbox').select(['id', 'attempts', 'last_error', 'dead_at']).execute()
    assert.deepEqual(
      { ...dead[0] },
      { id: tries[0]?.id, attempts: tries.length, last_error: 'status_500', dead_at: now },
    )
    assert.equal(logged.match(/"event":"status_webhook_dead"/g)?.length, 1)
  })

  it('goes on where it was after a restart', async () => {
    const first = await createNode()
    listen((response, { vendorId }) => (vendorId === 'run-1' ? refuse(503)(response) : receive(response)))
    await change('run-1', 'created', 'started')
    await change('run-2', 'created', 'started')
    await first.drain()
    await change('run-2', 'submitted')

    await store.close()
    store = await openStore(storeUrl)
    const second = await createNode()
    listen(receive)
    await second.drain()
    assert.deepEqual(statusesOf('run-1'), ['created'], 'its pause outlives the restart')
    assert.deepEqual(statusesOf('run-2'), ['created', 'started', 'submitted'])
    now += MINUTE_MS
    await second.drain()
    assert.deepEqual(statusesOf('run-1'), ['created', 'created', 'started'])
    const ids = new Map(receiver.arrived.map((each) => [each.id, each.body.toString()]))
    assert.equal(ids.size, 5)
  })

  it('waits for a receiver that says when to come again, with everything', async () => {
    const node = await createNode()
    const plays: [status: number, headers: Record<string, string>, pauseMs: number][] = [
      [429, { 'retry-after': '120' }, 120_000],
      [503, { 'retry-after': '120' }, 120_000],
      [429, {}, 5000],
    ]
    for (const [index, [status, headers, pauseMs]] of plays.entries()) {
      receiver.arrived = []
      listen(refuse(status, headers))
      await change(`run-${index}`, 'created')
      await node.drain()
      const until = now + pauseMs
      listen(receive)
      await change(`other-${index}`, 'created')
      now = until - 1
      await node.drain()
      assert.equal(receiver.arrived.length, 1, `${status}: ${receiver.arrived.length}`)
      now = until
      await node.drain()
      assert.deepEqual(statusesOf(`run-${index}`), ['created', 'created'])
      assert.deepEqual(statusesOf(`other-${index}`), ['created'])
    }
  })

  it('does not take a 503 without such a word for more than that one message', async () => {
    const node = await createNode()
    listen((response, { vendorId }) => (vendorId === 'run-1' ? refuse(503)(response) : receive(response)))
    await change('run-1', 'created')
    await node.drain()
    await change('run-2', 'created')
    await node.drain()
    assert.deepEqual(statusesOf('run-2'), ['created'])
  })

  it('sends nothing more after a 410, until it is started anew', async () => {
    const node = await createNode()
    listen(refuse(410))
    await change('run-1', 'created')
    await node.drain()
    listen(receive)
    await change('run-2', 'created')
    now += DAY_MS
    await node.drain()
    assert.equal(receiver.arrived.length, 1)
    assert.deepEqual((await node.readBacklog()).waiting, 2, 'nothing is lost meanwhile')
    assert.match(logged, /"event":"status_webhook_gone"/)
    await (await createNode()).drain()
    assert.deepEqual(statusesOf('run-1'), ['created', 'created'])
    assert.deepEqual(statusesOf('run-2'), ['created'])
  })

  it('gives up on a try that takes too long, and lets others pass meanwhile', async () => {
    const node = await createNode({ timeoutMs: 100 })
    listen((response, { vendorId }) => {
      if (vendorId !== 'run-slow') receive(response)
    })
    await change('run-slow', 'created')
    await change('run-1', 'created', 'started')
    await node.drain()
    assert.deepEqual(statusesOf('run-1'), ['created', 'started'])
    assert.match(logged, /"reason":"timeout"/)
    listen(receive)
    await turnToNext()
    await node.drain()
    assert.deepEqual(statusesOf('run-slow'), ['created', 'created'])
  })

  it('asks no more than eight things of the receiver at once', async () => {
    const node = await createNode()
    const held: (() => void)[] = []
    listen((response) => {
      held.push(() => receive(response))
      // Only a full house is answered, but for the last eight.
      if (held.length >= 8 || receiver.arrived.length > 32) for (const answer of held.splice(0)) answer()
    })
    for (let index = 0; index < 40; index++) await change(`run-${index}`, 'created')
    await node.drain()
    assert.equal(receiver.arrived.length, 40)
    assert.equal(receiver.mostAtOnce, 8)
  })

  it('hears of changes while it runs, and lets tries under way end when it stops', async () => {
    const running = (await createNode()).start()
    const { promise: isAsked, resolve: askedNow } = Promise.withResolvers<void>()
    let answer = () => {}
    listen((response) => {
      answer = () => receive(response)
      askedNow()
    })
    await change('run-1', 'created', 'started')
    await isAsked
    const stopped = running.stop()
    answer()
    await stopped
    assert.deepEqual(statusesOf('run-1'), ['created'])
    listen(receive)
    await (await createNode()).drain()
    assert.deepEqual(statusesOf('run-1'), ['created', 'started'])
  })

  it('cuts off a try that does not end, and leaves it to whoever comes next', async (t) => {
    const running = (await createNode()).start()
    listen(() => undefined)
    await change('run-1', 'created')
    await receiver.waitFor(1)
    t.mock.timers.enable({ apis: ['setTimeout'] })
    const stopped = running.stop()
    t.mock.timers.tick(5000)
    await stopped
    t.mock.timers.reset()
    listen(receive)
    await (await createNode()).drain()
    assert.deepEqual(statusesOf('run-1'), ['created', 'created'])
    assert.equal(new Set(receiver.arrived.map((each) => each.id)).size, 1)
  })

  it('takes over from a node that fell silent, and does not mind what that says later', async () => {
    const [silent, other] = [await createNode(), await createNode()]
    let answerLate = () => {}
    listen((response) => (answerLate = () => refuse(500)(response)))
    await change('run-1', 'created', 'started')
    const silence = silent.drain()
    await receiver.waitFor(1)
    listen(receive)
    await other.drain()
    assert.equal(receiver.arrived.length, 1, 'while its lease lasts the message is its own')
    now += MINUTE_MS
    await other.drain()
    assert.deepEqual(statusesOf('run-1'), ['created', 'created', 'started'])
    assert.equal(receiver.arrived[1]?.id, receiver.arrived[0]?.id)
    answerLate()
    await silence
    assert.deepEqual(await other.readBacklog(), { waiting: 0, dead: 0, oldestAt: null })
    assert.equal(receiver.arrived.length, 3)
  })

  it('shares the work between nodes on one PostgreSQL, each message sent by one of them', async (t) => {
    if (store.engine === 'sqlite') return t.skip('a SQLite file belongs to one server')
    const second = await openStore(storeUrl)
    const [one, two] = [await createNode(), await createNode({ store: second, url: `${receiver.url}/two` })]
    const runs = Array.from({ length: 60 }, (_, index) => `run-${index}`)
    for (const status of ['created', 'started', 'submitted'] as const) for (const run of runs) await change(run, status)
    await Promise.all([one.drain(), two.drain()])
    for (const run of runs) assert.deepEqual(statusesOf(run), ['created', 'started', 'submitted'])
    const byNode = Map.groupBy(receiver.arrived, (each) => each.path)
    assert.equal(byNode.size, 2, 'both took part')
    assert.equal(new Set(receiver.arrived.map((each) => each.id)).size, 180)
    await second.close()
  })
})
