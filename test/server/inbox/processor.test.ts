import assert from 'node:assert/strict'
import { it } from 'node:test'
import { pino } from 'pino'
import { createIds } from '../../../server/ids.ts'
import { createInbox } from '../../../server/inbox/inbox.ts'
import { createProcessor } from '../../../server/inbox/processor.ts'
import { NO_COUNTS } from '../../../server/protocol.ts'
import { readCounts } from '../../../server/store/engine/kinds.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { readKey } from '../../../server/store/keys.ts'
import { createRecordInit } from '../../../server/store/projection/record-init.ts'
import { readDetail } from '../../../server/store/reading/verifications.ts'
import { createSeonReceiver } from '../../../server/vendors/seon.ts'
import { describeStores } from '../../helpers/stores.ts'
import { createBench as createCommonBench, START, tell } from './helpers/create-bench.ts'

const RUN = '7a1f5f0e-58f4-4f2a-9f0a-0d2f5b0f3c11'
const WORKFLOW = '11111111-2222-4333-8444-555555555555'

async function createBench(store: Store) {
  const hash = createKeyedHash(await readKey(store.db, 'hash'))
  const log = pino({ level: 'silent' })
  const now = Date.now
  const newId = createIds(now)
  const receiver = createSeonReceiver({ secrets: ['whsec_test'], environment: 'sandbox' })
  return {
    inbox: createInbox({ store, hash, newId, now }),
    processor: createProcessor({ store, receivers: { seon: receiver }, log, now }),
    recordInit: createRecordInit({ store, hash, newId, now }),
  }
}

function arrival(event: string, status: string, timestamp: string) {
  const data = { id: RUN, workflow: { id: WORKFLOW, name: 'Onboarding' }, status }
  const body = Buffer.from(JSON.stringify({ event: `orchestration/${event}`, timestamp, data }))
  return { source: 'seon' as const, environment: 'sandbox' as const, body, secretId: 's', messageId: null, peer: 'p' }
}

describeStores('processor', (stores) => {
  it('turns a kept delivery into the status of its run', async () => {
    const store = await stores.open()
    const { inbox, processor, recordInit } = await createBench(store)
    const { verificationId } = await recordInit({
      executionId: RUN,
      userId: 'ada-1',
      workflow: WORKFLOW,
      environment: 'sandbox',
    })
    assert.equal((await readDetail(store.db, verificationId))?.status, 'created')

    const finished = arrival('workflow_execution_finished', 'APPROVED', '2026-11-01T10:00:00.000Z')
    const { outcome } = await inbox.append(finished)
    assert.equal(outcome, 'accepted')
    await processor.drain()
    const detail = await readDetail(store.db, verificationId)
    assert.equal(detail?.status, 'approved')
    assert.equal(detail?.decidedAt, '2026-11-01T10:00:00.000Z')
    assert.equal(detail?.userId, 'ada-1')
    assert.equal(detail?.timeline.length, 2)

    assert.equal((await inbox.append(finished)).outcome, 'duplicate')
    await processor.drain()
    assert.deepEqual(await readDetail(store.db, verificationId), detail, 'a redelivery changes nothing')

    const declined = arrival('workflow_execution_updated', 'DECLINED', '2026-11-02T10:00:00.000Z')
    const approvedAgain = arrival('workflow_execution_updated', 'APPROVED', '2026-11-03T10:00:00.000Z')
    const both = await Promise.all([inbox.append(approvedAgain), inbox.append(declined)])
    assert.deepEqual(
      both.map((each) => each.outcome),
      ['accepted', 'accepted'],
    )
    await processor.drain()
    assert.equal((await readDetail(store.db, verificationId))?.status, 'approved', 'the later vendor time wins')
    assert.deepEqual(await readCounts(store.db), { ...NO_COUNTS, approved: 1 })
  })

  it('lets everybody else have their turn while there is a lot to do', async () => {
    const store = await stores.open()
    const bench = await createCommonBench(store)
    const runs = Array.from({ length: 520 }, (_, index) => `run-${index}`)
    await Promise.all(runs.map((run) => bench.receive(tell('APPROVED', { run }))))
    assert.ok((await countTurns(() => bench.processor.drain())) >= 5)
    const everything = { from: START, to: START + 1 }
    assert.ok((await countTurns(() => bench.replay(everything))) >= 5)
    assert.equal((await readCounts(store.db)).approved, 520)
  })
})

/** Turns of the event loop that others get meanwhile. */
async function countTurns(work: () => Promise<unknown>): Promise<number> {
  let turns = 0
  let isOver = false
  const count = () => {
    if (isOver) return
    turns += 1
    setImmediate(count)
  }
  setImmediate(count)
  await work()
  isOver = true
  return turns
}
