import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, before, it } from 'node:test'
import express from 'express'
import { pino } from 'pino'
import { createAuditRoutes } from '../../../../server/api/operators/audit.ts'
import { createRevealRoutes } from '../../../../server/api/operators/reveals.ts'
import { createSessionListRoutes } from '../../../../server/api/operators/sessions.ts'
import { createVerificationRoutes } from '../../../../server/api/verifications.ts'
import { cookieName } from '../../../../server/auth/credentials.ts'
import { createOriginRules } from '../../../../server/auth/origins.ts'
import { createErrorHandler } from '../../../../server/http/error-handler.ts'
import { createIds } from '../../../../server/ids.ts'
import type { AuditPage, OperatorSessions } from '../../../../server/protocol.ts'
import type { Store } from '../../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../../server/store/keyed-hash.ts'
import { createRecordInit } from '../../../../server/store/projection/record-init.ts'
import { listen, stop } from '../../../helpers/listen.ts'
import { ADMIN_TOKEN, API_TOKEN, createTestOperators } from '../../../helpers/operators.ts'
import { describeStores } from '../../../helpers/stores.ts'

const VISITOR = 'noor.visitor@example.net'
const DAY_MS = 24 * 60 * 60 * 1000

async function startApi(store: Store) {
  const clock = { at: Date.parse('2026-03-01T12:00:00Z') }
  const own = createTestOperators(store, { now: () => clock.at, environment: 'sandbox' })
  const publicUrl = () => url
  const origins = createOriginRules({ publicUrl, allowedOrigins: [] })
  const deps = { ...own, store, origins, publicUrl, hash: createKeyedHash(new Uint8Array(32)) }
  const app = express()
    .set('query parser', 'simple')
    .use('/api/sessions', createSessionListRoutes(deps))
    .use('/api/audit', createAuditRoutes(deps))
    .use('/api/reveals', createRevealRoutes(deps))
    .use('/api/verifications', createVerificationRoutes(deps))
    .use(createErrorHandler({ log: pino({ level: 'silent' }), unexpected: 500 }))
  const server = createServer(app)
  const url = await listen(server)

  /** Headers as the page of somebody who has just signed in sends them. */
  async function enter(role: 'admin' | 'viewer', name?: string): Promise<Record<string, string>> {
    return { cookie: `${cookieName(url)}=${await own.signIn(role, name)}`, origin: url }
  }

  async function call(path: string, headers: Record<string, string>, init: RequestInit = {}) {
    const response = await fetch(`${url}${path}`, { ...init, headers })
    const text = await response.text()
    return { status: response.status, text }
  }

  return {
    ...own,
    clock,
    enter,
    call,
    async read<T>(path: string, headers: Record<string, string>): Promise<T> {
      const { status, text } = await call(path, headers)
      assert.equal(status, 200, text)
      return JSON.parse(text)
    },
    reveal: (body: unknown, headers: Record<string, string>) =>
      call(
        '/api/reveals',
        { ...headers, 'content-type': 'application/json' },
        { method: 'POST', body: JSON.stringify(body) },
      ),
    close: () => stop(server),
  }
}

