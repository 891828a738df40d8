import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer, type RequestListener } from 'node:http'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, beforeEach, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import express, { type RequestHandler } from 'express'
import { sql } from 'kysely'
import { pino } from 'pino'
import { createBoundIntake } from '../../../server/inbox/bound-intake.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { sign } from '../../../server/vendors/signature.ts'
import { listen, stop } from '../../helpers/listen.ts'
import { startProcess } from '../../helpers/process.ts'
import { type Bench, createBench, readRows, SECRET, tell } from './helpers/create-bench.ts'

const PATH = '/webhooks/seon'

function post(url: string, body: Uint8Array<ArrayBuffer>, headers: Record<string, string> = {}): Promise<Response> {
  const signature = sign(body, SECRET).toString('hex')
  return fetch(url, { method: 'POST', body, headers: { 'seon-signature': signature, ...headers } })
}

/** 503 with a time to come again, and nothing about why. */
async function assertUnavailable(response: Response): Promise<void> {
  assert.deepEqual([response.status, await response.text()], [503, '{"error":"unavailable"}'])
  assert.ok(Number(response.headers.get('retry-after')) > 0)
}

describe('webhook doors and faults of ours', () => {
  let folder = ''
  let path = ''
  let store: Store
  let bench: Bench
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seon-verify-faults-'))
    path = join(folder, 'faults.db')
    store = await openStore(`sqlite:${path}`)
    bench = await createBench(store)
  })
  beforeEach(() => store.db.deleteFrom('deliveries').execute())
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  /** Listens with the door, behind what a site's own Express app may have put before it. */
  async function withDoor(work: (url: string) => Promise<void>, ...earlier: RequestHandler[]): Promise<void> {
    const app = express()
    for (const handler of earlier) app.use(handler)
    await withServer(app.use(PATH, bench.door).use(bench.answerErrors), (origin) => work(`${origin}${PATH}`))
  }

  it('B1 row 11: say 503 where a parser was faster and the signed bytes are gone; keep nothing', async () => {
    const json = { 'content-type': 'application/json' }
    const text = { 'content-type': 'text/plain' }
    await withDoor(async (url) => assertUnavailable(await post(url, tell('APPROVED'), json)), express.json())
    await withDoor(async (url) => assertUnavailable(await post(url, tell('APPROVED'), text)), express.text())
    const drained: RequestHandler = (request, _response, next) => {
      request.on('end', () => next()).resume()
    }
    await withDoor(async (url) => assertUnavailable(await post(url, tell('APPROVED'))), drained)
    assert.deepEqual(await readRows(store), [])
    assert.match(bench.readLog(), /raw_missing/)
    // One that has left the bytes as they are does no harm.
    await withDoor(async (url) => assert.equal((await post(url, tell('APPROVED'), text)).status, 200), express.json())
    await withDoor(
      async (url) => assert.equal((await post(url, tell('DECLINED'))).status, 200),
      express.raw({ type: () => true }),
    )
    assert.equal((await readRows(store)).length, 2)
  })

  it('B1 row 30: say 503 while the disk is full, signed or not, and go on when it is no more', async () => {
    await withDoor(async (url) => {
      const { rows } = await sql<{ page_count: number }>`pragma page_count`.execute(store.db)
      await sql`pragma max_page_count = ${sql.lit(rows[0]?.page_count)}`.execute(store.db)
      const large = Buffer.concat([tell('APPROVED'), Buffer.alloc(1024 * 1024, ' ')])
      await assertUnavailable(await post(url, large))
      await assertUnavailable(await post(url, large, { 'seon-signature': 'ab'.repeat(32) }))
      await sql`pragma max_page_count = 1000000`.execute(store.db)
      assert.deepEqual(await readRows(store), [])
      assert.equal((await post(url, large)).status, 200)
      const [row, ...others] = await readRows(store)
      assert.deepEqual([row?.outcome, row?.bytes, others.length], ['accepted', large.byteLength, 0])
    })
  })

  it('B1 row 30: say 503 while somebody else holds the file, and go on when nobody does', async () => {
    await withDoor(async (url) => {
      await sql`pragma busy_timeout = 50`.execute(store.db)
      const other = new DatabaseSync(path)
      other.exec('begin immediate')
      await assertUnavailable(await post(url, tell('APPROVED')))
      other.exec('rollback')
      other.close()
      assert.deepEqual(await readRows(store), [])
      assert.equal((await post(url, tell('APPROVED'))).status, 200)
    })
  })

  it('B1 row 31: say 503 to what would not fit into memory, and keep all else', async () => {
    // As much as one address may have under way: half of 64 MiB.
    const bodies = Array.from({ length: 16 }, (_, index) => {
      const body = Buffer.alloc(2 * 1024 * 1024, ' ')
      tell('APPROVED', { run: `run-${index}` }).copy(body)
      return body
    })
    await withDoor(async (url) => {
      const disk = Promise.withResolvers<void>()
      const busy = store.transact(() => disk.promise)
      const waiting = bodies.map((body) => post(url, body))
      for (let index = 0; ; index++) {
        const asked = post(url, tell('APPROVED', { run: `small-${index}` }))
        const answer = await Promise.race([asked, delay(20, null)])
        if (answer !== null) {
          await assertUnavailable(answer)
          break
        }
        // There was room still, and now it waits for the disk with the others; or it is slow to be refused.
        waiting.push(asked)
      }
      disk.resolve()
      const answers = await Promise.all(waiting)
      await busy
      const kept = answers.filter(({ status }) => status === 200).length
      assert.deepEqual(new Set(answers.slice(0, 16).map(({ status }) => status)), new Set([200]))
      assert.equal((await readRows(store)).length, kept)
    })
  })

  it('B1 row 31: shed before reading while too much is being read, and take again after that', async () => {
    const log = pino({ level: 'silent' })
    const app = express().use(createBoundIntake({ source: 'seon', log, bodyLimit: 200_000, maxBytes: 50_000 }))
    app.use(express.raw({ type: () => true, limit: 200_000 }), (_request, response) => void response.json({}))
    await withServer(app.use(bench.answerErrors), async (url) => {
      const ask = () => fetch(url, { method: 'POST', body: 'x' })
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(60_000)}`)
      let response = await ask()
      while (response.status === 200) response = await ask()
      await assertUnavailable(response)
      socket.write('x'.repeat(40_000))
      assert.match(await readSome(socket), /^HTTP\/1\.1 200 /)
      socket.destroy()
      while ((await ask()).status !== 200) await delay(5)
    })
  })

  it('B1 row 16: let one address hold half of a door at most', async () => {
    const log = pino({ level: 'silent' })
    const app = express().set('trust proxy', 1)
    app.use(createBoundIntake({ source: 'seon', log, bodyLimit: 200_000, maxBytes: 50_000 }))
    app.use(express.raw({ type: () => true, limit: 200_000 }), (_request, response) => void response.json({}))
    await withServer(app.use(bench.answerErrors), async (url) => {
      const ask = (peer: string) => fetch(url, { method: 'POST', body: 'x', headers: { 'x-forwarded-for': peer } })
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      const head = 'POST / HTTP/1.1\r\nHost: x\r\nX-Forwarded-For: 192.0.2.1\r\nContent-Length: 100000\r\n\r\n'
      socket.write(head + 'x'.repeat(26_000))
      while ((await ask('192.0.2.1')).status === 200) await delay(5)
      assert.equal((await ask('192.0.2.2')).status, 200)
      socket.destroy()
      while ((await ask('192.0.2.1')).status !== 200) await delay(5)
    })
  })

  it('B1 row 31: count nothing of a body beyond what is kept of it', async () => {
    const log = pino({ level: 'silent' })
    let seen = 0
    const app = express().use(createBoundIntake({ source: 'seon', log, bodyLimit: 20_000, maxBytes: 50_000 }))
    app.use((request, _response, next) => {
      request.on('data', (chunk: Buffer) => (seen += chunk.byteLength))
      next()
    })
    app.use(express.raw({ type: () => true, limit: 20_000 }), (_request, response) => void response.json({}))
    await withServer(app.use(bench.answerErrors), async (url) => {
      const socket = connect(Number(new URL(url).port), '127.0.0.1')
      socket.write(`POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 100000\r\n\r\n${'x'.repeat(60_000)}`)
      while (seen < 60_000) await delay(5)
      assert.equal((await fetch(url, { method: 'POST', body: 'x' })).status, 200)
      socket.destroy()
    })
  })
})

describe('webhook doors and the end of the process', () => {
  it('B1 row 32: on SIGTERM finish what is under way, take nothing new, lose nothing', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seon-verify-term-'))
    const env = { DATABASE_URL: `sqlite:${join(folder, 'term.db')}`, SEON_WEBHOOK_SECRET: SECRET }
    const server = await startProcess(env)
    const { hostname, port } = new URL(server.addresses['webhooks'] ?? '')
    const body = tell('APPROVED').toString()
    const signature = sign(body, SECRET).toString('hex')
    const head = `POST ${PATH} HTTP/1.1\r\nHost: x\r\nSEON-Signature: ${signature}\r\nContent-Length: ${body.length}\r\n\r\n`
    const socket = connect(Number(port), hostname)
    socket.write(`${head}${body.slice(0, 50)}`)
    // A request that is answered after those bytes have left shows that they have arrived.
    await fetch(new URL('/healthz', server.addresses['demo']))
    const ended = server.end('SIGTERM')
    while (await isListening(Number(port), hostname)) await delay(5)
    const closed = new Promise((resolve) => socket.on('close', resolve))
    socket.write(body.slice(50))
    assert.match(await readSome(socket), /^HTTP\/1\.1 200 .*\{"received":true\}$/s)
    await closed
    assert.equal(await ended, 0)

    const next = await startProcess(env)
    const url = new URL('/api/deliveries', next.addresses['demo'])
    const listed = await fetch(url, { headers: { authorization: `Bearer ${next.addresses['admin-token']}` } })
    assert.equal((await listed.text()).match(/"outcome":"accepted"/g)?.length, 1)
    await next.end('SIGTERM')
    await rm(folder, { recursive: true, force: true })
  })
})

async function withServer(app: RequestListener, work: (origin: string) => Promise<void>): Promise<void> {
  const server = createServer(app)
  try {
    await work(await listen(server))
  } finally {
    await stop(server)
  }
}

function readSome(socket: Socket): Promise<string> {
  return new Promise((resolve) => {
    socket.setEncoding('latin1').once('data', (text: string) => resolve(text))
  })
}

function isListening(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host, () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}
