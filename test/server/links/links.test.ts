import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createLinks, type LinkedOrder } from '../../../server/links/links.ts'
import { createReceiptTokens } from '../../../server/receipts/receipt-tokens.ts'
import { createReceipts } from '../../../server/receipts/receipts.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { createRecordInit } from '../../../server/store/projection/record-init.ts'
import { describeStores } from '../../helpers/stores.ts'

const DAY = 24 * 3_600_000
const DEVICE = 'd'.repeat(22)

function createBench(store: Store) {
  const clock = { now: Date.parse('2026-03-01T12:00:00Z') }
  const now = () => clock.now
  const hash = createKeyedHash(new Uint8Array(32))
  let ids = 0
  const newId = () => `id-${++ids}`
  const recordInit = createRecordInit({ store, hash, newId, now })
  return {
    clock,
    links: createLinks({ store, hash, environment: 'sandbox', newId, now }),
    receipts: createReceipts({ store, hash, now, tokens: createReceiptTokens(new Uint8Array(32), now) }),
    rows: () => store.db.selectFrom('hosted_links').selectAll().orderBy('id').execute(),
    begin: async (status: 'approved' | 'cancelled') => {
      const { verificationId } = await recordInit({
        executionId: newId(),
        userId: 'ada-1',
        workflow: 'w',
        environment: 'sandbox',
      })
      await store.db.updateTable('verifications').set({ status }).where('id', '=', verificationId).execute()
      return verificationId
    },
  }
}

const order: LinkedOrder & { userToken: null; site: null } = {
  inputs: { user_id: 'ada-1', email: 'canary@example.com', custom_fields: { a: [1, 'ő'] } },
  workflowId: 'w',
  identity: 'sub:ada-1',
  isProven: true,
  userToken: null,
  site: null,
}

describeStores('links', (stores) => {
  it('keeps neither the code nor readable inputs, and gives whoever has the code the very same inputs', async () => {
    const { links, rows } = createBench(await stores.open())
    const { code } = await links.create(order)
    const kept = JSON.stringify(await rows())
    assert.ok(!kept.includes(code))
    assert.ok(!kept.includes('canary'))
    const claimed = await links.claim(`link.${code}.${DEVICE}`)
    assert.deepEqual(claimed.inputs, order.inputs)
    assert.equal(claimed.identity, 'sub:ada-1')
    assert.ok(!JSON.stringify(await rows()).includes(DEVICE))
  })

  it('takes nobody for another who has only named them', async () => {
    const { links, rows } = createBench(await stores.open())
    const first = await links.create({ ...order, isProven: false, identity: 'key:random' })
    const second = await links.create({ ...order, isProven: false, identity: null })
    const identities = (await rows()).map((row) => [row.identity, row.replaced])
    assert.deepEqual(identities, [
      [`link:${first.id}`, 0],
      [`link:${second.id}`, 0],
    ])
  })

  it('forgets inputs once nothing can be started with them, and the link after a month', async () => {
    const { links, rows, begin, clock } = createBench(await stores.open())
    const ids = []
    for (const status of ['approved', 'cancelled'] as const) {
      const { id } = await links.create({ ...order, inputs: { ...order.inputs, user_id: status } })
      await links.began(id, await begin(status))
      ids.push(id)
    }
    const sealed = async () => Object.fromEntries((await rows()).map((row) => [row.id, row.inputs !== null]))
    await links.purge()
    assert.deepEqual(await sealed(), { [ids[0] ?? '']: false, [ids[1] ?? '']: true })
    clock.now += DAY
    await links.purge()
    assert.deepEqual(await sealed(), { [ids[0] ?? '']: false, [ids[1] ?? '']: false })
    clock.now += 30 * DAY
    await links.purge()
    assert.deepEqual(await rows(), [])
  })
})

describeStores('receipts', (stores) => {
  it('are redeemed by one of many, and remembered until they are surely over', async () => {
    const store = await stores.open()
    const { receipts, begin, clock } = createBench(store)
    const { receipt } = await receipts.issue(await begin('approved'), 'https://shop.example.com')
    const results = await Promise.allSettled(Array.from({ length: 8 }, () => receipts.redeem({ receipt })))
    assert.equal(results.filter(({ status }) => status === 'fulfilled').length, 1)
    const count = async () => (await store.db.selectFrom('redeemed_receipts').selectAll().execute()).length
    clock.now += 11 * 60_000
    await receipts.purge()
    assert.equal(await count(), 1, 'another node’s clock may be behind')
    clock.now += 60 * 60_000
    await receipts.purge()
    assert.equal(await count(), 0)
  })
})
