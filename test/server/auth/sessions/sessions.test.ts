import assert from 'node:assert/strict'
import { before, beforeEach, it } from 'node:test'
import { digest, IDLE_MS, LIFETIME_MS } from '../../../../server/auth/sessions/sessions.ts'
import type { Store } from '../../../../server/store/engine/store.ts'
import { createTestOperators, type TestOperatorsOptions } from '../../../helpers/operators.ts'
import { describeStores } from '../../../helpers/stores.ts'

const MINUTE_MS = 60_000

describeStores('operators’ sessions', (stores) => {
  let store: Store
  let at = 0

  before(async () => {
    store = await stores.open()
  })
  beforeEach(async () => {
    await store.db.deleteFrom('sessions').execute()
    at = Date.parse('2026-03-01T08:00:00Z')
  })

  /** Each call is a node of its own. */
  const createNode = (options: Partial<TestOperatorsOptions> = {}) =>
    createTestOperators(store, { now: () => at, ...options })

  it('know who it is, on any node', async () => {
    const cookie = await createNode().signIn('viewer', 'anna')
    const operator = await createNode().operators.find(cookie)
    assert.deepEqual([operator?.name, operator?.role], ['anna@example.com', 'viewer'])
    assert.equal(await createNode().operators.find(`${cookie}x`), null)
    assert.equal(await createNode().operators.find(''), null)
  })

  it('are not kept as what opens them', async () => {
    const cookie = await createNode().signIn('viewer')
    const rows = await store.db.selectFrom('sessions').selectAll().execute()
    assert.equal(rows.length, 1)
    assert.ok(!JSON.stringify(rows).includes(cookie))
  })

  it('end twelve hours after they began, however busy', async () => {
    const { operators, signIn } = createNode()
    const cookie = await signIn('admin')
    const end = at + LIFETIME_MS
    while (at < end - 30 * MINUTE_MS) {
      at += 30 * MINUTE_MS
      if (at < end) assert.ok(await operators.find(cookie), new Date(at).toISOString())
    }
    at = end
    assert.equal(await operators.find(cookie), null)
  })

  it('end after an hour without a request or an open dashboard', async () => {
    const { operators, signIn } = createNode()
    const [used, watched, left] = [
      await signIn('viewer', 'used'),
      await signIn('viewer', 'watched'),
      await signIn('viewer'),
    ]
    const watchedId = (await operators.find(watched))?.sessionId ?? ''
    at += IDLE_MS - MINUTE_MS
    assert.ok(await operators.find(used))
    assert.deepEqual([...(await operators.keepAlive([watchedId]))], [watchedId])
    at += MINUTE_MS
    assert.ok(await operators.find(used))
    assert.ok(await operators.find(watched))
    assert.equal(await operators.find(left), null)
  })

  it('are of one environment: what the sandbox opened opens nothing live', async () => {
    const cookie = await createNode({ environment: 'sandbox' }).signIn('admin')
    assert.ok(await createNode({ environment: 'sandbox' }).operators.find(cookie))
    const live = createNode({ environment: 'live' })
    assert.equal(await live.operators.find(cookie), null)
    const admin = await live.operators.find(await live.signIn('admin'))
    assert.ok(admin)
    assert.equal((await live.operators.listSessions(admin)).length, 1)
  })

  it('end with what gave the role: another token, a rule that is gone or gives another role', async () => {
    const browser = { device: '', replaces: null }
    const { cookie } = await createNode().operators.signInAdministrator(browser, 'token')
    assert.equal((await createNode().operators.find(cookie))?.name, 'administrator')
    assert.equal(await createNode({ adminToken: 'another-admin-token-of-mine' }).operators.find(cookie), null)

    const changes: Partial<TestOperatorsOptions>[] = [
      { admins: [] },
      { admins: ['other@example.com'] },
      { admins: [], viewers: ['admin@example.com'] },
    ]
    for (const change of changes) {
      const admin = await createNode().signIn('admin')
      assert.ok(await createNode().operators.find(admin))
      assert.equal(await createNode(change).operators.find(admin), null, JSON.stringify(change))
      assert.equal(await createNode().operators.find(admin), null, 'it has ended for good')
    }
  })

  it('leave nothing behind when the same browser signs in again', async () => {
    const { operators } = createNode()
    const first = await operators.signInAdministrator({ device: '', replaces: null }, 'token')
    const second = await operators.signInAdministrator({ device: '', replaces: digest(first.cookie) }, 'token')
    assert.notEqual(first.cookie, second.cookie)
    assert.equal(await operators.find(first.cookie), null)
    assert.ok(await operators.find(second.cookie))
  })

  it('are an admin’s to list and end, and a viewer’s only where they are the viewer’s own', async () => {
    const { operators, signIn } = createNode()
    const find = async (cookie: string) => (await operators.find(cookie)) ?? assert.fail('nobody')
    const admin = await find(await signIn('admin'))
    const [anna, annaElsewhere] = [
      await find(await signIn('viewer', 'anna')),
      await find(await signIn('viewer', 'anna')),
    ]
    const ben = await find(await signIn('viewer', 'ben'))
    const namesOf = async (operator: typeof admin) =>
      (await operators.listSessions(operator)).map((row) => row.operator)
    assert.deepEqual((await namesOf(admin)).toSorted(), [
      'admin@example.com',
      'anna@example.com',
      'anna@example.com',
      'ben@example.com',
    ])
    assert.deepEqual(await namesOf(anna), ['anna@example.com', 'anna@example.com'])
    assert.equal(await operators.endSession(anna, ben.sessionId ?? ''), null)
    assert.equal(await operators.endSession(anna, admin.sessionId ?? ''), null)
    assert.ok(await operators.endSession(anna, annaElsewhere.sessionId ?? ''))
    assert.ok(await operators.endSession(admin, ben.sessionId ?? ''))
    assert.deepEqual((await namesOf(admin)).toSorted(), ['admin@example.com', 'anna@example.com'])
  })

  it('are said to every node when they end', async () => {
    const { operators, signIn } = createNode()
    const cookie = await signIn('viewer')
    const operator = (await operators.find(cookie)) ?? assert.fail('nobody')
    const sessionId = operator.sessionId ?? ''
    const woken = new Promise<void>((resolve) => {
      store.onWake((topic) => topic === 'sessions' && resolve())
    })
    await operators.endSession(operator, sessionId)
    await woken
    assert.deepEqual([...(await operators.keepAlive([sessionId]))], [])
  })

  it('are deleted once they are over', async () => {
    const { sessions, signIn } = createNode()
    await signIn('viewer', 'left')
    at += IDLE_MS
    await signIn('viewer', 'stays')
    await sessions.purge()
    const rows = await store.db.selectFrom('sessions').select('operator').execute()
    assert.deepEqual(
      rows.map((row) => row.operator),
      ['stays@example.com'],
    )
  })
})
