import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bearer, errorOf, idempotencyKey, post, preflight, sentToSeon, shop } from '../../helpers/init-client.ts'
import {
  type InitServer,
  LIVE_SIGNED,
  LIVE_UNSIGNED,
  SANDBOX,
  SHOP,
  signUserToken,
  useInitServers,
  WORKFLOW,
} from '../../helpers/init-server.ts'

/** One start from each of these addresses, as a proxy would tell them. */
const statusesOf = async (server: InitServer) => {
  const statuses = []
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.2', '2001:db8::1', '2001:db8:0:0:1::9']) {
    statuses.push((await post(server, { userId: 'u' }, { ...shop, 'x-forwarded-for': address })).status)
  }
  return statuses
}

describe('POST /api/init-verification: who may', () => {
  const { start } = useInitServers()

  describe('to origins', () => {
    it('lets listed pages and its own in, and says so to their browsers', async () => {
      const server = await start(LIVE_UNSIGNED)
      for (const origin of [SHOP, 'https://verify.example.com']) {
        const asked = await preflight(server, origin)
        assert.equal(asked.status, 204)
        assert.equal(asked.headers.get('access-control-allow-origin'), origin)
        assert.equal(asked.headers.get('access-control-allow-methods'), 'POST')
        assert.match(
          asked.headers.get('access-control-allow-headers') ?? '',
          /^Authorization, Content-Type, Idempotency-Key, .*x-csrf-token/,
        )
        const answer = await post(server, { userId: 'u' }, { origin })
        assert.equal(answer.status, 200)
        assert.equal(answer.headers.get('access-control-allow-origin'), origin)
        for (const { headers } of [asked, answer]) {
          assert.match(headers.get('vary') ?? '', /\bOrigin\b/)
          assert.equal(headers.get('access-control-allow-credentials'), null)
        }
      }
    })

    const foreign = [
      'https://evil.example',
      'http://shop.example.com',
      'https://shop.example.com:8443',
      'https://shop.example.com.evil.example',
      'https://evil-shop.example.com',
      'https://SHOP.example.com',
      'https://shop.example.com/',
      'null',
      'file://',
      '*',
    ]
    for (const origin of foreign) {
      it(`refuses ${origin}`, async () => {
        const server = await start(LIVE_SIGNED)
        const answer = await post(server, {}, { origin, ...bearer(await signUserToken()) })
        const asked = await preflight(server, origin)
        assert.deepEqual(errorOf(answer), [403, 'origin_forbidden'])
        assert.equal(asked.status, 403)
        for (const { headers } of [asked, answer]) {
          assert.equal(headers.get('access-control-allow-origin'), null)
          assert.match(headers.get('vary') ?? '', /\bOrigin\b/)
        }
        assert.deepEqual(server.upstream.requests, [])
      })
    }

    it('wants an Origin or a user token, live', async () => {
      const unsigned = await start(LIVE_UNSIGNED)
      assert.deepEqual(errorOf(await post(unsigned, { userId: 'u' })), [403, 'origin_required'])
      const signed = await start(LIVE_SIGNED)
      assert.deepEqual(errorOf(await post(signed, { userId: 'u' })), [403, 'origin_required'])
      assert.equal((await post(signed, {}, bearer(await signUserToken()))).status, 200)
    })

    it('lets any page into the sandbox, with a star and not a mirror', async () => {
      const server = await start(SANDBOX)
      for (const origin of ['https://anywhere.example', 'null']) {
        const answer = await post(server, { userId: 'u' }, { origin })
        assert.deepEqual([answer.status, answer.headers.get('access-control-allow-origin')], [200, '*'])
        assert.equal((await preflight(server, origin)).headers.get('access-control-allow-origin'), '*')
      }
    })

    it("keeps to the sandbox's list where it has one", async () => {
      const server = await start({ ...SANDBOX, ALLOWED_ORIGINS: SHOP })
      assert.deepEqual(errorOf(await post(server, { userId: 'u' }, { origin: 'https://evil.example' })), [
        403,
        'origin_forbidden',
      ])
      const own = new URL(server.url).origin
      for (const origin of [SHOP, own, own.replace('127.0.0.1', 'localhost')]) {
        assert.equal((await post(server, { userId: 'u' }, { origin })).status, 200, origin)
      }
    })
  })

  describe('to users', () => {
    it('takes nobody at his word where tokens are required', async () => {
      const server = await start(LIVE_SIGNED)
      const tries: Record<string, string>[] = [
        {},
        bearer('x.y.z'),
        { authorization: 'Basic dTpw' },
        { authorization: 'Bearer' },
        bearer(`${await signUserToken()}x`),
        bearer(await signUserToken({ aud: 'another-service' })),
        bearer(await signUserToken({ exp: Math.floor(Date.now() / 1000) + 3600 })),
      ]
      for (const headers of tries) {
        const answer = await post(server, { userId: 'user-1' }, { ...shop, ...headers })
        assert.deepEqual(
          [...errorOf(answer), answer.headers.get('www-authenticate')],
          [401, 'user_token_invalid', 'Bearer'],
        )
      }
      assert.deepEqual(server.upstream.requests, [])
    })

    it('refuses a token it cannot verify rather than ignore it', async () => {
      const server = await start(LIVE_UNSIGNED)
      const answer = await post(server, { userId: 'u' }, { ...shop, ...bearer(await signUserToken()) })
      assert.deepEqual(errorOf(answer), [401, 'user_token_invalid'])
    })

    it("lets the token's word win over the page's", async () => {
      const server = await start(LIVE_SIGNED)
      const token = await signUserToken({ inputs: { email: 'signed@example.com', user_created: 1_700_000_000 } })
      const body = { userId: 'somebody-else', email: 'claimed@example.com', userCity: 'Pécs' }
      assert.equal((await post(server, body, { ...shop, ...bearer(token) })).status, 200)
      assert.deepEqual(sentToSeon(server), {
        workflowId: WORKFLOW,
        inputs: { user_id: 'user-1', email: 'signed@example.com', user_created: 1_700_000_000, user_city: 'Pécs' },
      })
    })

    it("says which of a token's own fields are wrong", async () => {
      const server = await start(LIVE_SIGNED)
      const token = await signUserToken({ inputs: { nin: '1', nonsense: 2 }, workflow: 'none' })
      const answer = await post(server, {}, { ...shop, ...bearer(token) })
      assert.deepEqual([answer.status, answer.body['fields']], [400, { nin: 'format', nonsense: 'unknown_field' }])
    })
  })

  describe('within limits', () => {
    it('counts by user, and only what would reach SEON', async () => {
      const server = await start({ ...LIVE_UNSIGNED, INIT_LIMITS: 'address=100/m,user=2/m' })
      const again = idempotencyKey()
      assert.equal((await post(server, { userId: 'u' }, { ...shop, ...again })).status, 200)
      assert.equal((await post(server, { userId: 'u' }, shop)).status, 200)
      for (let i = 0; i < 5; i++) await post(server, { userId: 'u', nonsense: i }, shop)
      const over = await post(server, { userId: 'u' }, shop)
      assert.deepEqual(errorOf(over), [429, 'rate_limited'])
      const retryAfter = Number(over.headers.get('retry-after'))
      assert.ok(retryAfter >= 1 && retryAfter <= 60, String(retryAfter))
      assert.equal(over.headers.get('access-control-expose-headers'), 'Retry-After')
      assert.equal((await post(server, { userId: 'u' }, { ...shop, ...again })).status, 200, 'answered again')
      assert.equal((await post(server, { userId: 'v' }, shop)).status, 200, 'another user')
      assert.equal(server.upstream.requests.length, 3)
    })

    it('counts by address, and refused starts take nothing from it', async () => {
      const server = await start({ ...LIVE_UNSIGNED, INIT_LIMITS: 'address=3/m,user=1/m' })
      const statusOf = async (userId: string) => (await post(server, { userId }, shop)).status
      const statuses = []
      for (const userId of ['a', 'a', 'a', 'a', 'b', 'c', 'd']) statuses.push(await statusOf(userId))
      assert.deepEqual(statuses, [200, 429, 429, 429, 200, 200, 429])
    })

    it('believes X-Forwarded-For only from as many proxies as it was told', async () => {
      const env = { ...LIVE_UNSIGNED, INIT_LIMITS: 'address=1/m' }
      assert.deepEqual(await statusesOf(await start(env)), [200, 429, 429, 429, 429])
      assert.deepEqual(await statusesOf(await start({ ...env, TRUST_PROXY: '1' })), [200, 200, 429, 200, 429])
    })

    it('holds against many at once', async () => {
      const server = await start({ ...LIVE_UNSIGNED, INIT_LIMITS: 'address=100/m,user=3/m' })
      const answers = await Promise.all(Array.from({ length: 12 }, () => post(server, { userId: 'u' }, shop)))
      assert.equal(answers.filter(({ status }) => status === 200).length, 3)
      assert.equal(server.upstream.requests.length, 3)
    })
  })
})
