import { it } from 'node:test'
import * as fc from 'fast-check'
import { describeStores } from '../../../helpers/stores.ts'
import { createCorridor } from '../../../oracle/corridor.ts'
import { type Heard, histories, renamed, T0 } from '../../../oracle/histories.ts'
import { expectStates } from '../../../oracle/oracle.ts'
import { ENVIRONMENT } from '../../../oracle/reports.ts'
import { assertBooksBalance, assertStored, idOf } from '../../../oracle/stored.ts'

/** Histories that go on at the same time; the first one's pauses are everybody's. */
const AT_ONCE = 4
const PLAYS = 200 / AT_ONCE

function interleave(heard: readonly Heard[][]): Heard[] {
  const longest = Math.max(...heard.map(({ length }) => length))
  return Array.from({ length: longest }, (_, turn) =>
    heard.flatMap((each, index) => {
      const one = each[turn]
      return one === undefined ? [] : [{ ...one, pause: one.pause && index === 0 }]
    }),
  ).flat()
}

describeStores('convergence', (stores) => {
  it('ends where the oracle ends, for 200 random histories through the whole corridor', async () => {
    const store = await stores.open()
    const corridor = await createCorridor(store, T0 + 60_000)
    let plays = 0
    await fc.assert(
      fc.asyncProperty(fc.array(histories, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (drawn) => {
        plays += 1
        const all = `p${plays}.`
        const heard = interleave(drawn.map((each, index) => renamed(each, `${all}${index}.`)))
        const arrivals = await corridor.play(heard)
        await assertStored(store, all, expectStates(arrivals, idOf, ENVIRONMENT))
      }),
      { numRuns: PLAYS },
    )
    await assertBooksBalance(store)
  })
})
