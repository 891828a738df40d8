import { it } from 'node:test'
import * as fc from 'fast-check'
import { describeStores } from '../../helpers/stores.ts'
import { createCorridor } from '../../oracle/corridor.ts'
import { histories, renamed, T0 } from '../../oracle/histories.ts'
import { expectStates } from '../../oracle/oracle.ts'
import { ENVIRONMENT } from '../../oracle/reports.ts'
import { assertBooksBalance, assertStored, idOf } from '../../oracle/stored.ts'

describeStores('convergence', (stores) => {
  it('ends where the oracle ends, for 200 random histories through the whole corridor', async () => {
    const store = await stores.open()
    const corridor = await createCorridor(store, T0 + 60_000)
    let played = 0
    await fc.assert(
      fc.asyncProperty(histories, async (heard) => {
        played += 1
        const prefix = `h${played}.`
        const arrivals = await corridor.play(renamed(heard, prefix))
        await assertStored(store, prefix, expectStates(arrivals, idOf, ENVIRONMENT))
      }),
      { numRuns: 200 },
    )
    await assertBooksBalance(store)
  })
})
