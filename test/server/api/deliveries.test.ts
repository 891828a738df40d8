import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, it } from 'node:test'
import express from 'express'
import { pino } from 'pino'
import { createDeliveryRoutes } from '../../../server/api/deliveries.ts'
import { cookieName } from '../../../server/auth/credentials.ts'
import { createOriginRules } from '../../../server/auth/origins.ts'
import { digest } from '../../../server/auth/sessions/sessions.ts'
import { createErrorHandler } from '../../../server/http/error-handler.ts'
import type { DeliveryDetail, DeliveryPage } from '../../../server/protocol.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { listen, stop } from '../../helpers/listen.ts'
import { ADMIN_TOKEN as ADMIN, API_TOKEN as API, createTestOperators } from '../../helpers/operators.ts'
import { describeStores } from '../../helpers/stores.ts'
import { type Bench, createBench, readRows, readStatus, START, tell } from '../inbox/helpers/create-bench.ts'

const UNKNOWN_ID = '019a5000-0000-7000-8000-000000000000'
const asAdmin = { authorization: `Bearer ${ADMIN}` }
const json = { 'content-type': 'application/json' }

async function startApi(store: Store) {
  const bench = await createBench(store)
  const publicUrl = () => url
  const { operators, audit, signIn: startSession } = createTestOperators(store, { now: () => bench.clock.at })
  const origins = createOriginRules({ publicUrl, allowedOrigins: [] })
  const app = express()
    .set('query parser', 'simple')
    .use('/api/deliveries', createDeliveryRoutes({ store, replay: bench.replay, audit, operators, origins, publicUrl }))
    .use(createErrorHandler({ log: pino({ level: 'silent' }), unexpected: 500 }))
  const server = createServer(app)
  const url = await listen(server)

  async function signIn(role: 'admin' | 'viewer'): Promise<{ cookie: string }> {
    return { cookie: `${cookieName(url)}=${await startSession(role)}` }
  }

  const call = (path: string, init: RequestInit = {}) => fetch(`${url}/api/deliveries${path}`, init)
  return {
    url,
    bench,
    audit,
    signIn,
    call,
    close: () => stop(server),
    async read(path: string): Promise<DeliveryPage> {
      const response = await call(path, { headers: asAdmin })
      assert.equal(response.status, 200, path)
      return parse(response)
    },
    async refusal(path: string, init: RequestInit = { headers: asAdmin }): Promise<string> {
      const response = await call(path, init)
      const { error, fields } = await parse<{ error: string; fields?: object }>(response)
      return [response.status, error, ...Object.keys(fields ?? {})].join(' ')
    },
    replay: (body: unknown, headers: Record<string, string> = asAdmin) =>
      call('/replay', { method: 'POST', headers: { ...json, ...headers }, body: JSON.stringify(body) }),
  }
}

async function parse<T>(response: Response): Promise<T> {
  return JSON.parse(await response.text())
}

/** One of each outcome but `dead`, oldest first. */
async function receiveSome(bench: Bench) {
  const ids = [
    await bench.receive(tell('APPROVED')),
    await bench.receive(tell('DECLINED', { run: 'other' })),
    await bench.receive(Buffer.from('{"event":"account/of_the_future","data":{"note":"Ada"}}')),
    await bench.receive(Buffer.from('no JSON')),
  ]
  await bench.processor.drain()
  ids.push(await bench.receive(tell('APPROVED')))
  ids.push(await bench.receive(tell('APPROVED', { run: 'forged' }), { secret: 'forged' }))
  return ids
}

