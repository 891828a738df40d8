import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createClock, type SandboxClock } from '../../../server/sandbox/clock.ts'
import {
  type Receiver,
  type RunningSandbox,
  SECRETS,
  startReceiver,
  startSandbox,
  until,
} from './helpers/start-sandbox.ts'

const MINUTE_MS = 60_000
const FINISHED = 'orchestration/workflow_execution_finished'
const UUID = /^[0-9a-f-]{36}$/

describe('SEON webhooks', () => {
  let clock: SandboxClock
  let receiver: Receiver
  let running: RunningSandbox
  beforeEach(async () => {
    clock = createClock({ now: () => Date.UTC(2026, 0, 5), ticking: false })
    receiver = await startReceiver()
    running = await startSandbox({ webhookBase: receiver.url, clock, webhookTimeoutMs: 2000 })
  })
  afterEach(async () => {
    await running.close()
    await receiver.close()
  })

  it('are signed over the bytes sent, with the headers that SEON sends', async () => {
    await running.sandbox.trigger(FINISHED)
    const [webhook] = receiver.received
    assert.ok(webhook)
    assert.equal(webhook.path, '/webhooks/seon')
    assert.equal(webhook.headers['content-type'], 'application/json')
    assert.equal(webhook.headers['user-agent'], 'seon/2.0.0')
    assert.equal(webhook.headers['webhook-schema-version'], 'v1')
    assert.match(String(webhook.headers['request-id']), UUID)
    const expected = createHmac('sha256', SECRETS.seon).update(webhook.raw).digest('hex')
    assert.equal(webhook.headers['seon-signature'], expected)
    assert.equal(webhook.body.timestamp, '2026-01-05T00:00:00.000Z')
  })

  it('begin with a ping that nobody signed', async () => {
    await running.sandbox.trigger('ping')
    const [ping] = receiver.received
    assert.deepEqual(ping?.body, { event: 'ping', message: 'Webhook URL validation check.' })
    assert.equal(ping?.headers['seon-signature'], undefined)
    assert.deepEqual(running.sandbox.runs.list(), [])
  })

  it('are tried six times: at once, +1 min, +5, +30, +2 h, +24 h, the same bytes each time', async () => {
    receiver.answers.push(500, 503, 'cut', 429, 500, 500, 500)
    await running.sandbox.trigger(FINISHED)
    for (const minutes of [1, 5, 30, 120, 1440]) {
      const before = receiver.received.length
      await clock.advance(minutes * MINUTE_MS - 1)
      assert.equal(receiver.received.length, before)
      await clock.advance(1)
      assert.equal(receiver.received.length, before + 1)
    }
    await clock.advance(30 * 24 * 60 * MINUTE_MS)
    assert.equal(receiver.received.length, 6)
    assert.equal(new Set(receiver.received.map(({ raw }) => raw.toString())).size, 1)
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['request-id'])).size, 1)
    const attempts = running.sandbox.sender.attempts()
    assert.deepEqual(
      attempts.map(({ attempt, status }) => [attempt, status]),
      [
        [6, 500],
        [5, 500],
        [4, 429],
        [3, null],
        [2, 503],
        [1, 500],
      ],
    )
    assert.equal(attempts[0]?.nextAttemptAt, null)
    assert.ok(attempts[3]?.error)
  })

  it('can have the whole 26 hours pass at once', async () => {
    receiver.answers.push(500, 500, 500, 500, 500)
    await running.sandbox.trigger(FINISHED)
    await running.control('/clock', { advanceMs: 27 * 60 * MINUTE_MS })
    assert.deepEqual(
      running.sandbox.sender.attempts().map(({ at }) => at.slice(5, 16)),
      ['01-06T02:36', '01-05T02:36', '01-05T00:36', '01-05T00:06', '01-05T00:01', '01-05T00:00'],
    )
    assert.equal(running.sandbox.sender.attempts()[0]?.status, 200)
  })

  it('are not tried again after a 4xx other than 429, nor after any 2xx', async () => {
    for (const status of [400, 401, 404, 413, 200, 202, 204]) {
      receiver.answers.push(status)
      await running.sandbox.trigger(FINISHED)
    }
    assert.equal(clock.pending(), 0)
  })

  it('are tried again after a redirect and after a server that says nothing in time', async () => {
    receiver.answers.push(302)
    await running.sandbox.trigger(FINISHED)
    assert.equal(clock.pending(), 1)
    receiver.answers.push('silence')
    const hasty = await startSandbox({ webhookBase: receiver.url, clock, webhookTimeoutMs: 100 })
    const first = await hasty.sandbox.trigger(FINISHED)
    assert.equal(first.error, 'TIMEOUT')
    assert.equal(first.nextAttemptAt, '2026-01-05T00:01:00.000Z')
    await hasty.close()
  })

  it('of a run come in the order of its steps, spread over the delay', async () => {
    const { executionId } = await running.startRun('u-9')
    const ended = running.control(`/runs/${executionId}/end`, { end: 'declined' })
    await until(() => clock.pending() === 5)
    await clock.advance(1499)
    assert.deepEqual(
      receiver.received.map(({ body }) => body.event),
      ['idv/session_finished', 'transaction/processed', 'idv/session_finished', 'transaction/processed'],
    )
    await clock.advance(1)
    assert.equal((await ended).status, 200)
    const [document, , selfie, , finished] = receiver.received.map(({ body }) => body.data)
    assert.equal(finished?.['status'], 'DECLINED')
    assert.equal(finished?.['id'], executionId)
    assert.equal(document?.['sessionId'], selfie?.['sessionId'])
    assert.deepEqual(
      [document, selfie].map((data) => [data?.['status'], data?.['userId'], data?.['executionId']]),
      [
        ['APPROVED', 'u-9', executionId],
        ['DECLINED', 'u-9', executionId],
      ],
    )
  })

  it('wait no longer once the sandbox is closed', async () => {
    receiver.answers.push(500)
    await running.sandbox.trigger(FINISHED)
    assert.equal(clock.pending(), 1)
    await running.sandbox.close()
    assert.equal(clock.pending(), 0)
  })
})
