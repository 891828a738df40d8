import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { bearer, errorOf, post, sentToSeon, shop, verificationOf } from '../../helpers/init-client.ts'
import {
  API_KEY,
  type InitServer,
  LIVE_SIGNED,
  LIVE_UNSIGNED,
  OTHER_WORKFLOW,
  SANDBOX,
  SHOP,
  signUserToken,
  useInitServers,
} from '../../helpers/init-server.ts'
import { playJson } from '../../helpers/scripted-upstream.ts'

describe('POST /api/init-verification', () => {
  const { start, store } = useInitServers()

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
    assert.deepEqual(sentToSeon(server), {
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
    const row = await store()
      .db.selectFrom('verifications')
      .selectAll()
      .where('id', '=', await verificationOf(server, answer))
      .executeTakeFirstOrThrow()
    assert.deepEqual(
      [row.user_id, row.workflow, row.environment, row.status],
      ['user-7', OTHER_WORKFLOW, 'live', 'created'],
    )
    assert.deepEqual(sentToSeon(server), {
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
    beforeEach(async () => {
      server = await start(LIVE_UNSIGNED)
    })

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
        assert.deepEqual(await store().db.selectFrom('starts').selectAll().execute(), [])
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
