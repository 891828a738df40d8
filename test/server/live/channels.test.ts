import assert from 'node:assert/strict'
import { afterEach, describe, it } from 'node:test'
import { io, type Socket } from 'socket.io-client'
import { startSandboxServer } from '../../helpers/server.ts'
import { ask, refusalOf, SHOP, textOf } from '../../helpers/visitor.ts'

const FOREIGN = 'https://evil.example'

interface Joining {
  auth?: Record<string, unknown>
  headers?: Record<string, string>
  transport?: 'websocket' | 'polling'
}

describe('live channels', async () => {
  const open: Socket[] = []
  const server = await startSandboxServer({ ALLOWED_ORIGINS: SHOP })
  afterEach(() => {
    for (const socket of open.splice(0)) socket.close()
  })

  /** Everything that a namespace says to one who joins, one after the other. */
  function join(namespace: string, { auth = {}, headers = {}, transport = 'websocket' }: Joining) {
    const options = { transports: [transport], forceNew: true, reconnection: false }
    const socket = io(`${server.url}${namespace}`, { ...options, auth, extraHeaders: headers })
    open.push(socket)
    const heard: [event: string, said: unknown][] = []
    let wake = () => {}
    const hear = (event: string, said?: unknown) => {
      heard.push([event, said])
      wake()
    }
    socket.onAny(hear)
    socket.on('connect_error', ({ message }) => hear('refused', message))
    socket.on('disconnect', (reason) => hear('disconnected', reason))
    return {
      socket,
      heard,
      async next(): Promise<readonly [event: string, said: Record<string, unknown>]> {
        while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve))
        const [event, said] = heard.shift() ?? []
        return [event ?? '', typeof said === 'object' && said !== null ? { ...said } : { said }]
      },
    }
  }

  const begin = async (userId: string) => textOf(await ask(server, '/api/init-verification', { userId }), 'statusToken')
  const say = (event: string, statusToken: string) => ask(server, '/api/progress', { event }, { bearer: statusToken })
  const asAdmin = () => ({ token: server.sandbox.adminToken })

  async function signIn(): Promise<string> {
    const body = JSON.stringify({ token: server.sandbox.adminToken })
    const headers = { 'content-type': 'application/json', origin: server.url }
    const response = await fetch(`${server.url}/api/session`, { method: 'POST', headers, body })
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }

  it('refuses pages of foreign origins before the upgrade, and shows the dashboard to its own alone', async () => {
    const handshake = (origin: string, transport: string) =>
      fetch(`${server.url}/socket.io/?EIO=4&transport=${transport}`, { headers: { origin } })
    assert.equal((await handshake(FOREIGN, 'polling')).status, 403)
    assert.equal((await handshake('null', 'polling')).status, 403)
    const allowed = await handshake(SHOP, 'polling')
    assert.deepEqual([allowed.status, allowed.headers.get('access-control-allow-origin')], [200, SHOP])
    // Engine.IO holds on to who leaves without a word: `1` says goodbye.
    const sid = /"sid":"([^"]+)"/.exec(await allowed.text())?.[1] ?? ''
    await fetch(`${server.url}/socket.io/?EIO=4&transport=polling&sid=${sid}`, {
      method: 'POST',
      headers: { origin: SHOP },
      body: '1',
    })

    const statusToken = await begin('origin-1')
    const refused = join('/visitor', { auth: { token: statusToken }, headers: { origin: FOREIGN } })
    assert.deepEqual(await refused.next(), ['refused', { said: 'websocket error' }])
    for (const origin of [SHOP, server.url]) {
      const [event] = await join('/visitor', { auth: { token: statusToken }, headers: { origin } }).next()
      assert.equal(event, 'status')
    }
    const onShop = join('/dashboard', { auth: asAdmin(), headers: { origin: SHOP } })
    assert.deepEqual(await onShop.next(), ['refused', { said: 'unauthorized' }])
    const [event] = await join('/dashboard', { auth: asAdmin(), headers: { origin: server.url } }).next()
    assert.equal(event, 'snapshot')
  })

  it('lets nobody in without the token or cookie of that very channel', async () => {
    const statusToken = await begin('token-1')
    const cookie = await signIn()
    for (const [namespace, joining] of [
      ['/dashboard', {}],
      ['/dashboard', { auth: { token: statusToken } }],
      ['/dashboard', { auth: { token: 'wrong' }, headers: { cookie } }],
      ['/dashboard', { auth: { token: [server.sandbox.adminToken] } }],
      ['/dashboard', { headers: { cookie: `${cookie}x` } }],
      ['/visitor', {}],
      ['/visitor', { auth: asAdmin() }],
      ['/visitor', { auth: { token: `${statusToken}x` } }],
      ['/visitor', { headers: { cookie } }],
    ] satisfies [string, Joining][]) {
      assert.deepEqual(await join(namespace, joining).next(), ['refused', { said: 'unauthorized' }], namespace)
    }
    assert.deepEqual(await join('/', { auth: asAdmin() }).next(), ['refused', { said: 'not_found' }])
    assert.equal((await join('/dashboard', { headers: { cookie } }).next())[0], 'snapshot')
  })

  it('tells a visitor the status of the own verification and nothing else', async () => {
    const [mine, other] = [await begin('visitor-1'), await begin('visitor-2')]
    const visitor = join('/visitor', { auth: { token: mine } })
    assert.equal((await visitor.next())[1]['status'], 'created')
    assert.equal((await say('started', other)).status, 204)
    assert.equal((await say('started', mine)).status, 204)
    const [event, message] = await visitor.next()
    assert.deepEqual([event, message['status'], Object.keys(message)], ['status', 'started', ['status', 'revision']])
    assert.deepEqual(visitor.heard, [])
  })

  it('answers a handshake and a resync with what was missed, or with everything where it cannot know', async () => {
    const statusToken = await begin('since-1')
    const [event, snapshot] = await join('/dashboard', { auth: asAdmin() }).next()
    const revision = Number(snapshot['revision'])
    assert.equal(event, 'snapshot')
    assert.deepEqual(Object.keys(snapshot).toSorted(), ['counts', 'revision', 'verifications'])

    const upToDate = join('/dashboard', { auth: { ...asAdmin(), since: revision } })
    const [nothing, missed] = await upToDate.next()
    assert.deepEqual(
      [nothing, missed['from'], missed['to'], missed['verifications']],
      ['changes', revision, revision, []],
    )
    for (const since of [revision + 1, -1, 0.5, Number.MAX_VALUE, 'x', null, {}]) {
      assert.equal(
        (await join('/dashboard', { auth: { ...asAdmin(), since } }).next())[0],
        'snapshot',
        JSON.stringify(since),
      )
    }

    await say('started', statusToken)
    const [, change] = await upToDate.next()
    assert.equal(change['from'], revision)
    upToDate.socket.emit('resync', { since: revision })
    const [again, changes] = await upToDate.next()
    assert.deepEqual([again, changes['from'], changes['to']], ['changes', revision, change['to']])
    for (const strange of [undefined, null, 5, [], { since: '1' }, { since: -1 }]) {
      upToDate.socket.emit('resync', strange)
      assert.equal((await upToDate.next())[0], 'snapshot', JSON.stringify(strange))
    }
  })

  it('tells all dashboards every change in order, whoever comes or asks in between, and people no id that names somebody', async () => {
    const cookie = await signIn()
    const dashboards = [
      join('/dashboard', { auth: asAdmin() }),
      join('/dashboard', { headers: { cookie } }),
      join('/dashboard', { auth: asAdmin() }),
      join('/dashboard', { auth: asAdmin(), transport: 'polling' }),
    ]
    const held = await Promise.all(dashboards.map(async (each) => Number((await each.next())[1]['revision'])))
    const statusToken = await begin('ada@example.com')
    for (const event of ['opened', 'started', 'error', 'completed']) {
      assert.equal((await say(event, statusToken)).status, 204)
      dashboards[2]?.socket.emit('resync', {})
      const late = join('/dashboard', { auth: asAdmin() })
      held.push(Number((await late.next())[1]['revision']))
      dashboards.push(late)
    }
    const newest = Number((await join('/dashboard', { auth: asAdmin() }).next())[1]['revision'])
    for (const [place, dashboard] of dashboards.entries()) {
      let revision = held[place]
      for (const names = new Set(); revision !== newest; ) {
        const [event, said] = await dashboard.next()
        if (event === 'changes') assert.equal(said['from'], revision, `dashboard ${place} has a gap`)
        revision = Number(event === 'snapshot' ? said['revision'] : said['to'])
        names.add(JSON.stringify(said['verifications']).includes('ada@example.com'))
        assert.ok(place !== 1 || !names.has(true), 'an id that names somebody, unasked')
      }
    }
  })

  it('ends the sockets of a session when it is signed out, and no others', async () => {
    const [leaving, staying] = [await signIn(), await signIn()]
    const [gone, here] = [leaving, staying].map((cookie) => join('/dashboard', { headers: { cookie } }))
    assert.equal((await gone?.next())?.[0], 'snapshot')
    assert.equal((await here?.next())?.[0], 'snapshot')
    const headers = { cookie: leaving, origin: server.url }
    assert.equal((await fetch(`${server.url}/api/session`, { method: 'DELETE', headers })).status, 204)
    assert.deepEqual(await gone?.next(), ['disconnected', { said: 'io server disconnect' }])
    assert.equal(here?.socket.connected, true)
    assert.deepEqual(refusalOf(await ask(server, '/api/session', undefined, { method: 'GET' })), [401, 'unauthorized'])
  })

  it('closes the connection of whoever joins no channel, within seconds', async () => {
    const socket = new WebSocket(`${server.url.replace('http', 'ws')}/socket.io/?EIO=4&transport=websocket`)
    const since = performance.now()
    await new Promise((resolve) => socket.addEventListener('close', resolve))
    assert.ok(performance.now() - since < 10_000)
  })
})
