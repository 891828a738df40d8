import assert from 'node:assert/strict'
import { it } from 'node:test'
import type { Store } from '../../../../server/store/engine/store.ts'
import { readUserHistory } from '../../../../server/store/reading/user-history.ts'
import { describeStores } from '../../../helpers/stores.ts'
import { createBench, RUN, tell } from '../../inbox/helpers/create-bench.ts'

const KEY = 'a-license-key-of-nobody'
const ADA = 'ada@example.com'

/** SEON Fraud's form: colon in the name, a list of entries. */
function tellFraud(event: string, list: 'transactions' | 'values', entries: object[], date: string): Buffer {
  return Buffer.from(JSON.stringify({ event, date, [list]: entries }))
}

async function fill(store: Store): Promise<{ id: string; otherId: string }> {
  const bench = await createBench(store, { licenseKeys: [KEY] })
  const start = (executionId: string, userId: string) =>
    bench.recordInit({ executionId, userId, workflow: 'kyc', environment: 'sandbox' })
  const { verificationId: id } = await start(RUN, ADA)
  bench.clock.at += 1000
  await start('second-run', ADA)
  const { verificationId: otherId } = await start('other-run', 'somebody-else')
  await bench.receive(tell('APPROVED'))
  const step = { id: 'tx-1', state: 'APPROVE', executionId: RUN, user_id: ADA }
  await bench.receive(
    Buffer.from(JSON.stringify({ event: 'transaction/processed', timestamp: '2026-11-01T09:00:00.000Z', data: step })),
  )
  const fraud = { secret: KEY, source: 'seon-fraud' } as const
  // It names the transaction alone: whose that is, the step has said.
  const overruled = { id: 'tx-1', state: 'DECLINE', label: 'Marked as declined' }
  await bench.receive(
    tellFraud('transaction:status_update', 'transactions', [overruled], '2026-11-02T09:00:00Z'),
    fraud,
  )
  const listed = [ADA, 'somebody-else'].map((value) => ({ data_field: 'user_id', value, state: 'blacklist' }))
  await bench.receive(tellFraud('lists:blacklist-whitelist', 'values', listed, '2026-11-03T09:00:00Z'), fraud)
  const news = [{ hash: 'h', user_id: ADA, status: 'REOPENED', changes: ['pep'] }]
  await bench.receive(tellFraud('aml:person_updates', 'values', news, '2026-11-04T09:00:00Z'), fraud)
  await bench.processor.drain()
  return { id, otherId }
}

describeStores('a user’s history', (stores) => {
  it('tells everything of that user, newest first, and nothing of others', async () => {
    const store = await stores.open()
    const { id, otherId } = await fill(store)
    const page = await readUserHistory(store.reader, id)
    assert.equal(page?.userId, ADA)
    assert.deepEqual(
      page.verifications.map(({ vendorId, status }) => `${vendorId} ${status}`),
      ['second-run created', `${RUN} approved`],
    )
    assert.deepEqual(
      page.events.map(({ kind, event, detail, transactionId }) => [kind, event, detail, transactionId]),
      [
        ['aml', 'aml:person_updates', 'REOPENED: pep', undefined],
        ['list', 'lists:blacklist-whitelist', 'user_id: blacklist', undefined],
        ['transaction', 'transaction:status_update', 'DECLINE', 'tx-1'],
        ['transaction', 'transaction/processed', 'APPROVE', 'tx-1'],
      ],
    )
    assert.deepEqual(page.events[0]?.flags, ['aml_reopened'])
    assert.equal(page.events[3]?.verificationId, id)
    assert.equal(page.isCut, false)

    const other = await readUserHistory(store.reader, otherId)
    assert.deepEqual(
      other?.events.map(({ kind }) => kind),
      ['list'],
    )
  })

  it('knows nothing of a verification that is not there or names nobody', async () => {
    const store = await stores.open()
    const bench = await createBench(store)
    await bench.receive(tell('APPROVED', { run: 'by-hand' }))
    await bench.processor.drain()
    const row = await store.db.selectFrom('verifications').selectAll().executeTakeFirstOrThrow()
    assert.equal(row.user_id, null)
    assert.equal(await readUserHistory(store.reader, row.id), null)
    assert.equal(await readUserHistory(store.reader, 'ver_none'), null)
  })

  it('is cut where there is too much', async () => {
    const store = await stores.open()
    const bench = await createBench(store, { licenseKeys: [KEY] })
    const { verificationId } = await bench.recordInit({
      executionId: RUN,
      userId: 'busy',
      workflow: 'kyc',
      environment: 'sandbox',
    })
    const entry = { data_field: 'user_id', value: 'busy', state: 'watchlist' }
    const entries = Array.from({ length: 501 }, () => entry)
    await bench.receive(tellFraud('lists:customlist', 'values', entries, '2026-11-03T09:00:00Z'), {
      secret: KEY,
      source: 'seon-fraud',
    })
    await bench.processor.drain()
    const page = await readUserHistory(store.reader, verificationId)
    assert.equal(page?.events.length, 500)
    assert.equal(page.isCut, true)
  })
})
