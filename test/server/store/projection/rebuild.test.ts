import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createIds } from '../../../../server/ids.ts'
import { readCounts } from '../../../../server/store/engine/kinds.ts'
import type { Store } from '../../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../../server/store/keyed-hash.ts'
import { readKey } from '../../../../server/store/keys.ts'
import { rebuild } from '../../../../server/store/projection/rebuild.ts'
import { createRecordInit } from '../../../../server/store/projection/record-init.ts'
import { describeStores } from '../../../helpers/stores.ts'

/** Two runs, as init leaves them. */
async function fill(store: Store): Promise<void> {
  const hash = createKeyedHash(await readKey(store.db, 'hash'))
  const recordInit = createRecordInit({ store, hash, newId: createIds(), now: () => 1_793_500_000_000 })
  for (const executionId of ['run-1', 'run-2']) {
    const userId = `user-of-${executionId}`
    await recordInit({ executionId, userId, workflow: 'kyc', environment: 'sandbox', email: 'ada@example.com' })
  }
}

const readRows = (store: Store) => store.db.selectFrom('verifications').selectAll().orderBy('id').execute()

describeStores('rebuild', (stores) => {
  it('changes nothing, not even a revision, where the rows are right', async () => {
    const store = await stores.open()
    await fill(store)
    const before = await readRows(store)
    assert.deepEqual(await rebuild(store, Date.now), { verifications: 2, changed: 0 })
    assert.deepEqual(await readRows(store), before)
  })

  it('makes lost and wrong rows again from the reports, under new revisions', async () => {
    const store = await stores.open()
    await fill(store)
    const before = await readRows(store)
    const counts = await readCounts(store.db)
    await store.db.updateTable('verifications').set({ status: 'approved' }).where('vendor_id', '=', 'run-1').execute()
    await store.db.deleteFrom('verifications').where('vendor_id', '=', 'run-2').execute()
    assert.deepEqual(await rebuild(store, Date.now), { verifications: 2, changed: 2 })
    const withoutRevision = (rows: typeof before) => rows.map(({ revision: _, ...row }) => row)
    assert.deepEqual(withoutRevision(await readRows(store)), withoutRevision(before))
    assert.deepEqual(await readCounts(store.db), counts)
  })
})
