import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pino } from 'pino'
import { wantConfirmationAgain } from '../../../server/confirm/want-confirmation.ts'
import { createOverdueSweep } from '../../../server/overdue/overdue-sweep.ts'
import { DEFAULT_LAG_MS, VISITOR_MS } from '../../../server/overdue/patience.ts'
import { readCounts } from '../../../server/store/engine/kinds.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { rebuild } from '../../../server/store/projection/rebuild.ts'
import { readVerifications } from '../../../server/store/reading/verifications.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createVisits, DAY, START } from './visits.ts'

/** The element's visitor is through and the vendor silent. */
async function createScene(store: Store, { canAsk = false } = {}) {
  let time = START
  let logged = ''
  const now = () => time
  const log = pino({ base: null }, { write: (line: string) => void (logged += line) })
  const askIncode = canAsk ? wantConfirmationAgain : null
  const createNode = () => createOverdueSweep({ store, log, now, askIncode })
  return {
    visits: createVisits(store, now),
    node: createNode(),
    createNode,
    pass: (ms: number) => (time += ms),
    now,
    readLog: () => logged,
    read: async (id: string) => {
      const [verification] = await readVerifications(store.db, [id])
      return verification ?? assert.fail(`no ${id}`)
    },
    readChanges: (id: string) =>
      store.db.selectFrom('changes').selectAll().where('verification_id', '=', id).orderBy('revision').execute(),
  }
}

describeStores('overdue sweep', (stores) => {
  it('flags a submitted verification once its lag has passed: once, counted, logged, as a change of its own', async () => {
    const store = await stores.open()
    const { visits, node, pass, read, readChanges, readLog } = await createScene(store)
    const { verificationId: id } = await visits.begin('run-1')
    await visits.hint('run-1', 'submitted')
    const before = await read(id)

    pass(DEFAULT_LAG_MS - 1)
    assert.equal(await node.sweep(), 0)
    pass(1)
    assert.equal(await node.sweep(), 1)
    assert.equal(await node.sweep(), 0)

    const after = await read(id)
    assert.equal(after.revision, before.revision + 1)
    assert.deepEqual({ ...after, revision: 0 }, { ...before, revision: 0, overdue: true })
    const { status, previous_status, revision } = (await readChanges(id)).at(-1) ?? assert.fail()
    assert.deepEqual(
      { status, previous_status, revision },
      { status: 'submitted', previous_status: 'submitted', revision: after.revision },
    )
    const { overdue, submitted } = await readCounts(store.db)
    assert.deepEqual({ overdue, submitted }, { overdue: 1, submitted: 1 })
    const lines = readLog().trim().split('\n')
    assert.equal(lines.length, 1)
    assert.match(lines[0] ?? '', /"event":"verification_overdue"/)
    assert.doesNotMatch(readLog(), /user-of/)
  })

  it('clears the flag when the decision arrives after all', async () => {
    const store = await stores.open()
    const { visits, node, pass, read } = await createScene(store)
    await visits.begin('run-1')
    const id = await visits.hint('run-1', 'submitted')
    pass(DEFAULT_LAG_MS)
    await node.sweep()
    await visits.decide('run-1', 'approved')
    const { status, overdue } = await read(id)
    assert.deepEqual({ status, overdue }, { status: 'approved', overdue: false })
    assert.equal((await readCounts(store.db)).overdue, 0)
    pass(30 * DAY)
    assert.equal(await node.sweep(), 0, 'nothing is awaited any more')
  })

  it('flags each once where several nodes sweep at the same time, however many there are', async () => {
    const store = await stores.open()
    const { visits, createNode, pass, readChanges } = await createScene(store)
    const ids: string[] = []
    for (let index = 0; index < 120; index++) {
      await visits.begin(`run-${index}`)
      ids.push(await visits.hint(`run-${index}`, 'submitted'))
    }
    pass(DEFAULT_LAG_MS)
    const flagged = await Promise.all([createNode(), createNode(), createNode()].map((node) => node.sweep()))
    assert.equal(
      flagged.reduce((sum, each) => sum + each),
      ids.length,
    )
    assert.equal((await readCounts(store.db)).overdue, ids.length)
    for (const id of ids) assert.equal((await readChanges(id)).length, 3)
  })

  it('gives a page that was left alone a week more, and waits for nobody who cancelled or is in review', async () => {
    const store = await stores.open()
    const { visits, node, pass, read } = await createScene(store)
    for (const run of ['created', 'started', 'cancelled', 'review']) await visits.begin(run)
    await visits.hint('started', 'started')
    await visits.hint('cancelled', 'cancelled')
    await visits.decide('review', 'review')
    pass(VISITOR_MS + DEFAULT_LAG_MS - 1)
    assert.equal(await node.sweep(), 0)
    pass(1)
    assert.equal(await node.sweep(), 2)
    pass(365 * DAY)
    assert.equal(await node.sweep(), 0)
    assert.equal((await read(await visits.hint('created', 'submitted'))).overdue, true, 'it is still late')
  })

  it('has Incode asked where it can be, and takes "finished" for the end where it cannot', async () => {
    const store = await stores.open()
    const { visits, node, createNode, pass, read, now } = await createScene(store)
    const id = await visits.incode('interview-1', 'finished')
    await store.db
      .insertInto('confirmations')
      .values({ verification_id: id, attempts: 9, asked_at: 0, next_attempt_at: null })
      .execute()
    pass(DEFAULT_LAG_MS)
    assert.equal(await node.sweep(), 0)
    assert.equal((await read(id)).overdue, false)

    const asking = createOverdueSweep({
      store,
      log: pino({ level: 'silent' }),
      now,
      askIncode: wantConfirmationAgain,
    })
    assert.equal(await asking.sweep(), 1)
    assert.equal((await read(id)).overdue, true)
    const row = await store.db.selectFrom('confirmations').selectAll().executeTakeFirstOrThrow()
    assert.equal(row.attempts, 0)
    assert.ok(row.next_attempt_at !== null && row.next_attempt_at <= now() + 60_000, 'asked within a minute')
    assert.equal(await createNode().sweep(), 0)
  })

  it('stands a rebuild, and flags a row that was made anew', async () => {
    const store = await stores.open()
    const { visits, node, pass, read, now } = await createScene(store)
    await visits.begin('run-1')
    const id = await visits.hint('run-1', 'submitted')
    pass(DEFAULT_LAG_MS)
    await node.sweep()
    const before = await read(id)
    assert.deepEqual(await rebuild(store, now), { verifications: 1, changed: 0 })
    assert.deepEqual(await read(id), before)
    assert.equal((await readCounts(store.db)).overdue, 1)

    await store.db.deleteFrom('verifications').execute()
    await rebuild(store, now)
    assert.equal((await readCounts(store.db)).overdue, 0)
    assert.equal(await node.sweep(), 1)
    assert.equal((await readCounts(store.db)).overdue, 1)
  })
})
