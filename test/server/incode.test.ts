import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, it } from 'node:test'
import { readConfig } from '../../server/config/config.ts'
import { createLog } from '../../server/log.ts'
import { type RunningServer, startServer } from '../../server/server.ts'
import { isFields } from '../../server/vendors/fields.ts'
import { startIncode } from '../helpers/incode.ts'
import { listen, stop } from '../helpers/listen.ts'
import { describeStores } from '../helpers/stores.ts'

const CLIENT = { INCODE_WEBHOOK_CLIENT_ID: 'incode', INCODE_WEBHOOK_CLIENT_SECRET: 'the-right-secret' }
const basic = `Basic ${Buffer.from('incode:the-right-secret').toString('base64')}`
const INTERVIEW = '66a0b1c2d3e4f5a6b7c8d902'

function requestToken(server: RunningServer, authorization = basic): Promise<Response> {
  return fetch(`${server.url}/webhooks/incode/token`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/x-www-form-urlencoded' },
    body: 'grant_type=client_credentials',
  })
}

async function readToken(response: Response): Promise<string> {
  const answer: unknown = await response.json()
  assert.ok(isFields(answer))
  return String(answer['access_token'])
}

function send(server: RunningServer, headers: Record<string, string>, onboardingStatus: string): Promise<Response> {
  return fetch(`${server.url}/webhooks/incode`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ interviewId: INTERVIEW, externalCustomerId: 'ada-1', onboardingStatus }),
  })
}

async function read(server: RunningServer, path: string): Promise<unknown> {
  const authorization = `Bearer ${server.sandbox?.adminToken}`
  return (await fetch(`${server.url}${path}`, { headers: { authorization } })).json()
}

/** The one verification, once it is as awaited. */
async function awaitVerification(server: RunningServer, isAwaited: (found: Record<string, unknown>) => boolean) {
  for (;;) {
    const list = await read(server, '/api/verifications?vendor=incode')
    const items: unknown = isFields(list) ? list['items'] : undefined
    const [item] = Array.isArray(items) ? items : []
    const found = isFields(item) ? await read(server, `/api/verifications/${String(item['id'])}`) : undefined
    if (isFields(found) && isAwaited(found)) return found
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

describeStores("Incode's way in", (stores) => {
  async function start(env: Record<string, string>): Promise<RunningServer> {
    const server = await startServer({
      config: readConfig({ PORT: '0', ...env }),
      log: createLog('silent'),
    })
    let closing: Promise<void> | undefined
    const close = () => (closing ??= server.close())
    after(close)
    return { ...server, close }
  }

  it('B1 row 33: fetches a token, shows it, and is answered as it wants to be', async () => {
    const server = await start({ ...CLIENT, DATABASE_URL: await stores.createUrl() })
    const issued = await requestToken(server)
    assert.equal(issued.status, 200)
    const token = await readToken(issued)
    const taken = await send(server, { authorization: `Bearer ${token}` }, 'MANUAL_REVIEW_APPROVED')
    assert.equal(taken.status, 200)
    assert.match(taken.headers.get('content-type') ?? '', /^application\/json/)
    assert.deepEqual(await taken.json(), { success: true })
    const found = await awaitVerification(server, ({ status }) => status === 'approved')
    assert.equal(found['userId'], 'ada-1')
    assert.equal(found['vendorId'], INTERVIEW)

    for (const authorization of ['', 'Bearer x', `Bearer ${token}x`, basic]) {
      assert.equal((await send(server, { authorization }, 'MANUAL_REVIEW_REJECTED')).status, 401, authorization)
    }
    assert.equal((await requestToken(server, `${basic}x`)).status, 401)
    assert.equal((await fetch(`${server.url}/webhooks/incode/token`)).status, 405)
  })

  it('takes tokens that were issued before a restart', async () => {
    const env = { ...CLIENT, DATABASE_URL: await stores.createUrl() }
    const before = await start(env)
    const token = await readToken(await requestToken(before))
    await before.close()
    const server = await start(env)
    assert.equal((await send(server, { authorization: `Bearer ${token}` }, 'ONBOARDING_FINISHED')).status, 200)
  })

  it('takes a static header in place of a token', async () => {
    const server = await start({ INCODE_WEBHOOK_HEADER: 'X-Hook: 0815 long', DATABASE_URL: await stores.createUrl() })
    assert.equal((await send(server, { 'x-hook': '0815 long' }, 'EXPIRED')).status, 200)
    assert.equal((await send(server, { 'x-hook': '0815 wrong' }, 'EXPIRED')).status, 401)
    await awaitVerification(server, ({ status }) => status === 'expired')
  })

  it('has a person look where two manual results contradict each other, whichever came first', async () => {
    for (const words of [
      ['MANUAL_REVIEW_APPROVED', 'MANUAL_REVIEW_REJECTED'],
      ['MANUAL_REVIEW_REJECTED', 'MANUAL_REVIEW_APPROVED'],
    ]) {
      const server = await start({ ...CLIENT, DATABASE_URL: await stores.createUrl() })
      const authorization = `Bearer ${await readToken(await requestToken(server))}`
      for (const word of words) assert.equal((await send(server, { authorization }, word)).status, 200)
      const found = await awaitVerification(server, ({ status }) => status === 'review')
      assert.deepEqual(found['flags'], ['contradiction'])
      assert.equal(found['decidedAt'], null)
      await server.close()
    }
  })

  it('B1 row 28: decides nothing before its API has said the same, where that is configured', async () => {
    const incode = await startIncode()
    const server = await start({
      ...CLIENT,
      DATABASE_URL: await stores.createUrl(),
      INCODE_API_URL: incode.url,
      INCODE_API_KEY: 'key',
      INCODE_API_TOKEN: 'token',
    })
    incode.interviews.set(INTERVIEW, { onboardingStatus: 'ONBOARDING_FINISHED', score: 'FAIL' })
    const authorization = `Bearer ${await readToken(await requestToken(server))}`
    assert.equal((await send(server, { authorization }, 'MANUAL_REVIEW_APPROVED')).status, 200)
    const found = await awaitVerification(server, ({ status }) => status !== 'finished')
    assert.equal(found['status'], 'declined')
    assert.deepEqual(found['flags'], [])
    assert.ok(incode.paths.every((path) => !path.includes('finish-status')))
  })

  it('is played by the sandbox with secrets that nobody has to give', async () => {
    const server = await start({ DATABASE_URL: await stores.createUrl() })
    await trigger(server, { status: 'MANUAL_REVIEW_REJECTED' })
    await awaitVerification(server, ({ status }) => status === 'declined')
  })

  it('is played by the sandbox with its verdicts too, where that address is given', async () => {
    const port = await findFreePort()
    const server = await start({
      DATABASE_URL: await stores.createUrl(),
      SANDBOX_PORT: String(port),
      INCODE_API_URL: `http://127.0.0.1:${port}`,
      INCODE_API_KEY: 'any',
      INCODE_API_TOKEN: 'any',
    })
    await trigger(server, { status: 'ONBOARDING_FINISHED', score: 'WARN' })
    await awaitVerification(server, ({ status }) => status === 'review')
    await trigger(server, { status: 'MANUAL_REVIEW_APPROVED' })
    await awaitVerification(server, ({ status }) => status === 'approved')
  })
})

async function trigger(server: RunningServer, options: { status: string; score?: string }): Promise<void> {
  const triggered = await fetch(`${server.sandbox?.url}/control/trigger`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ event: 'incode', userId: 'ada-1', ...options }),
  })
  assert.equal(triggered.status, 200)
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  const origin = await listen(server)
  await stop(server)
  return Number(new URL(origin).port)
}
