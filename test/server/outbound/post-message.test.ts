import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer as createTcpServer, type Socket } from 'node:net'
import { after, before, beforeEach, describe, it } from 'node:test'
import { createPostMessage } from '../../../server/outbound/post-message.ts'
import { playRaw, type ScriptedUpstream, startUpstream } from '../../helpers/scripted-upstream.ts'
import { SECRET } from './helpers/start-receiver.ts'

const MESSAGE = { id: 'msg_1', body: '{"name":"Zoë"}' }
const NOW = Date.parse('2026-03-01T12:00:00Z')
const MIB = 1024 * 1024

describe('createPostMessage', () => {
  let upstream: ScriptedUpstream
  before(async () => {
    upstream = await startUpstream()
  })
  after(() => upstream.stop())
  beforeEach(() => {
    upstream.requests = []
  })

  const post = (more: { url?: string; timeoutMs?: number; stopping?: AbortSignal } = {}) => {
    const { url = `${upstream.origin}/hook`, stopping = new AbortController().signal, ...rest } = more
    return createPostMessage({ url, secrets: [SECRET], now: () => NOW, ...rest })(MESSAGE, stopping)
  }

  for (const status of [200, 201, 202, 204, 299]) {
    it(`takes ${status} for a receipt`, async () => {
      upstream.plays = [playRaw(status, '')]
      assert.deepEqual(await post(), { kind: 'received' })
      const [request] = upstream.requests
      assert.deepEqual([request?.method, request?.url, request?.body], ['POST', '/hook', MESSAGE.body])
      assert.equal(request?.headers['content-type'], 'application/json')
      assert.equal(request?.headers['webhook-timestamp'], String(NOW / 1000))
    })
  }

  for (const status of [301, 302, 303, 307, 308]) {
    it(`does not follow a ${status}`, async (t) => {
      const elsewhere = await startUpstream()
      t.after(() => elsewhere.stop())
      elsewhere.plays = [playRaw(200, '')]
      upstream.plays = [playRaw(status, '', { location: `${elsewhere.origin}/taken` })]
      assert.deepEqual(await post(), { kind: 'refused', status, retryAfterMs: null })
      assert.equal(elsewhere.requests.length, 0)
      assert.equal(upstream.requests.length, 1)
    })
  }

  const waits: [string, number | null][] = [
    ['120', 120_000],
    ['0', 0],
    ['Sun, 01 Mar 2026 12:05:00 GMT', 300_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
    ['soon', null],
    ['-5', null],
    ['999999999', 24 * 60 * 60 * 1000],
  ]
  for (const [value, retryAfterMs] of waits) {
    it(`reads Retry-After: ${value}`, async () => {
      upstream.plays = [playRaw(503, '', { 'retry-after': value })]
      assert.deepEqual(await post(), { kind: 'refused', status: 503, retryAfterMs })
    })
  }

  it('gives up on a receiver that does not answer in time', async () => {
    upstream.plays = [() => undefined]
    assert.deepEqual(await post({ timeoutMs: 50 }), { kind: 'unreachable', code: 'timeout' })
  })

  it('takes the status of an answer that never ends, and no more of its body than it must', async (t) => {
    const { url, sent, close } = await startEndless('HTTP/1.1 200 OK\r\nContent-Length: 1073741824\r\n\r\n')
    t.after(close)
    assert.deepEqual(await post({ url }), { kind: 'received' })
    // What the kernel's buffers hold comes on top of the 64 kB.
    assert.ok(sent() < 16 * MIB, `${sent()} bytes`)
  })

  it('takes the status of an answer that comes in drops', async () => {
    upstream.plays = [(response) => void response.writeHead(200).write('.')]
    assert.deepEqual(await post({ timeoutMs: 50 }), { kind: 'received' })
    upstream.plays = [(response) => void response.writeHead(500).write('.')]
    assert.deepEqual(await post({ timeoutMs: 50 }), { kind: 'refused', status: 500, retryAfterMs: null })
  })

  it('names what kept it from an answer, and nothing else', async () => {
    const gone = await startUpstream()
    await gone.stop()
    assert.deepEqual(await post({ url: gone.origin }), { kind: 'unreachable', code: 'ECONNREFUSED' })
    upstream.plays = [(response) => void response.destroy()]
    assert.deepEqual(await post(), { kind: 'unreachable', code: 'UND_ERR_SOCKET' })
  })

  it('lets itself be stopped', async () => {
    const stopping = new AbortController()
    upstream.plays = [() => stopping.abort()]
    assert.deepEqual(await post({ stopping: stopping.signal }), { kind: 'aborted' })
  })
})

/** A receiver that sends `head` and then a body as fast as it is taken. */
async function startEndless(head: string) {
  const chunk = Buffer.alloc(64 * 1024, '.')
  const sockets = new Set<Socket>()
  let bytes = 0
  const server = createTcpServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => undefined)
    const pour = () => {
      while (!socket.destroyed) {
        bytes += chunk.byteLength
        if (!socket.write(chunk)) return
      }
    }
    socket.once('data', () => {
      socket.write(head)
      socket.on('drain', pour)
      pour()
    })
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    sent: () => bytes,
    close: async () => {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
