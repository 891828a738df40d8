import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { HttpError } from '../../../server/http/errors.ts'
import { createMetrics } from '../../../server/metrics/metrics.ts'
import { createOutbox } from '../../../server/outbound/outbox.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createVisits, START } from '../overdue/visits.ts'
import { createReader } from './reader.ts'

const NONE = { dashboard: 0, visitor: 0 }

function createBench(store: Store, now = () => START) {
  const metrics = createMetrics({
    store,
    feed: { revision: 41 },
    outbox: createOutbox({ store, now }),
    countSockets: () => NONE,
    countSpooled: () => 0,
    now,
  })
  return { metrics, read: async () => createReader(await metrics.render()) }
}

describe('GET /metrics', () => {
  it('answers operators and nobody else', async () => {
    const server = await startSandboxServer({ API_TOKEN: 'an-api-token-long-enough' })
    const ask = (token?: string, method = 'GET') =>
      fetch(`${server.url}/metrics`, {
        method,
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      })
    assert.equal((await ask()).status, 401)
    assert.equal((await ask('an-api-token-long-enough')).status, 401)
    assert.equal((await ask(server.sandbox.adminToken, 'POST')).status, 405)
    const answer = await ask(server.sandbox.adminToken)
    assert.equal(answer.status, 200)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/)

    const signedIn = await fetch(server.sandbox.signInUrl, { redirect: 'manual' })
    const cookie = signedIn.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ')
    assert.notEqual(cookie, '')
    assert.equal((await fetch(`${server.url}/metrics`, { headers: { cookie } })).status, 200)
  })

  it('tells of a visit from its start to its decision, and names nobody', async () => {
    const server = await startSandboxServer()
    const scrape = async () => {
      const headers = { authorization: `Bearer ${server.sandbox.adminToken}` }
      return createReader(await (await fetch(`${server.url}/metrics`, { headers })).text())
    }
    const before = await scrape()
    assert.equal(before.value('seon_verify_deliveries_total', { source: 'seon', outcome: 'accepted' }), 0)
    assert.equal(before.value('seon_verify_store_up'), 1)
    assert.equal(before.value('seon_verify_status_webhook_waiting'), undefined, 'none is configured')

    await fetch(`${server.url}/api/init-verification`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ userId: 'canary-ada', email: 'canary@example.com' }),
    })
    await fetch(`${server.url}/webhooks/seon`, { method: 'POST', body: '{}' })
    await server.control('/trigger', {
      event: 'orchestration/workflow_execution_finished',
      status: 'APPROVED',
      userId: 'canary-bob',
    })
    const processed = { source: 'seon', outcome: 'accepted' }
    let after = await scrape()
    while ((after.value('seon_verify_processing_lag_seconds_count', processed) ?? 0) < 1) after = await scrape()

    assert.equal(after.value('seon_verify_deliveries_total', { source: 'seon', outcome: 'accepted' }), 1)
    assert.equal(after.value('seon_verify_deliveries_total', { source: 'seon', outcome: 'rejected' }), 1)
    assert.equal(after.value('seon_verify_webhook_answer_seconds_count', { source: 'seon', status: '200' }), 1)
    assert.equal(after.value('seon_verify_webhook_answer_seconds_count', { source: 'seon', status: '401' }), 1)
    assert.equal(after.value('seon_verify_seon_call_seconds_count', { result: 'ok' }), 1)
    assert.equal(after.value('seon_verify_verifications', { status: 'created', environment: 'sandbox' }), 1)
    assert.equal(after.value('seon_verify_verifications', { status: 'approved', environment: 'sandbox' }), 1)
    assert.equal(after.value('seon_verify_verifications', { status: 'approved', environment: 'live' }), 0)
    assert.equal(after.value('seon_verify_inbox_pending'), 0)
    assert.ok((after.value('process_cpu_seconds_total') ?? 0) > 0)
    assert.doesNotMatch(after.text, /canary|127\.0\.0\.1|[0-9a-f]{8}-[0-9a-f]{4}-/, 'no person, no address, no id')
  })
})

