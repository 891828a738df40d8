import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { base64url, decodeJwt, decodeProtectedHeader, SignJWT } from 'jose'
import { startSandboxServer } from '../../helpers/server.ts'
import {
  type Answer,
  API_TOKEN,
  approve,
  ask,
  decide,
  OTHER_SHOP,
  refusalOf,
  SHOP,
  start,
  takeReceipt,
  textOf,
} from '../../helpers/visitor.ts'

const MINUTE = 60_000

let clock = 0
// Outside of the suite: what a hook starts ends with the hook.
const server = await startSandboxServer(
  { API_TOKEN, ALLOWED_ORIGINS: `${SHOP},${OTHER_SHOP}`, INIT_LIMITS: 'address=1000/m,user=1000/m' },
  { now: () => Date.now() + clock },
)

describe('receipts', () => {
  const redeem = (receipt: unknown, more: Record<string, unknown> = {}, bearer = API_TOKEN): Promise<Answer> =>
    ask(server, '/api/receipts/redeem', { receipt, ...more }, { bearer, origin: null })

  it('are for the approved, and good once', async () => {
    const statusToken = await approve(server, 'ada-1')
    const answer = await ask(server, '/api/receipts', {}, { bearer: statusToken })
    assert.equal(answer.status, 200)
    assert.equal(answer.headers.get('access-control-allow-origin'), SHOP)
    assert.equal(answer.headers.get('cache-control'), 'no-store')
    const lasts = Date.parse(textOf(answer, 'expiresAt')) - Date.now()
    assert.ok(lasts > 9 * MINUTE && lasts <= 10 * MINUTE)
    const receipt = textOf(answer, 'receipt')
    assert.ok(receipt.length <= 1000)
    assert.ok(
      !JSON.stringify([decodeJwt(receipt), decodeProtectedHeader(receipt)]).includes('ada-1'),
      'it names nobody',
    )

    const redeemed = await redeem(receipt, { userId: 'ada-1', origin: SHOP })
    assert.equal(redeemed.status, 200)
    assert.equal(redeemed.body['origin'], SHOP)
    const verification = Object(redeemed.body['verification'])
    assert.equal(verification.status, 'approved')
    assert.equal(verification.userId, 'ada-1')
    assert.deepEqual(refusalOf(await redeem(receipt, { userId: 'ada-1', origin: SHOP })), [409, 'receipt_used'])
  })

  it('are not given before a decision, nor for any other', async () => {
    const statusToken = await start(server, 'undecided')
    const issue = () => ask(server, '/api/receipts', {}, { bearer: statusToken })
    assert.deepEqual((await issue()).body, { error: 'not_approved', status: 'created' })
    // What the browser says is no decision.
    const hint = await ask(server, '/api/progress', { event: 'completed', detail: 'success' }, { bearer: statusToken })
    assert.equal(hint.status, 204)
    assert.deepEqual((await issue()).body, { error: 'not_approved', status: 'submitted' })
    for (const status of ['review', 'declined'] as const) {
      await decide(server, 'undecided', status)
      const refused = await issue()
      assert.deepEqual([refused.status, refused.body], [409, { error: 'not_approved', status }])
    }
  })

  it('are given to pages that may embed, each for itself', async () => {
    const bearer = await approve(server, 'origins')
    const issue = (origin: string | null, body: unknown = {}) => ask(server, '/api/receipts', body, { bearer, origin })
    assert.deepEqual(refusalOf(await issue(null)), [403, 'origin_required'])
    assert.deepEqual(refusalOf(await issue('null')), [403, 'origin_forbidden'])
    assert.deepEqual(refusalOf(await issue('https://evil.example')), [403, 'origin_forbidden'])
    assert.deepEqual(refusalOf(await issue(SHOP, { forOrigin: OTHER_SHOP })), [403, 'origin_forbidden'])
    // Our own embed page speaks for the page around it.
    assert.deepEqual(refusalOf(await issue(server.url, { forOrigin: 'https://evil.example' })), [
      403,
      'origin_forbidden',
    ])
    const embedded = await issue(server.url, { forOrigin: SHOP })
    assert.equal((await redeem(textOf(embedded, 'receipt'), { origin: SHOP })).body['origin'], SHOP)
    assert.deepEqual(refusalOf(await issue(SHOP, { origin: SHOP })), [400, 'invalid'])
  })

  it('are redeemed by back ends alone', async () => {
    const receipt = await takeReceipt(server, await approve(server, 'back-end'))
    for (const bearer of ['wrong-token', receipt, await start(server, 'somebody')]) {
      assert.deepEqual(refusalOf(await redeem(receipt, {}, bearer)), [401, 'unauthorized'])
    }
    assert.equal((await ask(server, '/api/receipts/redeem', undefined, { method: 'GET' })).status, 405)
    assert.deepEqual(refusalOf(await redeem(receipt, { user: 'x' })), [400, 'invalid'])
    assert.equal((await redeem(receipt, {}, server.sandbox.adminToken)).status, 200)
  })

  it('redeems one of many at the same moment', async () => {
    const receipt = await takeReceipt(server, await approve(server, 'race'))
    const answers = await Promise.all(Array.from({ length: 8 }, () => redeem(receipt)))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1)
    assert.equal(answers.filter(({ status }) => status === 409).length, 7)
  })

  describe('under attack', () => {
    let bearer = ''
    before(async () => {
      bearer = await approve(server, 'mallory')
      await approve(server, 'victim')
    })

    it('refuses another user’s, and leaves it to its owner', async () => {
      const receipt = await takeReceipt(server, bearer)
      const swapped = await redeem(receipt, { userId: 'victim', origin: SHOP })
      assert.deepEqual(
        [swapped.status, swapped.body],
        [403, { error: 'receipt_mismatch', fields: { userId: 'mismatch' } }],
      )
      assert.equal((await redeem(receipt, { userId: 'mallory', origin: SHOP })).status, 200)
    })

    it('refuses one made on another site', async () => {
      const receipt = await takeReceipt(server, bearer, OTHER_SHOP)
      const foreign = await redeem(receipt, { userId: 'mallory', origin: SHOP })
      assert.deepEqual(
        [foreign.status, foreign.body],
        [403, { error: 'receipt_mismatch', fields: { origin: 'mismatch' } }],
      )
    })

    it('refuses one that is too old, used or not', async () => {
      const receipts = [await takeReceipt(server, bearer), await takeReceipt(server, bearer)]
      assert.equal((await redeem(receipts[0])).status, 200)
      clock = 10 * MINUTE + 1000
      for (const receipt of receipts) assert.deepEqual(refusalOf(await redeem(receipt)), [410, 'receipt_expired'])
      clock = 0
    })

    it('refuses one whose approval was taken back, and says where it stands', async () => {
      const receipt = await takeReceipt(server, await approve(server, 'taken-back'))
      await decide(server, 'taken-back', 'declined')
      const revoked = await redeem(receipt)
      assert.deepEqual([revoked.status, revoked.body], [409, { error: 'receipt_revoked', status: 'declined' }])
      await decide(server, 'taken-back', 'approved')
      assert.equal((await redeem(receipt)).status, 200, 'a refusal does not use it up')
    })

    it('refuses edited and forged ones', async () => {
      const [header = '', payload = '', signature = ''] = (await takeReceipt(server, bearer)).split('.')
      const encode = (value: unknown) => base64url.encode(JSON.stringify(value))
      const claims = decodeJwt(`${header}.${payload}.${signature}`)
      const head = decodeProtectedHeader(`${header}.${payload}.${signature}`)
      const edited = encode({ ...claims, exp: (claims.exp ?? 0) + 3600 })
      const otherKey = await new SignJWT(claims)
        .setProtectedHeader({ alg: 'HS256', typ: String(head.typ) })
        .sign(new TextEncoder().encode(API_TOKEN))
      const forged = [
        `${header}.${edited}.${signature}`,
        `${encode({ ...head, alg: 'none' })}.${payload}.`,
        `${encode({ ...head, alg: 'none' })}.${payload}.${signature}`,
        `${encode({ ...head, typ: 'JWT' })}.${payload}.${signature}`,
        `${header}.${payload}.${signature.slice(0, -2)}`,
        `${header}.${payload}.`,
        `${header}.${payload}`,
        `${header}.${payload}.${signature}.${signature}`,
        otherKey,
        'x',
        ' ',
        '..',
      ]
      for (const receipt of forged)
        assert.deepEqual(refusalOf(await redeem(receipt)), [400, 'receipt_invalid'], receipt)
      for (const receipt of ['', null, 7, [forged[0]], {}, 'x'.repeat(5000)]) {
        assert.deepEqual(refusalOf(await redeem(receipt)), [400, 'invalid'])
      }
    })

    it('takes no token for another', async () => {
      const receipt = await takeReceipt(server, bearer)
      assert.deepEqual(refusalOf(await redeem(bearer)), [400, 'receipt_invalid'], 'a status token is no receipt')
      assert.deepEqual(refusalOf(await redeem(API_TOKEN)), [400, 'receipt_invalid'])
      for (const [path, method, body] of [
        ['/api/status', 'GET', undefined],
        ['/api/receipts', 'POST', {}],
        ['/api/progress', 'POST', { event: 'opened' }],
      ] as const) {
        const answer = await ask(server, path, body, { bearer: receipt, method })
        assert.deepEqual(refusalOf(answer), [401, 'unauthorized'], `a receipt opens ${path}`)
      }
    })
  })

  it('keeps no receipt and no user of one in the log', async () => {
    const receipt = await takeReceipt(server, await approve(server, 'log-canary'))
    await redeem(receipt, { userId: 'log-canary' })
    assert.ok(!server.readLog().includes(receipt))
    assert.ok(!server.readLog().includes('log-canary'))
  })
})
