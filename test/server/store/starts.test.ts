import assert from 'node:assert/strict'
import { before, beforeEach, it } from 'node:test'
import { HttpError } from '../../../server/http/errors.ts'
import type { Environment, Status } from '../../../server/protocol.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { createStarts, type Started, type StartRequest } from '../../../server/store/starts.ts'
import { describeStores } from '../../helpers/stores.ts'

const MINUTE_MS = 60_000
const WORKFLOW = '3f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b11'

const request = (more: Partial<StartRequest> = {}): StartRequest => ({
  identity: 'sub:user-1',
  workflowId: WORKFLOW,
  inputs: { user_id: 'user-1', custom_fields: { a: 1, b: [2] } },
  userToken: null,
  ...more,
})

const first = { verificationId: 'v-1', token: 'eu:v-1' }
const second = { verificationId: 'v-2', token: 'eu:v-2' }

const isUsed = (error: unknown) =>
  error instanceof HttpError && error.status === 401 && error.code === 'user_token_used'

describeStores('createStarts', (stores) => {
  let store: Store
  let now = 0
  let begun = 0
  const statuses = new Map<string, Status>()

  before(async () => {
    store = await stores.open()
  })
  beforeEach(async () => {
    await store.db.deleteFrom('starts').execute()
    await store.db.deleteFrom('used_tokens').execute()
    now = Date.parse('2026-03-01T12:00:00Z')
    begun = 0
    statuses.clear()
  })

  /** Each call is a node of its own; its pauses turn the common clock. */
  const createNode = (environment: Environment = 'live') =>
    createStarts({
      store,
      hash: createKeyedHash(new Uint8Array(32)),
      environment,
      statusOf: async (id) => statuses.get(id) ?? null,
      now: () => now,
      sleep: async (ms) => {
        now += ms
        await new Promise((resolve) => setImmediate(resolve))
      },
    })

  const token = (jti: string) => ({ jti, expiresAt: now + 15 * MINUTE_MS })
  const begin = async (): Promise<Started> => {
    const verificationId = `v-${++begun}`
    statuses.set(verificationId, 'created')
    return { verificationId, token: `eu:${verificationId}` }
  }
  it('answers the same run to the same caller, also from another node', async () => {
    assert.deepEqual(await createNode().create(request(), begin), first)
    assert.deepEqual(await createNode().create(request(), begin), first)
    assert.equal(begun, 1)
  })

  it('begins a new run live for who began one in the sandbox on the same store', async () => {
    assert.deepEqual(await createNode('sandbox').create(request(), begin), first)
    assert.deepEqual(await createNode('live').create(request(), begin), second)
  })

  it('does not mind the order of fields', async () => {
    const node = createNode()
    await node.create(request(), begin)
    const inputs = { custom_fields: { b: [2], a: 1 }, user_id: 'user-1' }
    assert.deepEqual(await node.create(request({ inputs }), begin), first)
  })

  const others: [string, Partial<StartRequest>][] = [
    ['another caller', { identity: 'sub:user-2' }],
    ['the same name, proved otherwise', { identity: 'user:user-1' }],
    ['nobody in particular', { identity: null }],
    ['another workflow', { workflowId: '9f0c1a52-9f0e-4d0b-8a4f-0d5f0f3a7b12' }],
    ['another input', { inputs: { user_id: 'user-1', custom_fields: { a: 1, b: [3] } } }],
    ['one input less', { inputs: { user_id: 'user-1' } }],
  ]
  for (const [who, more] of others) {
    it(`begins a new run for ${who}`, async () => {
      const node = createNode()
      await node.create(request(), begin)
      assert.deepEqual(await node.create(request(more), begin), second)
      assert.deepEqual(await node.create(request(), begin), first)
    })
  }

  for (const status of ['started', 'submitted', 'cancelled', 'approved', 'error', null] as const) {
    it(`begins a new run once the former is ${status ?? 'gone'}`, async () => {
      const node = createNode()
      await node.create(request(), begin)
      if (status === null) statuses.delete('v-1')
      else statuses.set('v-1', status)
      assert.deepEqual(await node.create(request(), begin), second)
      assert.deepEqual(await node.create(request(), begin), second)
    })
  }

  it('answers again for ten minutes', async () => {
    const node = createNode()
    await node.create(request(), begin)
    now += 10 * MINUTE_MS - 1
    assert.deepEqual(await node.create(request(), begin), first)
    now += 1
    assert.deepEqual(await node.create(request(), begin), second)
  })

  it('begins once for many at the same time, on one node and on several', async () => {
    const nodes = [createNode(), createNode(), createNode()]
    const asked = nodes.flatMap((node) => Array.from({ length: 10 }, () => node.create(request(), begin)))
    for (const answer of await Promise.all(asked)) assert.deepEqual(answer, first)
    assert.equal(begun, 1)
  })

  it('lets everybody who waits on that node know of a failure, and keeps nothing of it', async () => {
    const node = createNode()
    const { promise: failure, reject: fail } = Promise.withResolvers<Started>()
    const { promise: asked, resolve: askedNow } = Promise.withResolvers<void>()
    const failing = () => {
      askedNow()
      return failure
    }
    const leader = node.create(request({ userToken: token('t-1') }), failing)
    await asked
    const settled = Promise.allSettled([leader, node.create(request(), failing)])
    fail(new HttpError(502, 'upstream_bad'))
    assert.deepEqual(
      (await settled).map(({ status }) => status),
      ['rejected', 'rejected'],
    )
    assert.deepEqual(await store.db.selectFrom('used_tokens').selectAll().execute(), [])
    assert.deepEqual(await node.create(request({ userToken: token('t-1') }), begin), first)
  })

  it('takes over from a node that died', async () => {
    const { promise: asked, resolve: askedNow } = Promise.withResolvers<void>()
    void createNode().create(request({ userToken: token('t-1') }), () => {
      askedNow()
      return new Promise<Started>(() => {})
    })
    await asked
    const at = now
    assert.deepEqual(await createNode().create(request({ userToken: token('t-1') }), begin), first)
    assert.ok(now - at >= 15_000 && now - at < 16_000, `${now - at} ms`)
    assert.deepEqual(await createNode().create(request({ userToken: token('t-1') }), begin), first)
  })

  it('answers a used token its own run while that is still to be started', async () => {
    const node = createNode()
    await node.create(request({ userToken: token('t-1') }), begin)
    assert.deepEqual(await node.create(request({ userToken: token('t-1') }), begin), first)
    assert.deepEqual(await node.create(request({ userToken: token('t-2') }), begin), first)
    statuses.set('v-1', 'started')
    await assert.rejects(node.create(request({ userToken: token('t-1') }), begin), isUsed)
    await assert.rejects(node.create(request({ userToken: token('t-2') }), begin), isUsed)
    assert.equal(begun, 1)
  })

  it('never answers a used token a later run', async () => {
    const node = createNode()
    await node.create(request({ userToken: token('t-1') }), begin)
    statuses.set('v-1', 'cancelled')
    assert.deepEqual(await node.create(request({ userToken: token('t-2') }), begin), second)
    await assert.rejects(node.create(request({ userToken: token('t-1') }), begin), isUsed)
    assert.deepEqual(await node.create(request({ userToken: token('t-2') }), begin), second)
  })

  it('refuses a used token with other inputs or another workflow', async () => {
    const node = createNode()
    await node.create(request({ userToken: token('t-1') }), begin)
    const inputs = { user_id: 'user-1' }
    await assert.rejects(node.create(request({ userToken: token('t-1'), inputs }), begin), isUsed)
    await assert.rejects(node.create(request({ userToken: token('t-1'), workflowId: 'other' }), begin), isUsed)
    assert.equal(begun, 1)
  })

  it('lets a token begin one run, however many requests carry it at once', async () => {
    const nodes = [createNode(), createNode()]
    const asked = nodes.flatMap((node, n) =>
      Array.from({ length: 6 }, (_, i) =>
        node.create(request({ userToken: token('t-1'), inputs: { user_id: 'user-1', user_city: `${n} ${i}` } }), begin),
      ),
    )
    const results = await Promise.allSettled(asked)
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    assert.ok(results.every((result) => result.status === 'fulfilled' || isUsed(result.reason)))
    assert.equal(begun, 1)
  })

  it('refuses a used token after its run was forgotten', async () => {
    const node = createNode()
    const userToken = token('t-1')
    await node.create(request({ userToken }), begin)
    now += 10 * MINUTE_MS
    await node.purge()
    assert.deepEqual(await store.db.selectFrom('starts').selectAll().execute(), [])
    await assert.rejects(node.create(request({ userToken }), begin), isUsed)
    now += 5 * MINUTE_MS
    await node.purge()
    assert.deepEqual(await store.db.selectFrom('used_tokens').selectAll().execute(), [])
  })

  it('keeps no name, address or input readable', async () => {
    await createNode().create(request({ userToken: token('t-1') }), begin)
    const rows = JSON.stringify(await store.db.selectFrom('starts').selectAll().execute())
    assert.equal(rows.includes('user-1'), false)
  })
})
