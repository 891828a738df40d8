import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { bearer, errorOf, idempotencyKey, post, shop, verificationOf } from '../../helpers/init-client.ts'
import { LIVE_SIGNED, LIVE_UNSIGNED, SANDBOX, signUserToken, useInitServers } from '../../helpers/init-server.ts'
import { playJson } from '../../helpers/scripted-upstream.ts'

describe('POST /api/init-verification, again', () => {
  const { start } = useInitServers()

  it('answers the same run to the same signed user, each time with a status token', async () => {
    const server = await start(LIVE_SIGNED)
    const first = await post(server, {}, { ...shop, ...bearer(await signUserToken()) })
    const again = await post(server, {}, { ...shop, ...idempotencyKey(), ...bearer(await signUserToken()) })
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
    const mine = idempotencyKey()
    const first = await post(server, { userId: 'u' }, { ...shop, ...mine })
    const tokens = [
      await post(server, { userId: 'u' }, shop),
      await post(server, { userId: 'u' }, shop),
      await post(server, { userId: 'u' }, { ...shop, ...idempotencyKey() }),
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
    assert.equal((await post(server, { userId: 'u' }, idempotencyKey())).body['token'], first.body['token'])
    await server.setStatus(await verificationOf(server, first), 'started')
    assert.notEqual((await post(server, { userId: 'u' })).body['token'], first.body['token'])
  })

  it('asks SEON once for a double click', async () => {
    const server = await start(LIVE_UNSIGNED)
    const headers = { ...shop, ...idempotencyKey() }
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
