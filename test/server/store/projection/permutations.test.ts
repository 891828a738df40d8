import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { sql } from 'kysely'
import { openStore } from '../../../../server/store/engine/open-store.ts'
import type { Trx } from '../../../../server/store/engine/store.ts'
import { applyReports } from '../../../../server/store/projection/projector.ts'
import type { Arrival, Fact } from '../../../oracle/facts.ts'
import { T0 } from '../../../oracle/histories.ts'
import { expectStates } from '../../../oracle/oracle.ts'
import { ENVIRONMENT, toReports } from '../../../oracle/reports.ts'
import { SEQUENCES, type Sequence } from '../../../oracle/sequences.ts'
import { assertBooksBalance, assertStored, idOf } from '../../../oracle/stored.ts'

// On SQLite alone: orders are the same to both engines, and there are thousands of them.

/** Plays every order of `left` after what was `heard`, taking back each step; returns how many orders there were. */
async function playOrders(
  trx: Trx,
  heard: readonly Arrival[],
  left: readonly Fact[],
  ends: Sequence['ends'],
): Promise<number> {
  if (left.length === 0) {
    const states = expectStates(heard, idOf, ENVIRONMENT)
    const told = states.map(({ vendorId, status }) => [vendorId, status])
    assert.deepEqual(Object.fromEntries(told), ends, 'the oracle itself')
    await assertStored({ db: trx }, '', states)
    await assertBooksBalance({ db: trx })
    return 1
  }
  const turn = heard.length
  let orders = 0
  for (const [index, fact] of left.entries()) {
    const arrival = { fact, receivedAt: T0 + 60_000 + turn * 1000 }
    const step = sql.id(`turn_${turn}`)
    await sql`savepoint ${step}`.execute(trx)
    await applyReports(trx, toReports(arrival, `delivery-${turn}`), arrival.receivedAt)
    orders += await playOrders(trx, [...heard, arrival], left.toSpliced(index, 1), ends)
    await sql`rollback to ${step}`.execute(trx)
    await sql`release ${step}`.execute(trx)
  }
  return orders
}

describe('permutations', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-test-'))
  const store = await openStore(`sqlite:${join(folder, 'permutations.db')}`)
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  for (const { what, facts, ends } of SEQUENCES) {
    it(`end the same: ${what}`, async () => {
      const orders = await store.transactAlone((trx) => playOrders(trx, [], facts, ends))
      assert.equal(
        orders,
        facts.reduce((product, _, turn) => product * (turn + 1), 1),
      )
    })
  }
})