describeStores('GET /api/deliveries', (stores) => {
  let api: Awaited<ReturnType<typeof startApi>>
  let ids: string[] = []
  before(async () => {
    api = await startApi(await stores.open())
    ids = await receiveSome(api.bench)
  })
  after(() => api.close())

  it('lists every arrival, newest first, with what became of it', async () => {
    const { items, next } = await api.read('')
    assert.equal(next, null)
    assert.deepEqual(
      items.map((item) => item.id),
      ids.toReversed(),
    )
    const [quarantined, duplicate, dead, unrecognised, , accepted] = items
    assert.deepEqual(Object.keys(accepted ?? {}).toSorted(), [
      'bytes',
      'event',
      'id',
      'outcome',
      'receivedAt',
      'source',
      'verificationId',
    ])
    assert.equal(accepted?.receivedAt, new Date(START).toISOString())
    assert.equal(accepted?.event, 'orchestration/workflow_execution_finished')
    assert.deepEqual([quarantined?.outcome, quarantined?.reason], ['quarantined', 'sig_mismatch'])
    assert.deepEqual([duplicate?.outcome, duplicate?.duplicateOf], ['duplicate', ids[0]])
    assert.deepEqual([dead?.outcome, dead?.reason], ['dead', 'not_json'])
    assert.deepEqual([unrecognised?.outcome, unrecognised?.event], ['unrecognised', 'account/of_the_future'])
  })

  it('filters by one outcome or several, by source, by both', async () => {
    const find = async (query: string) => (await api.read(query)).items.map((item) => ids.indexOf(item.id))
    assert.deepEqual(await find('?outcome=accepted'), [1, 0])
    assert.deepEqual(await find('?outcome=dead,quarantined'), [5, 3])
    assert.deepEqual(await find('?outcome=rejected'), [])
    assert.deepEqual(await find('?source=seon'), [5, 4, 3, 2, 1, 0])
    assert.deepEqual(await find('?source=incode'), [])
    assert.deepEqual(await find('?source=seon&outcome=duplicate'), [4])
    assert.deepEqual(await find('?outcome=accepted,accepted'), [1, 0])
  })

  it('pages without holes or repetitions while newer ones arrive', async () => {
    const seen: string[] = []
    let query = '?limit=2'
    for (;;) {
      const { items, next } = await api.read(query)
      seen.push(...items.map((item) => item.id))
      if (next === null) break
      await api.bench.receive(tell('APPROVED'))
      query = `?limit=2&cursor=${next}`
    }
    assert.deepEqual(seen, ids.toReversed())
    const page = await api.read('?outcome=accepted&limit=1')
    const rest = await api.read(`?outcome=accepted&limit=1&cursor=${page.next}`)
    assert.deepEqual([page.items[0]?.id, rest.items[0]?.id, rest.next], [ids[1], ids[0], null])
  })

  it('says which part of a query is wrong', async () => {
    const cursors = ['', 'x', '%00', ...[['a\u0000'], [1], [], [UNKNOWN_ID, 1], null].map(encode)]
    for (const cursor of cursors) assert.equal(await api.refusal(`?cursor=${cursor}`), '400 invalid cursor', cursor)
    for (const limit of ['0', '201', '-1', '1.5', 'many', '']) {
      assert.equal(await api.refusal(`?limit=${limit}`), '400 invalid limit', limit)
    }
    for (const outcome of ['', 'approved', 'accepted,', 'ACCEPTED', 'accepted&outcome=dead']) {
      assert.match(await api.refusal(`?outcome=${outcome}`), /^400 invalid outcome/, outcome)
    }
    assert.equal(await api.refusal('?source=seon,incode'), '400 invalid source')
    assert.equal(await api.refusal('?status=approved'), '400 invalid status')
    assert.equal(await api.refusal('?__proto__=x'), '400 invalid __proto__')
  })

  it('shows one with its body, as text', async () => {
    const [accepted = '', , , dead = '', duplicate = '', quarantined = ''] = ids
    const readOne = async (id: string) => parse<DeliveryDetail>(await api.call(`/${id}`, { headers: asAdmin }))
    assert.equal((await readOne(accepted)).body, tell('APPROVED').toString())
    assert.equal((await readOne(dead)).body, 'no JSON')
    assert.equal((await readOne(duplicate)).body, null)
    assert.equal((await readOne(quarantined)).body, tell('APPROVED', { run: 'forged' }).toString())
    const response = await api.call(`/${accepted}`, { headers: asAdmin })
    assert.equal(response.headers.get('cache-control'), 'no-store')
  })

  it('shows a body to admins that ask for it, and records that they did; to viewers only that there is one', async () => {
    const [accepted = '', , , , duplicate = ''] = ids
    const readOne = async (path: string, headers: Record<string, string>) => {
      const { body, hasBody } = await parse<DeliveryDetail>(await api.call(path, { headers }))
      return { body, hasBody }
    }
    const countLooks = async () => (await api.audit.read({ action: 'body_revealed', limit: 200 })).items.length
    const before = await countLooks()
    const viewer = await api.signIn('viewer')
    assert.deepEqual(await readOne(`/${accepted}`, viewer), { body: null, hasBody: true })
    assert.deepEqual(await readOne(`/${accepted}?body=1`, viewer), { body: null, hasBody: true })
    assert.deepEqual(await readOne(`/${duplicate}`, viewer), { body: null, hasBody: false })
    assert.deepEqual(await readOne(`/${accepted}?body=0`, asAdmin), { body: null, hasBody: true })
    assert.equal(await countLooks(), before)
    const admin = await api.signIn('admin')
    assert.deepEqual(await readOne(`/${accepted}`, admin), { body: tell('APPROVED').toString(), hasBody: true })
    const [look] = (await api.audit.read({ limit: 1 })).items
    assert.deepEqual([look?.action, look?.operator, look?.subject], ['body_revealed', 'admin@example.com', accepted])
    assert.equal(await countLooks(), before + 1)
    assert.equal(await api.refusal(`/${accepted}?body=2`), '400 invalid body')
  })

  it('finds nothing under ids that are none', async () => {
    const hostile = [
      UNKNOWN_ID,
      'x',
      '%00',
      `${ids[0]}%00`,
      '__proto__',
      "'%20or%20'1'='1",
      '..%2F..%2Fverifications',
      '%F0%9F%91%A9',
      '%C0%80',
      'x'.repeat(4000),
      'replay',
    ]
    for (const id of hostile) {
      const refused = await api.refusal(`/${id}`)
      assert.ok(refused === '404 not_found' || (id === '%C0%80' && refused === '400 invalid'), `${id}: ${refused}`)
      const replayed = await api.refusal(`/${id}/replay`, { method: 'POST', headers: asAdmin })
      assert.ok(replayed === '404 not_found' || (id === '%C0%80' && replayed === '400 invalid'), `${id}: ${replayed}`)
    }
  })

  it('is for operators: a viewer may look, API_TOKEN may not', async () => {
    const viewer = await api.signIn('viewer')
    for (const path of ['', `/${ids[0]}`]) {
      assert.equal((await api.call(path, { headers: viewer })).status, 200)
      for (const headers of [
        {},
        { authorization: `Bearer ${API}` },
        { cookie: 'x=y' },
        { authorization: 'Bearer x' },
      ]) {
        assert.equal(await api.refusal(path, { headers }), '401 unauthorized')
      }
    }
  })
})