describeStores('operators’ routes', (stores) => {
  let store: Store
  let api: Awaited<ReturnType<typeof startApi>>
  const verifications: string[] = []

  before(async () => {
    store = await stores.open()
    api = await startApi(store)
    const { clock } = api
    const now = () => clock.at
    const record = createRecordInit({ store, hash: createKeyedHash(new Uint8Array(32)), newId: createIds(now), now })
    for (const userId of [VISITOR, 'customer-4711', 'Noor Visitor']) {
      clock.at += 1000
      const facts = { executionId: `run-of-${userId}`, workflow: 'w', environment: 'sandbox', userId } as const
      verifications.push((await record(facts)).verificationId)
    }
  })
  after(() => api.close())

  it('list sessions with what a person knows them by, and mark the one that asks', async () => {
    const admin = await api.enter('admin')
    await api.enter('viewer', 'anna')
    api.clock.at += 1000
    const { items } = await api.read<OperatorSessions>('/api/sessions', admin)
    const { items: annas } = await api.read<OperatorSessions>('/api/sessions', await api.enter('viewer', 'anna'))
    assert.deepEqual(items.map((each) => [each.operator, each.role, each.device, each.current].join(' ')).toSorted(), [
      'admin@example.com admin Firefox, Linux true',
      'anna@example.com viewer Firefox, Linux false',
    ])
    assert.deepEqual(
      annas.map(({ operator, current }) => [operator, current]),
      [
        ['anna@example.com', true],
        ['anna@example.com', false],
      ],
    )
    assert.ok(!JSON.stringify(items).includes(admin['cookie']?.split('=')[1] ?? '?'))
  })

  it('end sessions: anybody’s for admins, one’s own for viewers, and record which', async () => {
    const [admin, ben, carl] = [
      await api.enter('admin'),
      await api.enter('viewer', 'ben'),
      await api.enter('viewer', 'carl'),
    ]
    const idOf = async (headers: Record<string, string>) =>
      (await api.read<OperatorSessions>('/api/sessions', headers)).items.find((each) => each.current)?.id ?? ''
    const [bens, carls] = [await idOf(ben), await idOf(carl)]
    const end = async (id: string, headers: Record<string, string>) =>
      (await api.call(`/api/sessions/${id}`, headers, { method: 'DELETE' })).status
    assert.equal(await end(carls, ben), 404)
    assert.equal(await end(carls, { cookie: admin['cookie'] ?? '', origin: 'https://evil.example' }), 403)
    assert.equal(await end(carls, { cookie: admin['cookie'] ?? '' }), 403)
    assert.equal((await api.call('/api/sessions', carl)).status, 200)
    assert.equal(await end(carls, admin), 204)
    assert.equal(await end(carls, admin), 404)
    assert.equal((await api.call('/api/sessions', carl)).status, 401)
    assert.equal(await end(bens, ben), 204)
    assert.equal((await api.call('/api/sessions', ben)).status, 401)
    for (const id of ['x', '%00', "'%20or%201=1", carls.toUpperCase()]) assert.equal(await end(id, admin), 404, id)
    const { items } = await api.read<AuditPage>('/api/audit?limit=2', admin)
    assert.deepEqual(
      items.map(({ action, operator, subject, detail }) => [action, operator, subject, detail]),
      [
        ['signed_out', 'ben@example.com', bens, {}],
        ['session_ended', 'admin@example.com', carls, { of: 'carl@example.com' }],
      ],
    )
  })

  it('mask what names a person on dashboards, not for programs', async () => {
    const usersFor = async (headers: Record<string, string>) => {
      const { items } = await api.read<{ items: { userId: string }[] }>('/api/verifications', headers)
      const { userId } = await api.read<{ userId: string }>(`/api/verifications/${verifications[0]}`, headers)
      return [userId, ...items.map((each) => each.userId)]
    }
    const whole = [VISITOR, 'Noor Visitor', 'customer-4711', VISITOR]
    const masked = ['n•••@e•••', 'N••• V•••', 'customer-4711', 'n•••@e•••']
    assert.deepEqual(await usersFor(await api.enter('viewer')), masked)
    assert.deepEqual(await usersFor(await api.enter('admin')), masked)
    assert.deepEqual(await usersFor({ authorization: `Bearer ${ADMIN_TOKEN}` }), whole)
    assert.deepEqual(await usersFor({ authorization: `Bearer ${API_TOKEN}` }), whole)
  })

  it('reveal to admins what they ask for, recorded first', async () => {
    const admin = await api.enter('admin')
    const { status, text } = await api.reveal({ kind: 'userId', id: verifications[0] }, admin)
    assert.deepEqual([status, JSON.parse(text)], [200, { value: VISITOR }])
    const { items } = await api.read<AuditPage>('/api/audit?limit=1', admin)
    const [entry] = items
    assert.deepEqual(
      [entry?.action, entry?.operator, entry?.subject],
      ['user_revealed', 'admin@example.com', verifications[0]],
    )
    assert.ok(!JSON.stringify(await store.db.selectFrom('audit').selectAll().execute()).includes(VISITOR))
    assert.equal((await api.reveal({ kind: 'userId', id: verifications[0] }, await api.enter('viewer'))).status, 403)
    assert.equal(
      (await api.reveal({ kind: 'userId', id: verifications[0] }, { authorization: `Bearer ${API_TOKEN}` })).status,
      401,
    )
  })

  it('reveal nothing that is not there, or asked for in another way', async () => {
    const admin = await api.enter('admin')
    const wrong: [body: unknown, status: number][] = [
      [{ kind: 'userId', id: 'ver_9' }, 404],
      [{ kind: 'body', id: '019a5000-0000-7000-8000-000000000000' }, 404],
      [{ kind: 'body', id: verifications[0] }, 400],
      [{ kind: 'detail', id: verifications[0] }, 400],
      [{ kind: 'userId' }, 400],
      [{ kind: 'userId', id: verifications[0], more: 1 }, 400],
      [[], 400],
      [null, 400],
    ]
    for (const [body, status] of wrong)
      assert.equal((await api.reveal(body, admin)).status, status, JSON.stringify(body))
  })

  it('page through what was done, keep the environments apart, and forget it after its time', async () => {
    await store.db.deleteFrom('audit').execute()
    for (let each = 0; each < 5; each++) {
      await api.audit.record({ action: 'user_revealed', operator: 'ada@example.com', subject: `ver_${each}` })
      api.clock.at += DAY_MS
    }
    await createTestOperators(store, { now: () => api.clock.at, environment: 'live' }).audit.record({
      action: 'exported',
      operator: 'eve@example.com',
    })
    const admin = await api.enter('admin')
    const seen: (string | null)[] = []
    let cursor = ''
    do {
      const page: AuditPage = await api.read(`/api/audit?action=user_revealed&limit=2${cursor}`, admin)
      seen.push(...page.items.map((each) => each.subject))
      cursor = page.next === null ? '' : `&cursor=${page.next}`
    } while (cursor !== '')
    assert.deepEqual(seen, ['ver_4', 'ver_3', 'ver_2', 'ver_1', 'ver_0'])
    assert.deepEqual((await api.read<AuditPage>('/api/audit?action=exported', admin)).items, [])
    assert.equal((await api.call('/api/audit?action=x', admin)).status, 400)
    api.clock.at += 27 * DAY_MS
    await api.audit.purge()
    const left = await api.audit.read({ action: 'user_revealed', limit: 10 })
    assert.deepEqual(
      left.items.map((each) => each.subject),
      ['ver_4', 'ver_3', 'ver_2'],
    )
  })

  it('count by the hour what strangers are refused, and keep every line of operators’ own', async () => {
    await store.db.deleteFrom('audit').execute()
    const refuse = (way: string) => api.audit.record({ action: 'sign_in_refused', operator: null, detail: { way } })
    for (let minute = 0; minute < 60; minute++) {
      await refuse('openid')
      api.clock.at += 60_000
    }
    await createTestOperators(store, { now: () => api.clock.at, environment: 'live' }).audit.record({
      action: 'sign_in_refused',
      operator: null,
      detail: { way: 'openid' },
    })
    for (let each = 0; each < 3; each++) await api.audit.record({ action: 'exported', operator: 'ada@example.com' })
    await refuse('openid')
    await refuse('elsewhere')
    const { items } = await api.audit.read({ limit: 100 })
    assert.deepEqual(
      items.map(({ action, detail }) => [action, detail]),
      [
        ['sign_in_refused', { way: 'elsewhere' }],
        ['sign_in_refused', { way: 'openid' }],
        ...Array.from({ length: 3 }, () => ['exported', {}]),
        ['sign_in_refused', { way: 'openid', times: 60 }],
      ],
    )
    assert.equal(items.at(-1)?.at, new Date(api.clock.at - 60 * 60_000).toISOString(), 'the time of the first')
  })

  it('reveal, begin and end nothing that could not be recorded', async () => {
    const [admin, ben] = [await api.enter('admin'), await api.enter('viewer', 'ben')]
    const { items } = await api.read<OperatorSessions>('/api/sessions', ben)
    const count = async () => (await store.db.selectFrom('sessions').select('id').execute()).length
    const before = await count()
    await store.db.schema.dropTable('audit').execute()
    const { status, text } = await api.reveal({ kind: 'userId', id: verifications[0] }, admin)
    assert.equal(status, 500)
    assert.ok(!text.includes('noor'))
    await assert.rejects(api.enter('viewer', 'dora'))
    assert.equal((await api.call(`/api/sessions/${items[0]?.id}`, ben, { method: 'DELETE' })).status, 500)
    assert.equal(await count(), before)
  })
})
