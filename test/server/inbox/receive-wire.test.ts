import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import express from 'express'
import { createPatientServer } from '../../../server/http/listening.ts'
import { limitPeers } from '../../../server/limits/limit-peers.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import { sign } from '../../../server/vendors/signature.ts'
import { listen, stop } from '../../helpers/listen.ts'
import { createBench, readRows, SECRET, tell } from './helpers/create-bench.ts'
import { assertAccepted, assertDiscreet, assertRefused, type Doors, startDoors } from './helpers/start-doors.ts'

describe('webhook doors on the wire', () => {
  let folder = ''
  let doors: Doors
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seon-verify-wire-'))
    doors = await startDoors({ DATABASE_URL: `sqlite:${join(folder, 'doors.db')}` })
  })
  after(async () => {
    await doors.close()
    await rm(folder, { recursive: true, force: true })
  })

  const body = tell('APPROVED', { run: 'canary-wire' })
  const signature = sign(body, SECRET).toString('hex')
  const length = `Content-Length: ${body.byteLength}`

  /** A signed request with these lines in its head, which is right but for them. */
  const requestWith = (lines: readonly string[], { eol = '\r\n', requestLine = 'POST /webhooks/seon HTTP/1.1' } = {}) =>
    Buffer.concat([
      Buffer.from(
        [requestLine, `SEON-Signature: ${signature}`, 'Connection: close', ...lines, '', ''].join(eol),
        'latin1',
      ),
      body,
    ])

  it('B1 row 17: refuse every request whose end two readers could see in different places', async () => {
    const host = 'Host: x'
    const arrived = await doors.arrivals(async () => {
      for (const request of [
        requestWith([host, length, 'Transfer-Encoding: chunked']),
        requestWith([host, length, `Content-Length: ${body.byteLength + 1}`]),
        requestWith([host, length, length]),
        requestWith([host, `Content-Length: +${body.byteLength}`]),
        requestWith([host, `Content-Length: ${body.byteLength}, ${body.byteLength}`]),
        requestWith([host, `Content-Length : ${body.byteLength}`]),
        requestWith([host, 'X-Folded: a', ' b', length]),
        requestWith([host, length], { eol: '\n' }),
        requestWith([host, 'Transfer-Encoding: xchunked']),
        requestWith([host, 'Transfer-Encoding: chunked, identity']),
        requestWith([length]),
        requestWith([host, length, 'X-Zero: a\0b']),
        requestWith([host, length], { requestLine: 'POST /webhooks/seon HTTP/1.1 x' }),
      ]) {
        assert.match(await doors.raw(request), /^HTTP\/1\.1 400 /, request.toString('latin1'))
      }
    })
    assert.deepEqual(arrived, [])
    assert.match(
      await doors.raw(requestWith([host, length])),
      /^HTTP\/1\.1 200 /,
      'and nothing else was wrong with them',
    )
  })

  it('B1 row 18: refuse a chunk extension or a header of 20 kB', async () => {
    const chunk = `5;${'x'.repeat(20_000)}\r\nhello\r\n0\r\n\r\n`
    const head = 'POST /webhooks/seon HTTP/1.1\r\nHost: x\r\nConnection: close\r\n'
    const arrived = await doors.arrivals(async () => {
      assert.match(await doors.raw(`${head}Transfer-Encoding: chunked\r\n\r\n${chunk}`), /^HTTP\/1\.1 413 /)
      assert.match(await doors.raw(`${head}X-Long: ${'x'.repeat(20_000)}\r\n\r\n`), /^HTTP\/1\.1 431 /)
    })
    assert.deepEqual(arrived, [])
  })

  it('B1 row 15: list what announces more bytes than there are numbers for', async () => {
    const arrived = await doors.arrivals(async () => {
      const announced = ['1152921504606846976', '9223372036854775807', '18446744073709551615']
      const sockets = announced.map((bytes) => {
        const head = `POST /webhooks/seon HTTP/1.1\r\nHost: x\r\nContent-Length: ${bytes}\r\n\r\n`
        const socket = connect(Number(new URL(doors.url).port), '127.0.0.1')
        return socket.end(head)
      })
      while ((await doors.list()).filter(({ reason }) => reason === 'too_large').length < announced.length) {
        await delay(10)
      }
      for (const socket of sockets) socket.destroy()
    })
    assert.equal(arrived.length, 3)
    for (const { outcome, reason, bytes } of arrived) {
      assert.deepEqual([outcome, reason, bytes], ['rejected', 'too_large', Number.MAX_SAFE_INTEGER])
    }
  })

  it('B1 row 19: live through headers named like prototypes', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      assertAccepted(await doors.post(tell('APPROVED', { run: `canary-${name}` }), [name, 'x', name, 'y']))
    }
    const missing = tell('APPROVED', { run: 'canary-unsigned' })
    assertRefused(await doors.send('/webhooks/seon', missing, ['__proto__', 'x']), 401, 'unauthorized')
  })

  it('B1 row 35: log no address’s query, and take no secret from it', async () => {
    const refused = tell('APPROVED', { run: 'canary-query' })
    const path = `/webhooks/seon?secret=canary-in-query&signature=${signature}`
    assertRefused(await doors.send(path, refused), 401, 'unauthorized')
    assertRefused(await doors.send('/webhooks/canary-in-path?x=canary', refused), 404, 'not_found')
    assertRefused(
      await doors.send('/webhooks/seon?canary', refused, ['Content-Encoding', 'gzip']),
      415,
      'unsupported_encoding',
    )
    assertDiscreet(doors.readLog())
  })

  it('B1 row 34: take a form with too many fields for what it is', async () => {
    const form = Buffer.from('a=b&'.repeat(11))
    const answer = await doors.send('/webhooks/incode/token', form, [
      'Content-Type',
      'application/x-www-form-urlencoded',
    ])
    assertRefused(answer, 413, 'too_large')
  })

  it('B1 row 36: answer POST alone, at these addresses alone, and echo nothing', async () => {
    const arrived = await doors.arrivals(async () => {
      for (const method of ['GET', 'PUT', 'PATCH', 'DELETE', 'OPTIONS', 'TRACE', 'PROPFIND']) {
        const answer = await doors.send('/webhooks/seon', null, doors.prove('seon', Buffer.alloc(0)), method)
        assertRefused(answer, 405, 'method_not_allowed')
        assert.equal(answer.headers['allow'], 'POST')
      }
      const head = await doors.send('/webhooks/incode', null, [], 'HEAD')
      assert.deepEqual([head.status, head.headers['allow'], head.body], [405, 'POST', ''])
      for (const path of [
        '/webhooks',
        '/webhooks/',
        '/webhooks/<script>',
        '/webhooks/seon/more',
        '/webhooks//seon',
        '//webhooks/seon',
        '/webhooks/seon%2f',
        '/webhooks/seon%00',
        '/webhooks/seon;x=y',
        '/webhooks/seon-',
      ]) {
        assertRefused(await doors.send(path, body, ['SEON-Signature', signature]), 404, 'not_found')
      }
      assertRefused(await doors.send('/webhooks/%E0%A4%A', body), 404, 'not_found')
      const upwards = requestWith(['Host: x', length], { requestLine: 'POST /webhooks/seon/../seon HTTP/1.1' })
      assert.match(await doors.raw(upwards), /^HTTP\/1\.1 404 /)
    })
    assert.deepEqual(arrived, [])
  })
})