describeStores('POST /api/deliveries/replay', (stores) => {
  let store: Store
  let api: Awaited<ReturnType<typeof startApi>>
  let ids: string[] = []
  before(async () => {
    store = await stores.open()
    api = await startApi(store)
    ids = await receiveSome(api.bench)
  })
  after(() => api.close())

  /** As a bug of an earlier release might have left it. */
  async function spoil() {
    await store.db.updateTable('reports').set({ data: '{}' }).execute()
    await store.db.updateTable('verifications').set({ status: 'created', decided_at: null }).execute()
  }
  const range = { from: '2026-11-05T00:00:00Z', to: '2026-11-06T00:00:00+01:00' }

  it('replays by ids and by range, tells before what it would do, and the second time does nothing', async () => {
    await spoil()
    const [first = ''] = ids
    const answers: unknown[] = []
    for (const body of [
      { ids: [first], dryRun: true },
      { ids: [first] },
      { ids: [first] },
      { ids: [UNKNOWN_ID] },
      { ...range, dryRun: true },
      { ...range, outcome: 'dead,accepted', source: 'seon' },
      range,
      { from: '2026-11-06', to: '2026-11-07' },
    ]) {
      const response = await api.replay(body)
      assert.equal(response.status, 200)
      answers.push(await parse(response))
    }
    assert.deepEqual(answers, [
      { matched: 1, changed: 1 },
      { matched: 1, changed: 1 },
      { matched: 1, changed: 0 },
      { matched: 0, changed: 0 },
      { matched: 6, changed: 1, skipped: 2 },
      { matched: 3, changed: 1 },
      { matched: 6, changed: 0, skipped: 2 },
      { matched: 0, changed: 0 },
    ])
    assert.equal(await readStatus(store, 'other'), 'declined')
    assert.equal(await readStatus(store, 'forged'), undefined)
  })

  it('replays one', async () => {
    await spoil()
    const path = `/${ids[0]}/replay`
    const replayed = await api.call(path, { method: 'POST', headers: asAdmin })
    assert.deepEqual(await parse(replayed), { matched: 1, changed: 1 })
    assert.deepEqual(await parse(await api.call(path, { method: 'POST', headers: asAdmin })), {
      matched: 1,
      changed: 0,
    })
    const forged = await api.call(`/${ids[5]}/replay`, { method: 'POST', headers: asAdmin })
    assert.deepEqual(await parse(forged), { matched: 1, changed: 0, skipped: 1 })
    assert.equal(await api.refusal(`/${UNKNOWN_ID}/replay`, { method: 'POST', headers: asAdmin }), '404 not_found')
  })

  it('is for admins, from a page of our own', async () => {
    const before = await readRows(store)
    const viewer = await api.signIn('viewer')
    const admin = await api.signIn('admin')
    const own = { ...json, origin: api.url, 'sec-fetch-site': 'same-origin' }
    const body = JSON.stringify({ ids: [ids[0]] })
    for (const path of ['/replay', `/${ids[0]}/replay`]) {
      const refusal = (headers: Record<string, string>) => api.refusal(path, { method: 'POST', headers, body })
      assert.equal(await refusal(json), '401 unauthorized')
      assert.equal(await refusal({ ...json, authorization: `Bearer ${API}` }), '401 unauthorized')
      assert.equal(await refusal({ ...own, ...viewer }), '403 forbidden')
      assert.equal(await refusal({ ...json, ...admin }), '403 origin_forbidden')
      assert.equal(await refusal({ ...own, ...admin, origin: 'https://evil.example' }), '403 origin_forbidden')
      assert.equal(await refusal({ ...own, ...admin, 'sec-fetch-site': 'cross-site' }), '403 origin_forbidden')
      const allowed = await api.call(path, { method: 'POST', headers: { ...own, ...admin }, body })
      assert.equal(allowed.status, 200)
    }
    assert.deepEqual(await readRows(store), before)
  })

  it('is recorded before it begins, and a dry run is not', async () => {
    const readLast = async () => (await api.audit.read({ action: 'replayed', limit: 1 })).items[0]
    const before = await readLast()
    await api.replay({ ids: [ids[0]], dryRun: true })
    assert.deepEqual(await readLast(), before)
    await api.replay({ ids: [ids[0], ids[1]] })
    assert.deepEqual((await readLast())?.detail, { deliveries: 2 })
    const [from, to] = ['2026-11-05T00:00:00.000Z', '2026-11-05T01:00:00.000Z']
    await api.replay({ from, to, outcome: 'accepted,dead' })
    const last = await readLast()
    assert.deepEqual(last?.detail, { from, to, outcome: 'accepted,dead' })
    assert.equal(last.operator, 'administrator')
  })

  it('stops when its session ends, whichever node has ended that, keeps what it has done and is recorded so', async () => {
    const cookie = await api.signIn('admin')
    const other = createTestOperators(store, { now: () => api.bench.clock.at })
    const admin = (await other.operators.find(await other.signIn('admin'))) ?? assert.fail('nobody')
    const id = digest(cookie.cookie.split('=')[1] ?? '')
    const [from, to] = [START + 60_000, START + 120_000]
    api.bench.clock.at = from
    for (let run = 0; run < 1200; run++) {
      await api.bench.receive(tell('APPROVED', { run: `long-${run}` }))
      api.bench.clock.at += 1
    }
    await api.bench.processor.drain()
    await spoil()
    const range = { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
    const readStops = async () => (await api.audit.read({ action: 'replay_stopped', limit: 10 })).items
    const before = await readStops()
    const woken = Promise.withResolvers<void>()
    const stopListening = store.onWake((topic) => {
      if (topic === 'changes') woken.resolve()
    })
    const running = api.replay(range, { ...cookie, origin: api.url })
    await woken.promise
    stopListening()
    assert.ok(await other.operators.endSession(admin, id))
    const response = await running
    assert.equal(response.status, 401)
    const [stopped, ...earlier] = await readStops()
    assert.deepEqual(earlier, before)
    assert.equal(stopped?.operator, 'admin@example.com')
    assert.equal(stopped.detail['why'], 'session_ended')
    const done = Number(stopped.detail['deliveries'])
    assert.ok(done > 0 && done < 1200, `${done} of 1200`)
    assert.equal(await readStatus(store, 'long-0'), 'approved', 'what it has done stays')
    assert.equal(await readStatus(store, 'long-1199'), 'created')
  })

  it('says what is wrong with a request', async () => {
    const refusal = async (body: unknown) =>
      api.refusal('/replay', { method: 'POST', headers: { ...json, ...asAdmin }, body: JSON.stringify(body) })
    assert.equal(await refusal({}), '400 invalid from to')
    assert.equal(await refusal([]), '400 invalid body')
    assert.equal(await refusal(null), '400 invalid body')
    assert.equal(await refusal({ ids: [] }), '400 invalid ids')
    assert.equal(await refusal({ ids: 'all' }), '400 invalid ids')
    assert.equal(await refusal({ ids: ['x'] }), '400 invalid ids.0')
    assert.equal(await refusal({ ids: [null] }), '400 invalid ids.0')
    assert.equal(await refusal({ ids: Array.from({ length: 1001 }, () => UNKNOWN_ID) }), '400 invalid ids')
    assert.equal(await refusal({ ids: [UNKNOWN_ID], from: range.from }), '400 invalid from')
    assert.equal(await refusal({ from: range.from }), '400 invalid to')
    assert.equal(await refusal({ from: 'yesterday', to: 1 }), '400 invalid from to')
    assert.equal(await refusal({ ...range, outcome: 'lost' }), '400 invalid outcome.0')
    assert.equal(await refusal({ ...range, source: 'fax' }), '400 invalid source')
    assert.equal(await refusal({ ...range, dryRun: 'yes' }), '400 invalid dryRun')
    assert.equal(await refusal({ ...range, dryrun: true }), '400 invalid dryrun')
    assert.equal(await refusal({ ids: [UNKNOWN_ID], pad: 'x'.repeat(70_000) }), '413 too_large')
    const text = { method: 'POST', headers: { ...asAdmin, 'content-type': 'text/plain' }, body: '{"ids":[]}' }
    assert.equal(await api.refusal('/replay', text), '415 unsupported_type')
    assert.equal((await api.replay({ ids: Array.from({ length: 1000 }, () => UNKNOWN_ID) })).status, 200)
  })
})

function encode(key: unknown): string {
  return Buffer.from(JSON.stringify(key)).toString('base64url')
}
