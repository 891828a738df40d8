import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createClock, type SandboxClock } from '../../../server/sandbox/clock.ts'
import { type Receiver, type RunningSandbox, SECRETS, startReceiver, startSandbox } from './helpers/start-sandbox.ts'

const digest = (raw: Buffer, encoding: 'hex' | 'base64') =>
  `SHA-256=${createHmac('sha256', SECRETS.fraudLicenseKey).update(raw).digest(encoding)}`

describe('the older SEON webhooks', () => {
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

  it('carry a digest keyed with the licence key, as hex or as base64', async () => {
    await running.sandbox.trigger('transaction:status_update', { userId: 'u-1' })
    await running.control('/settings', { digestEncoding: 'base64' })
    await running.sandbox.trigger('transaction:status_update', { userId: 'u-1' })
    const [first, second] = receiver.received
    assert.ok(first && second)
    assert.equal(first.path, '/webhooks/seon-fraud')
    assert.equal(first.headers['digest'], digest(first.raw, 'hex'))
    assert.equal(second.headers['digest'], digest(second.raw, 'base64'))
    assert.equal(first.headers['seon-signature'], undefined)
  })

  it('are never sent again', async () => {
    for (const answer of [500, 503, 429, 'cut'] as const) {
      receiver.answers.push(answer)
      const attempt = await running.sandbox.trigger('aml:person_updates')
      assert.equal(attempt.nextAttemptAt, null)
    }
    assert.equal(clock.pending(), 0)
  })

  for (const [event, list, fields, state] of [
    ['transaction:status_update', 'transactions', ['id', 'state', 'label'], 'REVIEW'],
    ['lists:blacklist-whitelist', 'values', ['data_field', 'value', 'state'], 'blacklist'],
    ['lists:customlist', 'values', ['data_field', 'value', 'state'], 'watchlist'],
    ['aml:person_updates', 'values', ['hash', 'user_id', 'status', 'changes'], 'REOPENED'],
    ['aml:entity_updates', 'values', ['hash', 'user_id', 'status', 'changes'], 'REOPENED'],
  ] as const) {
    it(`name the fields of ${event} as SEON does, for as many entries as asked`, async () => {
      await running.sandbox.trigger(event, { userId: 'u-7', count: 3 })
      const body = receiver.received[0]?.body
      assert.ok(body)
      assert.equal(body.event, event)
      assert.equal(body['date'], '2026-01-05T00:00:00+00:00')
      const entries = body[list]
      assert.ok(Array.isArray(entries))
      assert.equal(entries.length, 3)
      for (const entry of entries) {
        assert.deepEqual(Object.keys(entry), fields)
        assert.equal(entry.state ?? entry.status, state)
      }
      if (event.startsWith('aml')) assert.equal(entries[0].user_id, 'u-7')
    })
  }

  it('speak of the transaction that a step of the run made', async () => {
    await running.sandbox.trigger('transaction/processed', { userId: 'u-1' })
    await running.sandbox.trigger('transaction:status_update', { userId: 'u-1', status: 'decline' })
    const [processed, updated] = receiver.received
    const transactions = updated?.body['transactions']
    assert.ok(Array.isArray(transactions))
    assert.equal(transactions[0].id, processed?.body.data['id'])
    assert.equal(transactions[0].state, 'DECLINE')
  })

  it('tell of an IDV session in snake case, at the top level, without its run, and are tried again', async () => {
    const { executionId } = await running.startRun('u-5')
    receiver.answers.push(503)
    const attempt = await running.sandbox.trigger('idv:session_finished', { userId: 'u-5', status: 'DECLINED' })
    assert.equal(attempt.nextAttemptAt, '2026-01-05T00:01:00.000Z')
    const [webhook] = receiver.received
    assert.ok(webhook)
    assert.equal(webhook.path, '/webhooks/seon-idv')
    assert.equal(webhook.headers['digest'], digest(webhook.raw, 'hex'))
    assert.equal(webhook.headers['seon-signature'], undefined)
    assert.equal(webhook.body['status'], 'DECLINED')
    assert.equal(webhook.body['user_id'], 'u-5')
    assert.ok(!webhook.raw.toString().includes(executionId))
    const startedAt = JSON.stringify(webhook.body['timeline']).match(/"session_started":"([^"]+)/)?.[1] ?? ''
    const run = running.sandbox.runs.findByExecution(executionId)
    assert.ok(run && startedAt >= run.createdAt, 'a session that began before its run would not be joined to it')
  })

  it('and the newer IDV form go to the door that is asked for', async () => {
    await running.sandbox.trigger('idv/session_finished', { source: 'seon-idv' })
    await running.sandbox.trigger('idv:session_status_updated', { source: 'seon' })
    assert.deepEqual(
      receiver.received.map(({ path, headers }) => [
        path,
        Boolean(headers['seon-signature']),
        Boolean(headers['digest']),
      ]),
      [
        ['/webhooks/seon-idv', true, false],
        ['/webhooks/seon', false, true],
      ],
    )
    await assert.rejects(running.sandbox.trigger('incode', { source: 'seon' }), /two doors/)
  })

  it('follow a rotated secret from the next try on', async () => {
    receiver.answers.push(500)
    await running.sandbox.trigger('orchestration/workflow_execution_finished')
    assert.deepEqual((await running.control('/secrets', { seon: 'new-secret' })).body, { rotated: ['seon'] })
    await clock.advance(60_000)
    const [before, after] = receiver.received
    assert.ok(before && after)
    assert.equal(before.headers['seon-signature'], createHmac('sha256', SECRETS.seon).update(before.raw).digest('hex'))
    assert.equal(after.headers['seon-signature'], createHmac('sha256', 'new-secret').update(after.raw).digest('hex'))
  })
})
