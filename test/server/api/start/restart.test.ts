import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bearer, errorOf, post, shop, verificationOf } from '../../../helpers/init-client.ts'
import {
  LIVE_SIGNED,
  LIVE_UNSIGNED,
  signUserToken as signTokenOfUser1,
  useInitServers,
} from '../../../helpers/init-server.ts'
import { startSandboxServer } from '../../../helpers/server.ts'
import { approve, ask, decide, refusalOf, signUserToken, start, USER_TOKEN_SECRET } from '../../../helpers/visitor.ts'

const LIMITS = { INIT_LIMITS: 'address=1000/m,user=1000/m' }
const FULL = '9f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b12'

describe('RESTART', () => {
  it('unless-approved: nobody pays twice for one approval, and whoever was declined may try again', async () => {
    const server = await startSandboxServer({ ...LIMITS, WORKFLOWS: `full:${FULL}` })
    const init = (body: unknown) => ask(server, '/api/init-verification', body)
    await approve(server, 'ada-1')
    assert.deepEqual(refusalOf(await init({ userId: 'ada-1' })), [409, 'already_approved'])
    assert.deepEqual(refusalOf(await init({ userId: 'ada-1', userCity: 'Pécs' })), [409, 'already_approved'])
    assert.deepEqual(refusalOf(await ask(server, '/api/links', { userId: 'ada-1' })), [409, 'already_approved'])
    assert.equal((await init({ userId: 'ada-1', workflow: 'full' })).status, 200, 'another workflow asks for more')
    assert.equal((await init({ userId: 'somebody-else' })).status, 200)

    await start(server, 'bela-2')
    await decide(server, 'bela-2', 'declined')
    assert.equal((await init({ userId: 'bela-2' })).status, 200)
    await decide(server, 'bela-2', 'approved', ['declined'])
    assert.deepEqual(refusalOf(await init({ userId: 'bela-2' })), [409, 'already_approved'])
    await decide(server, 'bela-2', 'declined', ['declined'])
    assert.equal((await init({ userId: 'bela-2' })).status, 200, 'the approval was taken back')
  })

  it('never: only whose runs came to nothing', async () => {
    const server = await startSandboxServer({ ...LIMITS, RESTART: 'never' })
    const init = (userId: string) => ask(server, '/api/init-verification', { userId })
    const statusToken = await start(server, 'cilla-3')
    for (const event of ['started', 'cancelled']) {
      await ask(server, '/api/progress', { event }, { bearer: statusToken })
      assert.equal((await init('cilla-3')).status, 200, event)
    }
    await ask(server, '/api/progress', { event: 'completed' }, { bearer: await start(server, 'cilla-3') })
    assert.deepEqual(refusalOf(await init('cilla-3')), [409, 'already_submitted'])
    await decide(server, 'cilla-3', 'declined', ['cancelled'])
    assert.deepEqual(refusalOf(await init('cilla-3')), [409, 'already_submitted'])
    await approve(server, 'dora-4')
    assert.deepEqual(refusalOf(await init('dora-4')), [409, 'already_approved'])
  })

  it('always: as often as they like', async () => {
    const server = await startSandboxServer({ ...LIMITS, RESTART: 'always' })
    await approve(server, 'ada-1')
    assert.equal((await ask(server, '/api/init-verification', { userId: 'ada-1' })).status, 200)
  })

  it('holds for the user whom the token names, whatever the body says', async () => {
    const server = await startSandboxServer({ ...LIMITS, USER_TOKEN_SECRET })
    const init = async (sub: string, body: unknown = {}) =>
      ask(server, '/api/init-verification', body, { bearer: await signUserToken(sub) })
    assert.equal((await init('ada-1')).status, 200)
    await decide(server, 'ada-1', 'approved')
    assert.deepEqual(refusalOf(await init('ada-1', { userId: 'somebody-else' })), [409, 'already_approved'])
    assert.equal((await init('somebody-else', { userId: 'ada-1' })).status, 200)
  })
})

