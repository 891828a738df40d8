import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { openStore, type Store } from '../../../server/store/store.ts'
import {
  API_KEY,
  type InitServer,
  LIVE_SIGNED,
  LIVE_UNSIGNED,
  OTHER_WORKFLOW,
  SANDBOX,
  SHOP,
  signUserToken,
  startInitServer,
  WORKFLOW,
} from '../../helpers/init-server.ts'
import { playJson } from '../../helpers/scripted-upstream.ts'

interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

async function post(server: InitServer, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}

const shop = { origin: SHOP }
const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
const key = () => ({ 'idempotency-key': crypto.randomUUID() })
const errorOf = ({ status, body }: Answer) => [status, body['error']]
const sentInputs = (server: InitServer): unknown => JSON.parse(server.upstream.requests.at(-1)?.body ?? 'null')

async function verificationOf(server: InitServer, { body }: Answer): Promise<string> {
  return (await server.statusTokens.verify(String(body['statusToken']))) ?? assert.fail('no status token')
}

const preflight = (server: InitServer, origin: string) =>
  fetch(server.url, {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  })

/** One start from each of these addresses, as a proxy would tell them. */
const statusesOf = async (server: InitServer) => {
  const statuses = []
  for (const address of ['192.0.2.1', '192.0.2.2', '192.0.2.2', '2001:db8::1', '2001:db8:0:0:1::9']) {
    statuses.push((await post(server, { userId: 'u' }, { ...shop, 'x-forwarded-for': address })).status)
  }
  return statuses
}

