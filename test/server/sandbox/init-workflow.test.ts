import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { createClock } from '../../../server/sandbox/clock.ts'
import { type RunningSandbox, startSandbox, until, WORKFLOW } from './helpers/start-sandbox.ts'

describe('init-workflow', () => {
  const clock = createClock({ ticking: false })
  let running: RunningSandbox
  before(async () => {
    running = await startSandbox({ clock })
  })
  after(() => running.close())

  const post = (body: string) =>
    fetch(`${running.url}/orchestration-api/v1/init-workflow`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-api-key': 'sandbox-key' },
      body,
    })

  it('answers an execution id and a token whose prefix names the region', async () => {
    const { executionId, token } = await running.startRun('u-42')
    assert.match(token, /^sandbox:[\w-]{43}$/)
    const run = running.sandbox.runs.findByExecution(executionId)
    assert.equal(run?.userId, 'u-42')
    assert.equal(run?.status, 'CREATED')
    assert.notEqual((await running.startRun('u-42')).executionId, executionId, 'two calls make two runs, as at SEON')
  })

  for (const [name, inputs, headers, status, code] of [
    ['no key', { user_id: 'u' }, {}, 401, 'UNAUTHORIZED'],
    ['a wrong key', { user_id: 'u' }, { 'x-api-key': 'other' }, 401, 'UNAUTHORIZED'],
    ['no user id', { email: 'a@example.com' }, undefined, 400, 'MISSING_REQUIRED_INPUTS'],
    [
      'a plus in the phone number',
      { user_id: 'u', phone_number: '+3612345678' },
      undefined,
      400,
      'INVALID_INPUT_FORMAT',
    ],
    ['no e-mail address', { user_id: 'u', email: 'nobody' }, undefined, 400, 'INVALID_INPUT_FORMAT'],
  ] as const) {
    it(`refuses ${name}`, async () => {
      const response = await running.init(inputs, headers)
      assert.equal(response.status, status)
      const body: unknown = await response.json()
      assert.ok(typeof body === 'object' && body !== null && 'code' in body)
      assert.equal(body.code, code)
    })
  }

  it('refuses a workflow that is no UUID or is not known, and a body that is no JSON', async () => {
    assert.equal((await post('{"workflowId":"one","inputs":{"user_id":"u"}}')).status, 400)
    const unknown = `{"workflowId":"${WORKFLOW.id.replace('1', '2')}","inputs":{"user_id":"u"}}`
    assert.equal((await post(unknown)).status, 404)
    assert.equal((await post('{"workflowId":')).status, 400)
    assert.equal((await post('null')).status, 400)
  })

  for (const [fault, status] of [
    ['error-missing-inputs', 400],
    ['error-input-format', 400],
    ['error-401', 401],
    ['error-403', 403],
    ['error-404', 404],
    ['error-429', 429],
    ['error-500', 500],
  ] as const) {
    it(`plays ${fault} for that user id or e-mail address`, async () => {
      assert.equal((await running.init({ user_id: fault })).status, status)
      assert.equal((await running.init({ user_id: 'u', email: `${fault}@example.com` })).status, status)
    })
  }

  it('plays faults of the line: Retry-After, garbage, too much, too little, elsewhere, a cut', async () => {
    const busy = await running.init({ user_id: 'error-429-retry-after' })
    assert.equal(busy.headers.get('retry-after'), '1')
    await assert.rejects((await running.init({ user_id: 'error-garbage' })).json(), SyntaxError)
    const huge = await (await running.init({ user_id: 'error-huge' })).text()
    assert.ok(huge.length > 64 * 1024)
    await assert.rejects(running.init({ user_id: 'error-truncated' }).then((response) => response.text()))
    const moved = await fetch(`${running.url}/orchestration-api/v1/init-workflow`, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ inputs: { user_id: 'error-redirect' } }),
    })
    assert.equal(moved.status, 307)
    await assert.rejects(running.init({ user_id: 'error-cut' }))
  })

  it('is slow when asked to be: the right answer, a minute late', async () => {
    const answer = running.init({ user_id: 'error-slow' })
    await until(() => clock.pending() === 1)
    await running.control('/clock', { advanceMs: 60_000 })
    assert.equal((await answer).status, 200)
  })

  it('strikes as often as the control API says', async () => {
    await running.control('/faults', { place: 'init-workflow', fault: 'error-500', times: 1 })
    assert.equal((await running.init({ user_id: 'u' })).status, 500)
    assert.equal((await running.init({ user_id: 'u' })).status, 200)
    await running.control('/faults', { place: 'regions', fault: 'error-500' })
    assert.equal((await fetch(`${running.url}/regions.json`)).status, 500)
    assert.equal((await fetch(`${running.url}/regions.json`)).status, 500)
    await running.control('/faults', { place: 'regions', fault: null })
    assert.equal((await fetch(`${running.url}/regions.json`)).status, 200)
  })
})