describe('POST /api/resume', () => {
  it('finds what a signed user has, without using the token up', async () => {
    const server = await startSandboxServer({ ...LIMITS, USER_TOKEN_SECRET })
    const bearer = await signUserToken('ada-1')
    const resume = (body: unknown = {}, token: string | undefined = bearer) =>
      ask(server, '/api/resume', body, { bearer: token })
    assert.deepEqual((await resume()).body, { mayStart: true, found: null })
    assert.equal((await ask(server, '/api/init-verification', {}, { bearer })).status, 200)
    const created = Object((await resume()).body['found'])
    assert.equal(created.status, 'created')
    await decide(server, 'ada-1', 'approved')

    const { body } = await resume()
    assert.equal(body['mayStart'], false)
    const { status, statusToken, revision } = Object(body['found'])
    assert.equal(status, 'approved')
    const followed = await ask(server, '/api/status', undefined, { bearer: statusToken, method: 'GET' })
    assert.deepEqual(followed.body, { status, revision })
    assert.equal((await ask(server, '/api/receipts', {}, { bearer: statusToken })).status, 200)

    const stranger = await signUserToken('somebody-else')
    assert.deepEqual((await resume({ userId: 'ada-1' }, stranger)).body, { mayStart: true, found: null })
    assert.deepEqual((await resume({ userId: 'somebody-else' })).body, { mayStart: true, found: null }, 'not hers')
    assert.deepEqual(Object((await resume({ userId: 'ada-1' })).body['found']).status, 'approved')
    const nobody = await ask(server, '/api/resume', { userId: 'ada-1' })
    assert.deepEqual(refusalOf(nobody), [401, 'user_token_invalid'])
    assert.deepEqual(refusalOf(await resume({}, statusToken)), [401, 'user_token_invalid'])
    assert.deepEqual(refusalOf(await resume({ workflow: 'unknown' })), [400, 'invalid'])
  })

  it('tells of the approval rather than of a newer run that came to nothing', async () => {
    const server = await startSandboxServer(LIMITS)
    await start(server, 'ada-1')
    await ask(server, '/api/progress', { event: 'started' }, { bearer: await start(server, 'ada-1') })
    await start(server, 'ada-1')
    const [, older] = await listIds(server)
    await server.control(`/runs/${older}/status`, { status: 'APPROVED' })
    const resume = () => ask(server, '/api/resume', { userId: 'ada-1' })
    const deadline = Date.now() + 10_000
    let answer = await resume()
    while (answer.body['mayStart'] === true && Date.now() < deadline) answer = await resume()
    assert.deepEqual([answer.body['mayStart'], Object(answer.body['found']).status], [false, 'approved'])
  })

  it('refuses foreign pages, as every start does', async () => {
    const server = await startSandboxServer({ ...LIMITS, ALLOWED_ORIGINS: 'https://shop.example.com' })
    const answer = await ask(server, '/api/resume', { userId: 'ada-1' }, { origin: 'https://evil.example' })
    assert.deepEqual(refusalOf(answer), [403, 'origin_forbidden'])
    assert.deepEqual(refusalOf(await ask(server, '/api/resume', undefined, { method: 'GET' })), [
      405,
      'method_not_allowed',
    ])
  })
})

describe('whoever names a user of a live server without a token', () => {
  const { start: startServer } = useInitServers()

  it('does not learn whether that user is verified, and is started as if nobody were', async () => {
    const server = await startServer(LIVE_UNSIGNED)
    const resume = async () => post({ ...server, url: server.resumeUrl }, { userId: 'ada-1' }, shop)
    const nothing = { mayStart: true, found: null }
    assert.deepEqual((await resume()).body, nothing)
    const first = await post(server, { userId: 'ada-1' }, shop)
    await server.setStatus(await verificationOf(server, first), 'approved')
    assert.deepEqual((await resume()).body, nothing)
    assert.equal((await post(server, { userId: 'ada-1' }, shop)).status, 200)
  })

  it('is asked for a token where users are signed, as is whoever forges one', async () => {
    const server = await startServer(LIVE_SIGNED)
    const resume = (headers: Record<string, string>) =>
      post({ ...server, url: server.resumeUrl }, { userId: 'user-1' }, { ...shop, ...headers })
    assert.deepEqual(errorOf(await resume({})), [401, 'user_token_invalid'])
    assert.deepEqual(errorOf(await resume(bearer('eyJhbGciOiJub25lIn0.e30.'))), [401, 'user_token_invalid'])
    assert.equal((await resume(bearer(await signTokenOfUser1()))).status, 200)
    assert.deepEqual(errorOf(await post({ ...server, url: server.resumeUrl }, {})), [403, 'origin_required'])
  })
})

async function listIds(server: Awaited<ReturnType<typeof startSandboxServer>>): Promise<string[]> {
  const { items } = Object(await server.ask('/api/verifications'))
  return items.map((item: { vendorId: string }) => item.vendorId)
}
