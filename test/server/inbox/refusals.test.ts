import assert from 'node:assert/strict'
import { it } from 'node:test'
import { createIds } from '../../../server/ids.ts'
import { createRefusals, type Refusal } from '../../../server/inbox/refusals.ts'
import { describeStores } from '../../helpers/stores.ts'

describeStores('refusals', (stores) => {
  it('keeps what did not match in quarantine, however much comes without a signature', async () => {
    const store = await stores.open()
    const refusals = createRefusals({ store, newId: createIds(), now: () => 0 })
    const refusal = { source: 'seon', environment: 'live', body: Buffer.from('{}'), rawHeaders: [], peer: 'p' } as const
    const unsigned: Refusal = { ...refusal, outcome: 'rejected', reason: 'sig_missing' }
    let recorded = 0
    while ((await refusals.record(unsigned)) !== null) recorded += 1
    assert.equal(recorded, 300)
    assert.notEqual(await refusals.record({ ...refusal, outcome: 'quarantined', reason: 'sig_mismatch' }), null)
    const kept = await store.db.selectFrom('deliveries').select('body').where('outcome', '=', 'quarantined').execute()
    assert.equal(kept.length, 1)
  })
})
