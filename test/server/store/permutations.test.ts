import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { openStore } from '../../../server/store/open-store.ts'
import { applyReports } from '../../../server/store/projector.ts'
import type { Store } from '../../../server/store/store.ts'
import type { Arrival, Fact } from '../../oracle/facts.ts'
import { renamed, T0 } from '../../oracle/histories.ts'
import { expectStates } from '../../oracle/oracle.ts'
import { ENVIRONMENT, toReports } from '../../oracle/reports.ts'
import { SEQUENCES, type Sequence } from '../../oracle/sequences.ts'
import { assertBooksBalance, assertStored, idOf } from '../../oracle/stored.ts'

// On SQLite alone: orders are the same to both engines, and there are thousands of them.

/** Orders folded in one transaction, so that the disk is not what is measured. */
const BATCH = 40

function* permutations<T>(items: readonly T[]): Generator<T[]> {
  if (items.length <= 1) yield [...items]
  for (const [index, first] of items.entries()) {
    if (items.length <= 1) return
    for (const rest of permutations(items.toSpliced(index, 1))) yield [first, ...rest]
  }
}

/** Applies the facts one by one, as if each had come alone. */
async function applyInTurn(store: Store, orders: readonly Fact[][]): Promise<Arrival[][]> {
  return store.transactAlone(async (trx) => {
    const heard: Arrival[][] = []
    for (const [index, order] of orders.entries()) {
      const arrivals = order.map((fact, turn) => ({ fact, receivedAt: T0 + 60_000 + turn * 1000 }))
      for (const [turn, arrival] of arrivals.entries()) {
        const id = `${heardSoFar}-${index}-${turn}`
        await applyReports(trx, toReports(arrival, id), arrival.receivedAt)
      }
      heard.push(arrivals)
    }
    heardSoFar += orders.length
    return heard
  })
}
let heardSoFar = 0

async function playAllOrders(store: Store, { facts, ends }: Sequence, name: string): Promise<number> {
  const orders = [...permutations(facts)].map((order, index) => ({ prefix: `${name}.${index}.`, order }))
  for (let from = 0; from < orders.length; from += BATCH) {
    const batch = orders.slice(from, from + BATCH).map(({ prefix, order }) => ({
      prefix,
      order: renamed(
        order.map((fact) => ({ fact, pause: false })),
        prefix,
      ).map(({ fact }) => fact),
    }))
    const heard = await applyInTurn(
      store,
      batch.map(({ order }) => order),
    )
    for (const [index, { prefix }] of batch.entries()) {
      const states = expectStates(heard[index] ?? [], idOf, ENVIRONMENT)
      const told = states.map(({ vendorId, status }) => [vendorId.slice(prefix.length), status])
      assert.deepEqual(Object.fromEntries(told), ends, 'the oracle itself')
      await assertStored(store, prefix, states)
    }
  }
  return orders.length
}

describe('permutations', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-test-'))
  const store = await openStore(`sqlite:${join(folder, 'permutations.db')}`)
  after(async () => {
    await store.close()
    await rm(folder, { recursive: true, force: true })
  })

  for (const [index, sequence] of SEQUENCES.entries()) {
    it(`end the same: ${sequence.what}`, async () => {
      const orders = await playAllOrders(store, sequence, `s${index}`)
      const factorial = sequence.facts.reduce((product, _, turn) => product * (turn + 1), 1)
      assert.equal(orders, factorial)
    })
  }

  it('keep the books, all of them together', () => assertBooksBalance(store))
})
