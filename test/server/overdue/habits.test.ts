import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { readHabit } from '../../../server/overdue/habits.ts'
import { DEFAULT_LAG_MS, MAX_LAG_MS, MIN_LAG_MS, planPatience, VISITOR_MS } from '../../../server/overdue/patience.ts'
import type { Status } from '../../../server/protocol.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createVisits, DAY, HOUR, MINUTE, START } from './visits.ts'

/** The least that teaches anything. */
const ENOUGH = 50

/** Runs whose visitors took a day, and whose decisions then took `lags`. */
async function play(
  store: Store,
  lags: readonly number[],
  { workflow = 'kyc', status = 'approved' }: { workflow?: string; status?: Status } = {},
) {
  let time = START
  const visits = createVisits(store, () => time)
  for (const [index, lag] of lags.entries()) {
    const run = `${workflow}-${status}-${index}`
    time = START + index * MINUTE
    await visits.begin(run, workflow)
    time += DAY
    await visits.hint(run, 'submitted')
    time += lag
    await visits.decide(run, status)
  }
}

const kyc = { environment: 'live', vendor: 'seon', workflow: 'kyc' } as const
const times = (count: number, lag: number) => Array.from({ length: count }, () => lag)

describeStores('habits', (stores) => {
  it('knows nothing of a workflow until enough was decided, and then its own lag, not the visitors', async () => {
    const store = await stores.open()
    const unknown = { lagMs: DEFAULT_LAG_MS, givesUp: true }
    assert.deepEqual(await readHabit(store.db, kyc), unknown)
    await play(store, times(ENOUGH - 1, HOUR))
    assert.deepEqual(await readHabit(store.db, kyc), unknown)
    await play(store, [HOUR], { status: 'declined' })
    assert.deepEqual(await readHabit(store.db, kyc), { lagMs: HOUR, givesUp: false })
    assert.deepEqual(await readHabit(store.db, { ...kyc, workflow: 'aml' }), unknown)
    assert.deepEqual(await readHabit(store.db, { ...kyc, environment: 'sandbox' }), unknown)
    assert.deepEqual(await readHabit(store.db, { ...kyc, workflow: null }), unknown)
  })

  it('stays within its bounds, and lets one odd lag in a hundred pass', async () => {
    const store = await stores.open()
    await play(store, times(ENOUGH, 5000), { workflow: 'quick' })
    assert.equal((await readHabit(store.db, { ...kyc, workflow: 'quick' })).lagMs, MIN_LAG_MS)
    await play(store, times(ENOUGH, 3 * DAY), { workflow: 'slow' })
    assert.equal((await readHabit(store.db, { ...kyc, workflow: 'slow' })).lagMs, MAX_LAG_MS)
    await play(store, [...times(99, 2 * HOUR), 20 * HOUR], { workflow: 'odd' })
    assert.equal((await readHabit(store.db, { ...kyc, workflow: 'odd' })).lagMs, 2 * HOUR)
  })

  it('measures to the first decision: an analyst who overrules days later does not slow a workflow', async () => {
    const store = await stores.open()
    await play(store, times(ENOUGH, HOUR))
    const visits = createVisits(store, () => START + 9 * DAY)
    for (let index = 0; index < ENOUGH; index++) await visits.decide(`kyc-approved-${index}`, 'declined')
    assert.equal((await readHabit(store.db, kyc)).lagMs, HOUR)
  })

  it('learns whether a vendor tells of those who gave up', async () => {
    const store = await stores.open()
    await play(store, times(ENOUGH, HOUR))
    assert.equal((await readHabit(store.db, kyc)).givesUp, false)
    await play(store, [HOUR], { status: 'expired' })
    assert.equal((await readHabit(store.db, kyc)).givesUp, true)
  })
})

describe('patience', () => {
  const habit = { lagMs: HOUR, givesUp: true }

  it('waits a lag for the vendor and a week more for a visitor', () => {
    assert.deepEqual(planPatience('seon', habit, { canAsk: false }), [
      { statuses: ['submitted', 'finished'], ms: HOUR },
      { statuses: ['created', 'started', 'processing'], ms: VISITOR_MS + HOUR },
    ])
  })

  it('takes silence for an answer where the vendor never tells of visitors who left', () => {
    const plan = planPatience('seon', { ...habit, givesUp: false }, { canAsk: false })
    assert.deepEqual(plan, [{ statuses: ['submitted', 'finished'], ms: HOUR }])
  })

  it("waits for Incode's verdict only where Incode can be asked for it", () => {
    assert.deepEqual(planPatience('incode', habit, { canAsk: false })[0]?.statuses, ['submitted'])
    assert.deepEqual(planPatience('incode', habit, { canAsk: true })[0]?.statuses, ['submitted', 'finished'])
  })
})