describe('POST /api/init-verification', () => {
  let store: Store
  const servers: InitServer[] = []
  const start = async (env: Record<string, string>) => {
    const server = await startInitServer(store, env)
    servers.push(server)
    return server
  }
  before(async () => {
    store = await openStore('sqlite::memory:')
  })
  afterEach(async () => {
    for (const server of servers.splice(0)) await server.close()
    await store.db.deleteFrom('starts').execute()
    await store.db.deleteFrom('used_tokens').execute()
  })
  after(() => store.close())

  it("answers SEON's own guide in the sandbox", async () => {
    const server = await start(SANDBOX)
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ userId: 'user-123', email: 'ada@example.com', phoneNumber: '+1 415-555-1234' }),
    })
    assert.equal(response.status, 200)
    assert.equal(response.headers.get('cache-control'), 'no-store')
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer')
    const body: Record<string, unknown> = await response.json().then(Object)
    assert.match(String(body['token']), /^eu:session-/)
    assert.equal(body['sandboxUrl'], server.upstream.origin)
    assert.deepEqual(Object.keys(body).toSorted(), ['sandboxUrl', 'statusToken', 'token'])
    assert.deepEqual(sentInputs(server), {
      workflowId: '00000000-0000-4000-8000-000000000001',
      inputs: { user_id: 'user-123', email: 'ada@example.com', phone_number: '14155551234' },
    })
  })

  it('keeps who a run belongs to, and in which workflow and environment', async () => {
    const server = await start(LIVE_SIGNED)
    const token = await signUserToken({
      sub: 'user-7',
      workflow: 'full',
      inputs: { transaction_id: 't-1', ip: '192.0.2.7' },
    })
    const answer = await post(server, {}, { ...shop, ...bearer(token) })
    assert.equal(answer.status, 200)
    assert.equal('sandboxUrl' in answer.body, false)
    const row = await store.db
      .selectFrom('verifications')
      .selectAll()
      .where('id', '=', await verificationOf(server, answer))
      .executeTakeFirstOrThrow()
    assert.deepEqual(
      [row.user_id, row.workflow, row.environment, row.status],
      ['user-7', OTHER_WORKFLOW, 'live', 'created'],
    )
    assert.deepEqual(sentInputs(server), {
      workflowId: OTHER_WORKFLOW,
      inputs: { user_id: 'user-7', transaction_id: 't-1', ip: '192.0.2.7' },
    })
  })

  const JSON_TYPE = 'application/json'
  const deep = `{"userId":"u","custom_fields":${'{"a":'.repeat(70)}1${'}'.repeat(70)}}`
  const refused: [string, string | Uint8Array, number, string, (string | null)?, Record<string, string>?][] = [
    ['nothing', '', 400, 'invalid'],
    ['no JSON', 'userId=u', 400, 'invalid'],
    ['half of JSON', '{"userId":"u"', 400, 'invalid'],
    ['null', 'null', 400, 'invalid'],
    ['a number', '7', 400, 'invalid'],
    ['a string', '"u"', 400, 'invalid'],
    ['an array', '[{"userId":"u"}]', 400, 'invalid'],
    ['bytes that are not UTF-8', Uint8Array.from([0x7b, 0x22, 0xff, 0x22, 0x7d]), 400, 'invalid'],
    ['UTF-16', Buffer.from('{"userId":"u"}', 'utf16le'), 400, 'invalid'],
    ['no user id', '{}', 400, 'invalid'],
    ['a user id that is an object', '{"userId":{"$ne":null}}', 400, 'invalid'],
    ['a user id that is too long', JSON.stringify({ userId: 'x'.repeat(256) }), 400, 'invalid'],
    ['an unknown field', '{"userId":"u","isAdmin":true}', 400, 'invalid'],
    ['a callback of its own', '{"userId":"u","callbackUrl":"https://evil.example"}', 400, 'invalid'],
    ['an unknown workflow', '{"userId":"u","workflow":"toString"}', 400, 'invalid'],
    ['both spellings with two values', '{"userId":"u","user_id":"v"}', 400, 'invalid'],
    ['__proto__', '{"userId":"u","__proto__":{"user_id":"v"}}', 400, 'invalid'],
    ['70 levels', deep, 400, 'too_deep'],
    ['30,000 levels', '['.repeat(30_000), 400, 'too_deep'],
    ['more than 64 kB', JSON.stringify({ userId: 'u', session: 'x'.repeat(65_536) }), 413, 'too_large'],
    ['10 MB', Buffer.alloc(10_000_000, ' '), 413, 'too_large'],
    ['no content type', '{"userId":"u"}', 415, 'unsupported_type', null],
    ['a simple request', '{"userId":"u"}', 415, 'unsupported_type', 'text/plain'],
    ['a form', 'userId=u', 415, 'unsupported_type', 'application/x-www-form-urlencoded'],
    ['a relative of JSON', '{"userId":"u"}', 415, 'unsupported_type', 'application/json-patch+json'],
    ['a type within a type', '{"userId":"u"}', 415, 'unsupported_type', 'text/plain; application/json'],
    ['UTF-7', '{"userId":"u"}', 415, 'unsupported_type', `${JSON_TYPE}; charset=utf-7`],
    ['Latin-1', '{"userId":"u"}', 415, 'unsupported_type', `${JSON_TYPE}; charset=iso-8859-1`],
    ['two charsets', '{"userId":"u"}', 415, 'unsupported_type', `${JSON_TYPE}; charset=utf-8; charset=utf-16`],
    ['gzip', gzipSync('{"userId":"u"}'), 415, 'unsupported_encoding', JSON_TYPE, { 'content-encoding': 'gzip' }],
    ['an Idempotency-Key to be guessed', '{"userId":"u"}', 400, 'invalid', JSON_TYPE, { 'idempotency-key': 'user-1' }],
  ]
  describe('to bad input', () => {
    let server: InitServer
    before(async () => {
      server = await startInitServer(store, LIVE_UNSIGNED)
    })
    after(() => server.close())

    for (const [what, body, status, error, type = JSON_TYPE, headers = {}] of refused) {
      it(`answers ${status} ${error} to ${what}`, async () => {
        const response = await fetch(server.url, {
          method: 'POST',
          // Bytes, as fetch would add a content type to a string.
          body: Buffer.from(body),
          headers: { ...shop, ...headers, ...(type === null ? {} : { 'content-type': type }) },
        })
        const answer: Record<string, unknown> = await response.json().then(Object)
        assert.deepEqual([response.status, answer['error']], [status, error])
        assert.equal(response.headers.get('access-control-allow-origin'), SHOP, 'the page can read the code')
        assert.deepEqual(server.upstream.requests, [])
        assert.equal(server.logged(), '', 'a visitor cannot fill the log')
      })
    }

    it('names fields as they were sent and never says their values', async () => {
      const answer = await post(server, { userId: 'u', email: 'canary', NIN: 'canary', session: 'canary' }, shop)
      assert.deepEqual(answer.body, {
        error: 'invalid',
        fields: { email: 'format', NIN: 'unknown_field', session: 'token_only' },
      })
    })

    it('takes charset=UTF-8 and goes on living', async () => {
      const answer = await post(
        server,
        { userId: 'u' },
        { ...shop, 'content-type': 'Application/JSON; charset="UTF-8"' },
      )
      assert.equal(answer.status, 200)
    })

    it('answers other methods with 405', async () => {
      for (const method of ['GET', 'PUT', 'DELETE', 'PATCH']) {
        const response = await fetch(server.url, { method, headers: shop })
        assert.deepEqual([response.status, response.headers.get('allow')], [405, 'POST, OPTIONS'], method)
      }
    })
  })

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
          /Authorization, Content-Type, Idempotency-Key/,
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
      assert.deepEqual(sentInputs(server), {
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

  describe('to repeated starts', () => {
    it('answers the same run to the same signed user, each time with a status token', async () => {
      const server = await start(LIVE_SIGNED)
      const first = await post(server, {}, { ...shop, ...bearer(await signUserToken()) })
      const again = await post(server, {}, { ...shop, ...key(), ...bearer(await signUserToken()) })
      assert.equal(again.body['token'], first.body['token'])
      assert.equal(await verificationOf(server, again), await verificationOf(server, first))
      assert.equal(server.upstream.requests.length, 1)
    })

    it('spends a token on one run', async () => {
      const server = await start(LIVE_SIGNED)
      const headers = { ...shop, ...bearer(await signUserToken()) }
      const first = await post(server, {}, headers)
      assert.equal((await post(server, {}, headers)).body['token'], first.body['token'])
      assert.deepEqual(errorOf(await post(server, { userCity: 'Pécs' }, headers)), [401, 'user_token_used'])
      await server.setStatus(await verificationOf(server, first), 'started')
      assert.deepEqual(errorOf(await post(server, {}, headers)), [401, 'user_token_used'])
      assert.equal((await post(server, {}, { ...shop, ...bearer(await signUserToken()) })).status, 200)
      assert.equal(server.upstream.requests.length, 2)
    })

    it('gives nobody a run for naming its user', async () => {
      const server = await start(LIVE_UNSIGNED)
      const mine = key()
      const first = await post(server, { userId: 'u' }, { ...shop, ...mine })
      const tokens = [
        await post(server, { userId: 'u' }, shop),
        await post(server, { userId: 'u' }, shop),
        await post(server, { userId: 'u' }, { ...shop, ...key() }),
        await post(server, { userId: 'u', userCity: 'Pécs' }, { ...shop, ...mine }),
        await post(server, { userId: 'u', workflow: 'full' }, { ...shop, ...mine }),
        await post(server, { userId: 'v' }, { ...shop, ...mine }),
      ].map(({ body }) => body['token'])
      assert.equal(new Set([...tokens, first.body['token']]).size, 7)
      assert.equal((await post(server, { user_id: 'u' }, { ...shop, ...mine })).body['token'], first.body['token'])
    })

    it('lets a user id suffice in the sandbox, until the run is started', async () => {
      const server = await start(SANDBOX)
      const first = await post(server, { userId: 'u' })
      assert.equal((await post(server, { userId: 'u' }, key())).body['token'], first.body['token'])
      await server.setStatus(await verificationOf(server, first), 'started')
      assert.notEqual((await post(server, { userId: 'u' })).body['token'], first.body['token'])
    })

    it('asks SEON once for a double click', async () => {
      const server = await start(LIVE_UNSIGNED)
      const headers = { ...shop, ...key() }
      const answers = await Promise.all([1, 2, 3, 4].map(() => post(server, { userId: 'u' }, headers)))
      assert.equal(new Set(answers.map(({ body }) => body['token'])).size, 1)
      assert.equal(server.upstream.requests.length, 1)
    })

    it('forgets a start that failed', async () => {
      const server = await start(LIVE_SIGNED)
      const { plays } = server.upstream
      server.upstream.plays = [playJson(500, {}), ...plays]
      const headers = { ...shop, ...bearer(await signUserToken()) }
      assert.deepEqual(errorOf(await post(server, {}, headers)), [502, 'upstream_bad'])
      assert.equal((await post(server, {}, headers)).status, 200)
    })
  })

  describe('within limits', () => {
    it('counts by user, and only what would reach SEON', async () => {
      const server = await start({ ...LIVE_UNSIGNED, INIT_LIMITS: 'address=100/m,user=2/m' })
      const again = key()
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

  describe("with SEON's errors", () => {
    const failures: [number, unknown, number, Record<string, unknown>][] = [
      [
        400,
        { code: 'MISSING_REQUIRED_INPUTS' },
        400,
        { error: 'vendor_rejected', vendorCode: 'MISSING_REQUIRED_INPUTS' },
      ],
      [400, { message: 'SEON-PROSE' }, 400, { error: 'vendor_rejected' }],
      [401, { code: 'UNAUTHORIZED', message: API_KEY }, 502, { error: 'vendor_configuration' }],
      [403, { code: 'FORBIDDEN' }, 502, { error: 'vendor_configuration' }],
      [404, { code: 'WORKFLOW_NOT_FOUND' }, 502, { error: 'vendor_configuration' }],
      [500, { code: 'INTERNAL_ERROR', message: 'SEON-PROSE' }, 502, { error: 'upstream_bad' }],
    ]
    for (const [status, told, expected, body] of failures) {
      it(`answers ${String(body['error'])} to SEON's ${status} ${JSON.stringify(told)}`, async () => {
        const server = await start(LIVE_UNSIGNED)
        server.upstream.plays = [playJson(status, told)]
        const person = { userId: 'canary-user', email: 'canary@example.com', userFullname: 'Canary Person' }
        const answer = await post(server, person, shop)
        assert.deepEqual([answer.status, answer.body], [expected, body])
        const told2 = `${JSON.stringify(answer.body)}${server.logged()}`
        for (const canary of [API_KEY, 'canary-user', 'canary@example.com', 'Canary Person', 'SEON-PROSE']) {
          assert.equal(told2.includes(canary), false, canary)
        }
        assert.deepEqual(await store.db.selectFrom('starts').selectAll().execute(), [])
      })
    }

    it('passes on how long to wait', async () => {
      const server = await start(LIVE_UNSIGNED)
      server.upstream.plays = [playJson(429, {}, { 'retry-after': '30' })]
      const answer = await post(server, { userId: 'u' }, shop)
      assert.deepEqual([...errorOf(answer), answer.headers.get('retry-after')], [503, 'upstream_busy', '30'])
    })

    it('says nothing of anybody in the log when all is well', async () => {
      const server = await start(LIVE_UNSIGNED)
      const answer = await post(server, { userId: 'canary-user', email: 'canary@example.com' }, shop)
      assert.equal(answer.status, 200)
      for (const canary of [API_KEY, 'canary', String(answer.body['token']), String(answer.body['statusToken'])]) {
        assert.equal(server.logged().includes(canary), false, canary)
      }
    })
  })
})
