import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { after, before, beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import {
  type Receiver,
  type RunningSandbox,
  SECRETS,
  startReceiver,
  startSandbox,
  WORKFLOW,
} from './helpers/start-sandbox.ts'

const run = promisify(execFile)
const CLI = fileURLToPath(new URL('../../../server/trigger.ts', import.meta.url))
const FINISHED = 'orchestration/workflow_execution_finished'

describe('control API', () => {
  let receiver: Receiver
  let running: RunningSandbox
  before(async () => {
    receiver = await startReceiver()
    running = await startSandbox({ webhookBase: receiver.url })
  })
  after(async () => {
    await running.close()
    await receiver.close()
  })
  beforeEach(() => {
    receiver.received.length = 0
  })

  function ask(headers: Record<string, string>, method = 'POST'): Promise<number | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>()
    request(`${running.url}/control/trigger`, { method, headers }, ({ statusCode }) => resolve(statusCode))
      .on('error', reject)
      .end(method === 'POST' ? '{"event":"ping"}' : undefined)
    return promise
  }

  it('takes nothing that a foreign web page could send', async () => {
    const json = { 'content-type': 'application/json' }
    assert.equal(await ask({ ...json, host: 'evil.example' }), 403)
    assert.equal(await ask({ host: 'evil.example' }, 'GET'), 403)
    assert.equal(await ask({ ...json, host: '127.0.0.1.evil.example' }), 403)
    assert.equal(await ask({ ...json, origin: 'https://evil.example' }), 403)
    assert.equal(await ask({ ...json, origin: 'http://127.0.0.1:1' }), 403)
    assert.equal(await ask({ ...json, origin: 'null' }), 403)
    assert.equal(await ask({ 'content-type': 'text/plain' }), 415)
    assert.equal(await ask({ 'content-type': 'application/x-www-form-urlencoded' }), 415)
    assert.equal(await ask({}), 415)
    assert.equal(receiver.received.length, 0)
    assert.equal(await ask({ ...json, origin: running.url }), 200)
    assert.equal(receiver.received.length, 1)
  })

  it('lists runs without what opens them', async () => {
    const { executionId, token } = await running.startRun('u-list')
    const { body } = await running.control('/runs')
    const text = JSON.stringify(body)
    assert.ok(text.includes(executionId))
    assert.ok(!text.includes(token))
  })

  it('overrides a status as an analyst would', async () => {
    const { executionId } = await running.startRun()
    await running.control(`/runs/${executionId}/status`, { status: 'DECLINED' })
    assert.equal(receiver.received[0]?.body.event, 'orchestration/workflow_execution_updated')
    assert.deepEqual(receiver.received[0]?.body.data, { id: executionId, workflow: WORKFLOW, status: 'DECLINED' })
    assert.equal((await running.control('/runs/none/status', { status: 'DECLINED' })).status, 404)
    assert.equal((await running.control(`/runs/${executionId}/status`, { status: 'GREAT' })).status, 400)
  })

  it('triggers about the newest run of a user, about a named run, or about one that it makes up', async () => {
    const mine = await running.startRun('u-mine')
    await running.startRun('u-other')
    await running.control('/trigger', { event: FINISHED, userId: 'u-mine', status: 'review' })
    assert.deepEqual(receiver.received[0]?.body.data, { id: mine.executionId, workflow: WORKFLOW, status: 'REVIEW' })
    await running.control('/trigger', { event: FINISHED, executionId: 'made-by-hand' })
    assert.equal(receiver.received[1]?.body.data['id'], 'made-by-hand')
    await running.control('/trigger', { event: 'idv/session_finished', userId: 'u-new' })
    assert.equal(receiver.received[2]?.body.data['userId'], 'u-new')
  })

  it('says what there is when asked for what there is not', async () => {
    for (const body of [
      { event: 'nothing' },
      { event: FINISHED, status: 'GREAT' },
      { event: 1 },
      { events: 'x' },
      {},
    ]) {
      const answer = await running.control('/trigger', body)
      assert.equal(answer.status, 400)
    }
    assert.equal((await running.control('/settings', { webhookDelayMs: -1 })).status, 400)
    assert.equal((await running.control('/faults', { place: 'page', fault: 'no-such' })).status, 400)
    assert.equal(receiver.received.length, 0)
  })

  it('forges, repeats and holds back', async () => {
    const { executionId } = await running.startRun('u-forged')
    const about = { event: FINISHED, executionId }
    await running.control('/trigger', about)
    await running.control('/trigger', { ...about, forged: 'wrong' })
    await running.control('/trigger', { ...about, forged: 'missing' })
    const signatures = receiver.received.map(({ headers }) => headers['seon-signature'])
    assert.match(String(signatures[1]), /^[0-9a-f]{64}$/)
    const expected = createHmac('sha256', SECRETS.seon)
      .update(receiver.received[1]?.raw ?? '')
      .digest('hex')
    assert.notEqual(signatures[1], expected)
    assert.equal(signatures[2], undefined)

    receiver.received.length = 0
    await running.control('/trigger', { ...about, copies: 3 })
    assert.equal(receiver.received.length, 3)
    assert.equal(new Set(receiver.received.map(({ raw }) => raw.toString())).size, 1)
    assert.equal(new Set(receiver.received.map(({ headers }) => headers['request-id'])).size, 1)

    receiver.received.length = 0
    await running.control('/trigger', { ...about, status: 'REVIEW', holdMs: 60_000 })
    await running.control('/trigger', { ...about, status: 'DECLINED' })
    assert.equal(receiver.received.length, 1)
    await running.control('/clock', { advanceMs: 60_000 })
    assert.deepEqual(
      receiver.received.map(({ body }) => body.data['status']),
      ['DECLINED', 'REVIEW'],
    )
    assert.equal((await running.control('/trigger', { ...about, copies: 101 })).status, 400)
    assert.equal((await running.control('/trigger', { ...about, forged: 'somehow' })).status, 400)
  })

  it('goes back to real time with what waits keeping its distance, and ends an outage', async () => {
    await running.control('/clock', { advanceMs: 3_600_000 })
    receiver.received.length = 0
    await running.control('/chaos', { outageMs: 3_600_000 })
    await running.control('/trigger', { event: FINISHED, holdMs: 60_000 })
    const { body } = await running.control('/clock', { reset: true })
    assert.ok(typeof body === 'object' && body !== null && 'now' in body && 'aheadMs' in body && 'waiting' in body)
    assert.equal(body.aheadMs, 0)
    assert.equal(body.waiting, 1)
    assert.ok(Math.abs(Date.parse(String(body.now)) - Date.now()) < 60_000)
    assert.match(JSON.stringify((await running.control('')).body), /"outageUntil":null/)
    await running.control('/clock', { advanceMs: 59_000 })
    assert.equal(receiver.received.length, 0)
    await running.control('/clock', { advanceMs: 1000 })
    assert.equal(receiver.received.length, 1)
    await running.control('/clock', { reset: true })
  })

  it('says whose each event is, and cuts its lists', async () => {
    const { body } = await running.control('')
    assert.ok(typeof body === 'object' && body !== null && 'events' in body && 'sources' in body)
    const { events, sources } = body
    assert.ok(typeof events === 'object' && events !== null && typeof sources === 'object' && sources !== null)
    assert.deepEqual(Object.keys(sources), Object.keys(events))
    const lists = JSON.stringify([await running.control('/runs?limit=1'), await running.control('/attempts?limit=1')])
    assert.equal(lists.split('"executionId"').length - 1, 1)
    assert.equal(lists.split('"requestId"').length - 1, 1)
    assert.equal((await running.control('/runs?limit=none')).status, 400)
  })

  it('shows every try', async () => {
    receiver.answers.push(401)
    await running.control('/trigger', { event: FINISHED })
    const { body } = await running.control('/attempts')
    assert.ok(typeof body === 'object' && body !== null && 'attempts' in body && Array.isArray(body.attempts))
    const [{ status, event, nextAttemptAt }] = body.attempts
    assert.deepEqual({ status, event, nextAttemptAt }, { status: 401, event: FINISHED, nextAttemptAt: null })
  })

  it('is what npm run trigger talks to', async () => {
    const { port } = new URL(running.url)
    const { executionId } = await running.startRun('u-cli')
    const options = { env: { ...process.env, SANDBOX_PORT: port } }
    await run(process.execPath, [CLI, FINISHED, '--status', 'EXPIRED', '--user', 'u-cli'], options)
    assert.deepEqual(receiver.received[0]?.body.data, { id: executionId, workflow: WORKFLOW, status: 'EXPIRED' })

    await run(process.execPath, [CLI, 'chaos', '--seed', '4', '--drop', '0.5', '--outage', '2'], options)
    await run(process.execPath, [CLI, 'rotate', '--seon', 'fresh'], options)
    const clock = await run(process.execPath, [CLI, 'clock', '--advance', '3'], options)
    assert.match(clock.stdout, /"now": "\d{4}-/)
    const { body } = await running.control('')
    assert.match(JSON.stringify(body), /"seed":4.*"drop":0.5.*"outageUntil":null/, 'the outage was over after 2 min')
    await running.control('/chaos', { drop: 0 })
    await run(process.execPath, [CLI, 'aml:person_updates', '--user', 'u-cli', '--count', '2'], options)
    const sent = receiver.received.at(-1)?.body['values']
    assert.ok(Array.isArray(sent) && sent.length === 2)

    const help = await run(process.execPath, [CLI, '--help'])
    assert.match(help.stdout, /orchestration\/workflow_execution_updated\n +DECLINED APPROVED/)
    await assert.rejects(run(process.execPath, [CLI, 'nothing'], options), /Known events: ping/)
    await assert.rejects(run(process.execPath, [CLI, FINISHED, '--wrong'], options), { code: 2 })
    await assert.rejects(run(process.execPath, [CLI, 'ping', '--port', '1']), /No sandbox answers/)
  })
})
