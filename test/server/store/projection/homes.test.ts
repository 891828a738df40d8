import assert from 'node:assert/strict'
import { it } from 'node:test'
import { describeStores } from '../../../helpers/stores.ts'
import { createCorridor } from '../../../oracle/corridor.ts'
import type { Fact, Init, Session } from '../../../oracle/facts.ts'
import { T0 } from '../../../oracle/histories.ts'
import { idOf } from '../../../oracle/stored.ts'

const init: Init = { kind: 'init', run: 'run', user: 'ada', workflow: 'workflow', transaction: null, at: T0 }
const session: Session = {
  kind: 'session',
  session: 'ses',
  name: 'session_finished',
  legacy: false,
  status: 'APPROVED',
  run: null,
  user: 'ada',
  startedAt: T0 + 1000,
  time: T0 + 2000,
  document: 'PASS',
  liveness: null,
  duplicates: null,
}

describeStores('homes', (stores) => {
  const play = (facts: readonly Fact[]) => facts.map((fact) => ({ fact, pause: true }))

  it('takes a delivery along when its session turns out to be part of a run', async () => {
    const store = await stores.open()
    const corridor = await createCorridor(store, T0 + 60_000)
    const readHome = async () =>
      (await store.db.selectFrom('deliveries').select('verification_id').executeTakeFirstOrThrow()).verification_id
    await corridor.play(play([session]))
    assert.equal(await readHome(), idOf('seon-idv', 'ses'))
    await corridor.play(play([init]))
    assert.equal(await readHome(), idOf('seon', 'run'))
    const left = await store.db.selectFrom('verifications').select('id').execute()
    assert.deepEqual(
      left.map(({ id }) => id),
      [idOf('seon', 'run')],
      'and where it was before is no more',
    )
  })

  it('joins up to seven days after the run began, and not before it', async () => {
    const store = await stores.open()
    const corridor = await createCorridor(store, T0 + 60_000)
    const week = 7 * 24 * 3600_000
    const starts = { before: T0 - 1, with: T0, last: T0 + week, late: T0 + week + 1 }
    const sessions = Object.entries(starts).map(([name, startedAt]) => ({ ...session, session: name, startedAt }))
    await corridor.play(play([init, ...sessions]))
    const alone = await store.db
      .selectFrom('verifications')
      .select('vendor_id')
      .where('vendor', '=', 'seon-idv')
      .execute()
    assert.deepEqual(alone.map((row) => row.vendor_id).toSorted(), ['before', 'late'])
  })
})
