import assert from 'node:assert/strict'
import { type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { createClock, type SandboxClock } from '../../../server/sandbox/clock.ts'
import { ONBOARDING_STATUSES } from '../../../server/sandbox/incode/interviews.ts'
import { closeServer, listen, type RunningSandbox, startSandbox } from './helpers/start-sandbox.ts'

describe('Incode', () => {
  let clock: SandboxClock
  let running: RunningSandbox
  let server: Server
  /** Everything that arrived, in order. */
  let calls: { url: string; authorization: string; type: string; body: string }[]
  let answerWebhook: (response: ServerResponse) => void
  let answerToken: (response: ServerResponse) => void

  beforeEach(async () => {
    clock = createClock({ now: () => Date.UTC(2026, 0, 5), ticking: false })
    calls = []
    let issued = 0
    const json = { 'content-type': 'application/json' }
    answerToken = (response) =>
      response.writeHead(200, json).end(JSON.stringify({ access_token: `token-${(issued += 1)}`, expires_in: 300 }))
    answerWebhook = (response) => response.writeHead(200, json).end('{"success":true}')
    const door = await listen((request, response) => void handle(request, response))
    server = door.server
    running = await startSandbox({ webhookBase: door.url, clock })
  })
  afterEach(async () => {
    await running.close()
    await closeServer(server)
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { authorization = '', 'content-type': type = '' } = request.headers
    calls.push({ url: request.url ?? '', authorization, type, body: await text(request) })
    if (request.url === '/webhooks/incode/token') answerToken(response)
    else answerWebhook(response)
  }

  it('fetches a token with its credentials, shows it, and keeps it for its lifetime', async () => {
    await running.sandbox.trigger('incode', { userId: 'u-1', interviewId: 'i-1', status: 'ONBOARDING_FINISHED' })
    await running.sandbox.trigger('incode', { interviewId: 'i-1', status: 'MANUAL_REVIEW_APPROVED' })
    await clock.advance(300_000)
    await running.sandbox.trigger('incode', { interviewId: 'i-1', status: 'MANUAL_REVIEW_REJECTED' })
    assert.deepEqual(
      calls.map(({ url, authorization }) => [url, authorization]),
      [
        ['/webhooks/incode/token', `Basic ${btoa('incode-client:incode-secret')}`],
        ['/webhooks/incode', 'Bearer token-1'],
        ['/webhooks/incode', 'Bearer token-1'],
        ['/webhooks/incode/token', `Basic ${btoa('incode-client:incode-secret')}`],
        ['/webhooks/incode', 'Bearer token-2'],
      ],
    )
    assert.equal(calls[0]?.type, 'application/x-www-form-urlencoded')
    assert.equal(calls[0]?.body, 'grant_type=client_credentials')
    assert.deepEqual(JSON.parse(calls[1]?.body ?? ''), {
      interviewId: 'i-1',
      externalCustomerId: 'u-1',
      onboardingStatus: 'ONBOARDING_FINISHED',
    })
  })

  it('tries six times in all: 30 s, then 2.5 times as long each time', async () => {
    answerWebhook = (response) => response.writeHead(404).end()
    await running.sandbox.trigger('incode')
    await clock.advance(24 * 3_600_000)
    const times = running.sandbox.sender.attempts().map(({ at }) => (Date.parse(at) - Date.UTC(2026, 0, 5)) / 1000)
    assert.deepEqual(times.toReversed(), [0, 30, 105, 292.5, 761.25, 1933.125])
  })

  it('takes 204, and 200 only with JSON, for an answer', async () => {
    answerWebhook = (response) => response.writeHead(204).end()
    assert.equal((await running.sandbox.trigger('incode')).nextAttemptAt, null)
    answerWebhook = (response) => response.writeHead(200, { 'content-type': 'text/plain' }).end('OK')
    assert.notEqual((await running.sandbox.trigger('incode')).nextAttemptAt, null)
    answerWebhook = (response) => response.writeHead(202, { 'content-type': 'application/json' }).end('{}')
    assert.notEqual((await running.sandbox.trigger('incode')).nextAttemptAt, null)
  })

  it('tries again when there is no token, and fetches a new one after a refusal', async () => {
    const issue = answerToken
    answerToken = (response) => response.writeHead(503).end()
    const first = await running.sandbox.trigger('incode')
    assert.equal(first.error, 'TOKEN_503')
    assert.notEqual(first.nextAttemptAt, null)
    answerToken = issue
    const accept = answerWebhook
    answerWebhook = (response) => response.writeHead(401).end()
    await clock.advance(30_000)
    answerWebhook = accept
    await clock.advance(75_000)
    assert.equal(running.sandbox.sender.attempts()[0]?.status, 200)
    assert.equal(calls.at(-1)?.authorization, 'Bearer token-2')
  })

  it('can send every status but UNKNOWN', async () => {
    const [unknown, ...sent] = ONBOARDING_STATUSES
    for (const status of sent) await running.sandbox.trigger('incode', { status, interviewId: 'i-1' })
    assert.equal(calls.length, 1 + 10)
    await assert.rejects(running.sandbox.trigger('incode', { status: unknown }), /Known statuses/)
  })

  it('answers status and score to who has key, token and version', async () => {
    const ask = (path: string, headers: Record<string, string> = {}) =>
      fetch(running.url + path, {
        headers: { 'api-version': '1.0', 'x-api-key': 'any', 'x-incode-hardware-id': 'any', ...headers },
      })
    await running.sandbox.trigger('incode', { interviewId: 'i-9', status: 'ONBOARDING_FINISHED', score: 'WARN' })
    assert.deepEqual(await (await ask('/omni/get/onboarding/status?id=i-9')).json(), {
      onboardingStatus: 'ONBOARDING_FINISHED',
    })
    assert.deepEqual(await (await ask('/omni/get/score?id=i-9')).json(), { overall: { status: 'WARN' } })
    assert.equal((await ask('/omni/get/score?id=i-10')).status, 404)
    assert.equal((await ask('/omni/get/score?id=i-9', { 'x-api-key': '' })).status, 401)
    assert.equal((await ask('/omni/get/score?id=i-9', { 'api-version': '2' })).status, 400)
    assert.equal((await ask('/omni/finish-status?id=i-9')).status, 405)
  })

  it('keeps its API to the key and token it was given', async () => {
    const secrets = { seon: 's', fraudLicenseKey: 'l', incodeClientId: 'c', incodeClientSecret: 's' }
    const strict = await startSandbox({ secrets: { ...secrets, incodeApiKey: 'key', incodeApiToken: 'token' } })
    const ask = async (key: string, token: string) => {
      const headers = { 'api-version': '1.0', 'x-api-key': key, 'x-incode-hardware-id': token }
      return (await fetch(`${strict.url}/omni/get/score?id=none`, { headers })).status
    }
    assert.equal(await ask('key', 'token'), 404)
    assert.equal(await ask('key', 'other'), 401)
    assert.equal(await ask('other', 'token'), 401)
    await strict.close()
  })
})