describeStores('metrics', (stores) => {
  it('read what the store knows', async () => {
    const store = await stores.open()
    const { read } = createBench(store)
    const visits = createVisits(store, () => START)
    await visits.begin('run-1')
    await visits.begin('run-2')
    await visits.decide('run-2', 'declined')
    const late = { environment: 'live', vendor: 'seon', workflow: '', status: 'submitted', overdue: 1 } as const
    await store.db
      .insertInto('kinds')
      .values({ ...late, count: 7 })
      .execute()
    const at = START - 90_000
    await store.db.updateTable('changes').set({ at }).where('revision', '=', 1).execute()
    const message = { id: 'msg_1', verification_id: 'v', body: '{}', attempts: 0, next_attempt_at: 0 }
    await store.db
      .insertInto('outbox')
      .values([
        { ...message, revision: 1 },
        { ...message, revision: 2, dead_at: 1 },
      ])
      .execute()
    for (const [id, outcome, state] of [
      ['1', 'accepted', 'pending'],
      ['2', 'dead', null],
      ['3', 'quarantined', null],
      ['4', 'quarantined', null],
    ] as const) {
      await store.db
        .insertInto('deliveries')
        .values({
          id,
          source: 'seon',
          environment: 'live',
          received_at: START,
          outcome,
          state,
          bytes: 100,
          attempts: 0,
          next_attempt_at: 0,
        })
        .execute()
    }

    const metrics = await read()
    const live = { environment: 'live' }
    assert.equal(metrics.value('seon_verify_verifications', { ...live, status: 'created' }), 1)
    assert.equal(metrics.value('seon_verify_verifications', { ...live, status: 'declined' }), 1)
    assert.equal(metrics.value('seon_verify_verifications_overdue', live), 7)
    assert.equal(metrics.value('seon_verify_inbox_pending'), 1)
    assert.equal(metrics.value('seon_verify_dead_letters'), 1)
    assert.equal(metrics.value('seon_verify_quarantine_deliveries'), 2)
    assert.equal(metrics.value('seon_verify_quarantine_bytes'), 200)
    assert.equal(metrics.value('seon_verify_changefeed_revision'), 3)
    assert.equal(metrics.value('seon_verify_changefeed_followed_revision'), 41)
    assert.equal(metrics.value('seon_verify_status_webhook_waiting'), 1)
    assert.equal(metrics.value('seon_verify_status_webhook_dead'), 1)
    assert.equal(metrics.value('seon_verify_status_webhook_oldest_seconds'), 90)
  })

  it('say so where the store is away, and nothing old', async () => {
    const store = await stores.open()
    const away = Promise.reject(new Error('away'))
    away.catch(() => undefined)
    let isAway = false
    const { read } = createBench({ ...store, readTogether: (work) => (isAway ? away : store.readTogether(work)) })
    assert.equal((await read()).value('seon_verify_inbox_pending'), 0)
    isAway = true
    const metrics = await read()
    assert.equal(metrics.value('seon_verify_store_up'), 0)
    for (const name of ['inbox_pending', 'verifications', 'changefeed_revision'])
      assert.equal(metrics.value(`seon_verify_${name}`), undefined)
    assert.doesNotMatch(metrics.text, /^seon_verify_verifications\{/m)
    assert.equal(metrics.value('seon_verify_changefeed_followed_revision'), 41)
    isAway = false
    assert.equal((await read()).value('seon_verify_inbox_pending'), 0)
  })

  it('count faults of ours as such, and SEON’s refusals by the code that pages get', async () => {
    const store = await stores.open()
    const { metrics, read } = createBench(store)
    const inbox = metrics.observeInbox({ append: () => Promise.reject(new Error('disk full')) })
    const arrival = {
      source: 'incode',
      environment: 'live',
      body: new Uint8Array(),
      secretId: '',
      messageId: null,
      peer: '',
    } as const
    await assert.rejects(inbox.append(arrival), /disk full/)
    const busy = metrics.observeSeonApi({ initWorkflow: () => Promise.reject(new HttpError(503, 'upstream_busy')) })
    await assert.rejects(busy.initWorkflow('kyc', { user_id: 'ada' }), /upstream_busy/)
    const counted = await read()
    assert.equal(counted.value('seon_verify_deliveries_total', { source: 'incode', outcome: 'failed' }), 1)
    assert.equal(counted.value('seon_verify_seon_call_seconds_count', { result: 'upstream_busy' }), 1)
  })
})
