import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { io } from 'socket.io-client'
import type { StatusMessage } from '../../../../server/protocol.ts'
import { startSandboxServer, type TestServer } from '../../../helpers/server.ts'
import {
  type Answer,
  ask,
  decide,
  OTHER_SHOP,
  refusalOf,
  SHOP,
  signUserToken,
  takeReceipt,
  textOf,
  USER_TOKEN_SECRET,
} from '../../../helpers/visitor.ts'
import { readVerifications } from '../../../journeys/steps.ts'

const LIMITS = { INIT_LIMITS: 'address=1000/m,user=1000/m' }
const HOUR = 3_600_000
const PHONE = 'p'.repeat(22)
const LAPTOP = 'l'.repeat(22)

const createLink = (server: TestServer, userId: string, more: Record<string, unknown> = {}) =>
  ask(server, '/api/links', { userId, ...more })

const codeOf = (link: Answer): string => new URL(textOf(link, 'url')).pathname.slice('/verify/'.length)

/** What the hosted page asks on that device. */
const onDevice = (server: TestServer, path: string, code: string, device: string) =>
  ask(server, path, {}, { bearer: `link.${code}.${device}`, origin: server.url })

const startBy = (server: TestServer, link: Answer, device = PHONE) =>
  onDevice(server, '/api/init-verification', codeOf(link), device)

const statusOf = async (server: TestServer, link: Answer) =>
  (await ask(server, '/api/status', undefined, { bearer: textOf(link, 'statusToken'), method: 'GET' })).body

/** What the first page is told, live. */
function followLink(server: TestServer, link: Answer) {
  const heard: StatusMessage[] = []
  const socket = io(`${server.url}/visitor`, {
    auth: { token: textOf(link, 'statusToken') },
    transports: ['websocket'],
  })
  const waiting: { status: string; resolve: () => void }[] = []
  socket.on('status', (message: StatusMessage) => {
    heard.push(message)
    for (const each of waiting) if (each.status === message.status) each.resolve()
  })
  return {
    heard,
    hear: (status: string) =>
      new Promise<void>((resolve) => {
        waiting.push({ status, resolve })
        if (heard.some((message) => message.status === status)) resolve()
      }),
    close: () => socket.close(),
  }
}

