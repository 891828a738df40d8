import assert from 'node:assert/strict'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createClock, type SandboxClock } from '../../../server/sandbox/clock.ts'
import { createChaos } from '../../../server/sandbox/delivery/chaos.ts'
import { type Receiver, type RunningSandbox, startReceiver, startSandbox, until } from './helpers/start-sandbox.ts'

const FINISHED = 'orchestration/workflow_execution_finished'
const MINUTE_MS = 60_000

describe('chaos dial', () => {
  let clock: SandboxClock
  let receiver: Receiver
  let running: RunningSandbox
  beforeEach(async () => {
    clock = createClock({ now: () => Date.UTC(2026, 0, 5), ticking: false })
    receiver = await startReceiver()
    running = await startSandbox({ webhookBase: receiver.url, clock })
  })
  afterEach(async () => {
    await running.close()
    await receiver.close()
  })

  /** What arrives of twenty runs' decisions over two days, by number, with its ids left out. */
  async function play(seed: number): Promise<string[]> {
    receiver.received.length = 0
    await running.control('/chaos', { seed, duplicate: 0.3, reorder: 0.3, delay: 0.2, drop: 0.4, corrupt: 0.2 })
    for (let run = 0; run < 20; run += 1) await running.sandbox.trigger(FINISHED, { executionId: `${seed}-${run}` })
    await clock.advance(48 * 60 * MINUTE_MS)
    return receiver.received.map(({ raw }) => raw.toString().match(/"id":"\d+-(\d+)"/)?.[1] ?? 'damaged')
  }

  it('repeats a run by its seed, and another seed gives another', async () => {
    const first = await play(7)
    assert.deepEqual(await play(7), first)
    assert.notDeepEqual(await play(8), first)
    assert.deepEqual(new Set(first).size, 21, 'all twenty arrive in the end, and some were damaged')
    assert.notDeepEqual(
      first,
      first.toSorted((a, b) => Number(a) - Number(b)),
    )
  })

  it('is calm until it is turned', async () => {
    for (let run = 0; run < 20; run += 1) await running.sandbox.trigger(FINISHED)
    assert.equal(receiver.received.length, 20)
    assert.equal(clock.pending(), 0)
  })

  it('duplicates with the same Request-Id and bytes', async () => {
    await running.control('/chaos', { duplicate: 1 })
    await running.sandbox.trigger(FINISHED)
    await receiver.waitFor(2)
    const [first, second] = receiver.received
    assert.equal(second?.headers['request-id'], first?.headers['request-id'])
    assert.deepEqual(second?.raw, first?.raw)
  })

  it('sends a damaged copy under the signature of the whole', async () => {
    await running.control('/chaos', { corrupt: 1 })
    await running.sandbox.trigger(FINISHED)
    const [damaged, whole] = receiver.received
    assert.ok(damaged && whole)
    assert.equal(damaged.headers['seon-signature'], whole.headers['seon-signature'])
    assert.equal(damaged.raw.length, Math.floor(whole.raw.length / 2))
  })

  it('drops tries, so that SEON tries again and SEON Fraud loses the event', async () => {
    await running.control('/chaos', { drop: 1 })
    const seon = await running.sandbox.trigger(FINISHED)
    const fraud = await running.sandbox.trigger('aml:person_updates')
    assert.deepEqual([seon.error, fraud.error], ['DROPPED', 'DROPPED'])
    assert.notEqual(seon.nextAttemptAt, null)
    assert.equal(fraud.nextAttemptAt, null)
    await running.control('/chaos', { drop: 0 })
    await clock.advance(MINUTE_MS)
    assert.deepEqual(
      receiver.received.map(({ body }) => body.event),
      [FINISHED],
    )
  })

  it('holds webhooks back, so that later ones overtake', async () => {
    await running.control('/chaos', { delay: 1, delayMs: 5000 })
    const held = await running.sandbox.trigger(FINISHED, { executionId: 'first' })
    assert.deepEqual([held.error, held.nextAttemptAt], ['HELD', '2026-01-05T00:00:05.000Z'])
    await running.control('/chaos', { delay: 0 })
    await running.sandbox.trigger(FINISHED, { executionId: 'second' })
    await clock.advance(5000)
    assert.deepEqual(
      receiver.received.map(({ body }) => body.data['id']),
      ['second', 'first'],
    )
  })

  it('has outages of some minutes, after which the schedules go on', async () => {
    await running.control('/chaos', { outageMs: 10 * MINUTE_MS })
    assert.equal((await running.sandbox.trigger(FINISHED)).error, 'OUTAGE')
    await clock.advance(35 * MINUTE_MS)
    assert.equal(receiver.received.length, 0)
    await clock.advance(MINUTE_MS)
    assert.equal(receiver.received.length, 1, 'the tries at 1 and 6 min fell into the outage, the one at 36 did not')
    await running.control('/chaos', { outageMs: 10 * MINUTE_MS })
    await running.control('/chaos', { outageMs: 0 })
    assert.equal((await running.sandbox.trigger(FINISHED)).status, 200)
  })

  it('revokes an approval', async () => {
    await running.control('/chaos', { revoke: 1, revokeAfterMs: 60 * MINUTE_MS })
    const { executionId } = await running.startRun()
    const ended = running.control(`/runs/${executionId}/end`, { end: 'approved' })
    await until(() => clock.pending() === 6)
    await clock.advance(1500)
    await ended
    assert.equal(receiver.received.at(-1)?.body.data['status'], 'APPROVED')
    await clock.advance(60 * MINUTE_MS)
    const last = receiver.received.at(-1)?.body
    assert.equal(last?.event, 'orchestration/workflow_execution_updated')
    assert.equal(last?.data['status'], 'DECLINED')
    assert.equal(last?.data['id'], executionId)
    assert.equal(last?.timestamp, '2026-01-05T01:00:01.500Z')
  })

  it('hits about as often as it says', () => {
    const chaos = createChaos(() => 0)
    chaos.set({ seed: 3, drop: 0.25 })
    const lost = Array.from({ length: 2000 }, (_, number) => chaos.readLoss(number, 1)).filter(Boolean).length
    assert.ok(lost > 430 && lost < 570, String(lost))
  })
})