describe('webhook doors and slow senders', () => {
  it('B1 row 16: cut off whoever takes too long for headers or body, and keep nothing of it', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seon-verify-slow-'))
    const store = await openStore(`sqlite:${join(folder, 'slow.db')}`)
    const bench = await createBench(store)
    const server = createPatientServer({ headersMs: 300, requestMs: 600 })
    server.on('request', express().use('/webhooks/seon', bench.door).use(bench.answerErrors))
    const { port } = new URL(await listen(server))
    try {
      const body = tell('APPROVED')
      const head = `POST /webhooks/seon HTTP/1.1\r\nHost: x\r\nSEON-Signature: ${sign(body, SECRET).toString('hex')}\r\n`
      const announced = `${head}Content-Length: ${body.byteLength}\r\n\r\n`
      for (const part of [head, announced, `${announced}${body.subarray(0, 40).toString()}`]) {
        const { answer, afterMs } = await sendPart(Number(port), part)
        assert.match(answer, /^(HTTP\/1\.1 408 |$)/)
        assert.ok(afterMs < 5000, `${afterMs}`)
      }
      assert.deepEqual(await readRows(store), [])
      const { answer } = await sendPart(Number(port), `${announced}${body.toString()}`, true)
      assert.match(answer, /^HTTP\/1\.1 200 /)
    } finally {
      await stop(server)
      await store.close()
      await rm(folder, { recursive: true, force: true })
    }
  })

  it('B1 row 16: give up after 10 s on headers and 20 s on a request, look for such senders every second', () => {
    const server = createPatientServer()
    assert.deepEqual([server.headersTimeout, server.requestTimeout, server.maxConnections], [10_000, 20_000, 10_000])
    assert.equal(Reflect.get(server, 'connectionsCheckingInterval'), 1000)
  })
})

describe('connections of one address', () => {
  it('B1 row 16: closes those beyond its share unanswered, and takes new ones when some have gone', async () => {
    const server = createServer((_request, response) => void response.end('here'))
    limitPeers(server, 2)
    const { port } = new URL(await listen(server))
    const open = () =>
      new Promise<Socket | null>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1', () => socket.write('GET / HTTP/1.1\r\nHost: x\r\n\r\n'))
        socket.once('data', () => resolve(socket))
        socket.on('error', () => undefined)
        socket.on('close', () => resolve(null))
      })
    const first = await open()
    assert.ok(first)
    assert.ok(await open())
    assert.equal(await open(), null)
    first.destroy()
    while ((await open()) === null) await delay(5)
    await stop(server)
  })
})

/** Sends a part of a request and then nothing more; what comes back until the server closes the connection. */
function sendPart(port: number, part: string, isAll = false): Promise<{ answer: string; afterMs: number }> {
  const since = performance.now()
  return new Promise((resolve) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(part))
    const handleText = (text: string) => {
      answer += text
      if (isAll) socket.end()
    }
    socket.setEncoding('latin1').on('data', handleText)
    socket.on('error', () => undefined)
    socket.on('close', () => resolve({ answer, afterMs: performance.now() - since }))
  })
}