describe('POST /api/links', () => {
  it('begins nothing until the link is used, and the first page follows what is begun then', async () => {
    const server = await startSandboxServer(LIMITS)
    const link = await createLink(server, 'ada-1', { email: 'ada@example.com' })
    assert.equal(link.status, 200)
    assert.match(textOf(link, 'url'), new RegExp(`^${server.url}/verify/[\\w-]{22}$`))
    const lasts = Date.parse(textOf(link, 'expiresAt')) - Date.now()
    assert.ok(lasts > 23 * HOUR && lasts <= 24 * HOUR)
    assert.equal(link.headers.get('cache-control'), 'no-store')
    const waiting = { status: 'created', revision: 0, link: 'waiting' }
    assert.deepEqual(await statusOf(server, link), waiting)
    const follower = followLink(server, link)
    await follower.hear('created')
    assert.deepEqual(follower.heard, [waiting])
    const seen = await onDevice(server, '/api/resume', codeOf(link), PHONE)
    assert.deepEqual(seen.body, { mayStart: true, found: null, site: SHOP })
    assert.deepEqual(await readVerifications(server), [], 'looking at it costs nothing')
    const early = await ask(server, '/api/receipts', {}, { bearer: textOf(link, 'statusToken') })
    assert.deepEqual(early.body, { error: 'not_approved', status: 'created' })

    const run = await startBy(server, link)
    assert.equal(run.status, 200)
    assert.deepEqual(
      (await readVerifications(server)).map(({ userId }) => userId),
      ['ada-1'],
    )
    const hint = await ask(server, '/api/progress', { event: 'started' }, { bearer: textOf(run, 'statusToken') })
    assert.equal(hint.status, 204)
    await follower.hear('started')
    await decide(server, 'ada-1', 'approved')
    await follower.hear('approved')
    assert.equal((await statusOf(server, link))['status'], 'approved')
    await takeReceipt(server, textOf(link, 'statusToken'))
    follower.close()
  })

  it('is for one device, from the start on', async () => {
    const server = await startSandboxServer(LIMITS)
    const link = await createLink(server, 'ada-1')
    assert.equal((await onDevice(server, '/api/resume', codeOf(link), LAPTOP)).status, 200)
    const first = await startBy(server, link)
    const again = await startBy(server, link)
    assert.equal(again.body['token'], first.body['token'], 'a reload meets the same run')
    assert.deepEqual(refusalOf(await startBy(server, link, LAPTOP)), [409, 'link_used'])
    assert.deepEqual(refusalOf(await onDevice(server, '/api/resume', codeOf(link), LAPTOP)), [409, 'link_used'])
    assert.equal((await readVerifications(server)).length, 1)
  })

  it('lets two devices race, and one of them in', async () => {
    const server = await startSandboxServer(LIMITS)
    const link = await createLink(server, 'ada-1')
    const devices = Array.from({ length: 6 }, (_, index) => String(index).repeat(22))
    const answers = await Promise.all(devices.map((device) => startBy(server, link, device)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(answers.filter(({ status }) => status === 409).length, 5)
  })

  it('is good until a run was gone through, and then for nothing', async () => {
    const server = await startSandboxServer({ ...LIMITS, RESTART: 'always' })
    const link = await createLink(server, 'ada-1')
    const first = await startBy(server, link)
    const follower = followLink(server, link)
    await ask(server, '/api/progress', { event: 'cancelled' }, { bearer: textOf(first, 'statusToken') })
    await follower.hear('cancelled')
    const second = await startBy(server, link)
    assert.notEqual(second.body['token'], first.body['token'], 'whoever was interrupted begins again')
    await ask(server, '/api/progress', { event: 'completed' }, { bearer: textOf(second, 'statusToken') })
    await follower.hear('submitted')
    assert.deepEqual(refusalOf(await startBy(server, link)), [409, 'link_used'])
    const { body } = await onDevice(server, '/api/resume', codeOf(link), PHONE)
    assert.deepEqual([body['mayStart'], Object(body['found']).status], [false, 'submitted'])
    follower.close()
  })

  it('ends after 24 hours, or with the next link for the same user', async () => {
    let clock = 0
    const server = await startSandboxServer(LIMITS, { now: () => Date.now() + clock })
    const older = await createLink(server, 'ada-1')
    const newer = await createLink(server, 'ada-1')
    const others = await createLink(server, 'bela-2')
    assert.deepEqual(refusalOf(await startBy(server, older)), [410, 'link_expired'])
    assert.equal((await statusOf(server, older))['link'], 'replaced')
    assert.equal((await startBy(server, others)).status, 200)
    clock = 24 * HOUR
    for (const path of ['/api/init-verification', '/api/resume']) {
      assert.deepEqual(refusalOf(await onDevice(server, path, codeOf(newer), PHONE)), [410, 'link_expired'])
    }
    assert.equal((await statusOf(server, newer))['link'], 'expired')
  })

  it('is not to be guessed, and opens nothing else', async () => {
    const server = await startSandboxServer(LIMITS)
    const code = codeOf(await createLink(server, 'ada-1'))
    const bearers = [
      `link.${code}`,
      `link.${code}.`,
      `link.${code.slice(1)}.${PHONE}`,
      `link..${PHONE}`,
      'link.',
      `link.${'A'.repeat(22)}.${PHONE}`,
    ]
    for (const bearer of bearers) {
      const answer = await ask(server, '/api/init-verification', {}, { bearer, origin: server.url })
      assert.deepEqual(refusalOf(answer), [404, 'link_invalid'], bearer)
    }
    const bearer = `link.${code}.${PHONE}`
    assert.equal((await ask(server, '/api/links', { userId: 'u' }, { bearer })).status, 401, 'a link makes no links')
    assert.equal((await ask(server, '/api/receipts', {}, { bearer })).status, 401)
    assert.equal((await ask(server, '/api/verifications', undefined, { bearer, method: 'GET' })).status, 401)
    assert.ok(!server.readLog().includes(code), 'nor told in the log')
    const swapped = await ask(server, '/api/init-verification', { userId: 'victim' }, { bearer, origin: server.url })
    assert.equal(swapped.status, 200)
    assert.deepEqual(
      (await readVerifications(server)).map(({ userId }) => userId),
      ['ada-1'],
      'the body names nobody',
    )
  })

  it('keeps to the rules of a start: origins, limits, fields', async () => {
    const server = await startSandboxServer({ ALLOWED_ORIGINS: SHOP, INIT_LIMITS: 'user=2/m' })
    const foreign = await ask(server, '/api/links', { userId: 'u' }, { origin: OTHER_SHOP })
    assert.deepEqual(refusalOf(foreign), [403, 'origin_forbidden'])
    assert.deepEqual(refusalOf(await createLink(server, 'u', { nonsense: 1 })), [400, 'invalid'])
    assert.deepEqual(refusalOf(await ask(server, '/api/links', {})), [400, 'invalid'])
    assert.equal((await createLink(server, 'u')).status, 200)
    assert.equal((await createLink(server, 'u')).status, 200)
    assert.deepEqual(refusalOf(await createLink(server, 'u')), [429, 'rate_limited'])
  })
})

describe('a user token and links', () => {
  it('goes over to the newest link and starts nothing else', async () => {
    const server = await startSandboxServer({ ...LIMITS, USER_TOKEN_SECRET })
    assert.deepEqual(refusalOf(await createLink(server, 'ada-1')), [401, 'user_token_invalid'])
    const bearer = await signUserToken('ada-1', { inputs: { user_fullname: 'Ada Example' } })
    const first = await ask(server, '/api/links', {}, { bearer })
    const init = () => ask(server, '/api/init-verification', {}, { bearer })
    assert.deepEqual(refusalOf(await init()), [401, 'user_token_used'])
    const second = await ask(server, '/api/links', {}, { bearer })
    assert.equal(second.status, 200, 'a retry replaces the link')
    assert.deepEqual(refusalOf(await startBy(server, first)), [410, 'link_expired'])
    const run = await startBy(server, second)
    assert.equal(run.status, 200)
    await ask(server, '/api/progress', { event: 'started' }, { bearer: textOf(run, 'statusToken') })
    assert.deepEqual(refusalOf(await ask(server, '/api/links', {}, { bearer })), [401, 'user_token_used'])
    assert.equal((await readVerifications(server)).length, 1)
  })

  it('comes from a page where the flow could not be opened', async () => {
    const server = await startSandboxServer({ ...LIMITS, USER_TOKEN_SECRET })
    const bearer = await signUserToken('ada-1')
    const direct = await ask(server, '/api/init-verification', {}, { bearer })
    const link = await ask(server, '/api/links', {}, { bearer })
    const run = await startBy(server, link)
    assert.equal(run.body['token'], direct.body['token'], 'the run that was there is gone on with')
    assert.equal((await readVerifications(server)).length, 1)
  })
})
