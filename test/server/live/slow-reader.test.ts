import assert from 'node:assert/strict'
import { createServer, request } from 'node:http'
import type { Socket as TcpSocket } from 'node:net'
import { after, afterEach, before, describe, it } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { pino } from 'pino'
import { Server } from 'socket.io'
import { io } from 'socket.io-client'
import type { Changefeed, Stretch } from '../../../server/live/changefeed.ts'
import { attachDashboardChannel, type DashboardNamespace } from '../../../server/live/dashboard-channel.ts'
import { NO_COUNTS } from '../../../server/protocol.ts'
import { listen, stop } from '../../helpers/listen.ts'

/** What one stretch carries, bytes: enough that a few hundred of them fill what an operating system keeps for a reader. */
const STRETCH_BYTES = 40_000

/** Twice as many as that and the server's own bound take together. */
const STRETCHES = 1500

/** A feed that tells what the test has it tell: nothing but what dashboards hear of it. */
function createToldFeed() {
  const listeners = new Set<(stretch: Stretch) => void>()
  let revision = 0
  const stretchFrom = (from: number): Stretch => ({
    from,
    to: revision,
    verifications: [],
    counts: { ...NO_COUNTS },
    removed: ['x'.repeat(STRETCH_BYTES)],
  })
  const feed: Changefeed = {
    get revision() {
      return revision
    },
    snapshot: async () => ({ revision, verifications: [], counts: { ...NO_COUNTS } }),
    since: async (from) => stretchFrom(from),
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    stop: async () => undefined,
  }
  return {
    feed,
    tell: () => {
      revision += 1
      for (const listener of listeners) listener(stretchFrom(revision - 1))
    },
  }
}

describe('a dashboard that does not read (B3 row 48)', () => {
  const http = createServer()
  const server = new Server(http, { serveClient: false })
  const namespace: DashboardNamespace = server.of('/dashboard')
  const { feed, tell } = createToldFeed()
  const open: { destroy(): void }[] = []
  let at = 0
  let detach = () => {}
  let url = ''
  before(async () => {
    url = await listen(http)
    detach = attachDashboardChannel(namespace, {
      feed,
      operators: { isAdminToken: () => true, find: async () => null, keepAlive: async () => new Set() },
      origins: { isOwn: () => true, mayEmbed: () => true },
      publicUrl: () => url,
      store: { onWake: () => () => undefined },
      log: pino({ level: 'silent' }),
      now: () => at,
    })
  })
  afterEach(() => {
    for (const each of open.splice(0)) each.destroy()
  })
  after(async () => {
    detach()
    await server.close()
    await stop(http)
  })

  /** One that joins, hears its snapshot, and then leaves everything on the wire. */
  async function joinAndSleep(): Promise<TcpSocket> {
    const headers = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': Buffer.alloc(16).toString('base64'),
    }
    const asking = request(`${url}/socket.io/?EIO=4&transport=websocket`, { headers }).end()
    const socket = await new Promise<TcpSocket>((resolve) => {
      asking.on('upgrade', (_response, upgraded: TcpSocket) => resolve(upgraded))
    })
    const join = Buffer.from('40/dashboard,{"token":"any"}')
    open.push(socket)
    // A short text frame, masked with zeros.
    socket.write(Buffer.concat([Buffer.from([0x81, 0x80 | join.length, 0, 0, 0, 0]), join]))
    await new Promise<void>((resolve) => {
      socket.on('data', (bytes) => bytes.includes('snapshot') && resolve())
    })
    socket.pause()
    return socket
  }

  it('is told no more than it may be behind, holds up nobody else, and is let go after ten seconds', async () => {
    await joinAndSleep()
    const [behind] = [...namespace.sockets.values()]
    assert.ok(behind)
    const reader = io(`${url}/dashboard`, { transports: ['websocket'], forceNew: true, auth: { token: 'any' } })
    open.push({ destroy: () => reader.disconnect() })
    let held = await new Promise<number>((resolve) => reader.once('snapshot', ({ revision }) => resolve(revision)))
    const gaps: number[] = []
    reader.on('changes', ({ from, to }) => {
      if (from !== held) gaps.push(from)
      held = to
    })
    for (let count = 0; count < STRETCHES; count += 1) {
      tell()
      await nextTurn()
    }
    while (held < feed.revision) await nextTurn()
    assert.deepEqual(gaps, [], 'who reads hears everything in order')
    assert.ok(behind.data.waiting > 256, `it is behind: ${behind.data.waiting}`)
    assert.ok(behind.data.waiting <= 260, `and no more is kept for it: ${behind.data.waiting}`)

    at = 10_001
    await new Promise((resolve) => behind.once('disconnect', resolve))
    assert.equal(reader.connected, true)
  })

  it('is brought up to date once it reads again', async () => {
    at = 0
    const sleeper = await joinAndSleep()
    for (let count = 0; count < STRETCHES; count += 1) {
      tell()
      await nextTurn()
    }
    const newest = `"to":${feed.revision}`
    let tail = ''
    const isCurrent = new Promise<void>((resolve) => {
      sleeper.on('data', (bytes) => {
        tail = (tail + bytes.toString('latin1')).slice(-2 * STRETCH_BYTES)
        if (tail.includes(newest)) resolve()
      })
    })
    sleeper.resume()
    await isCurrent
  })
})
