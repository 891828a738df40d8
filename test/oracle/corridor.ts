import assert from 'node:assert/strict'
import { pino } from 'pino'
import { createIds } from '../../server/ids.ts'
import { createInbox } from '../../server/inbox/inbox.ts'
import { createProcessor } from '../../server/inbox/processor.ts'
import type { Store } from '../../server/store/engine/store.ts'
import { createKeyedHash } from '../../server/store/keyed-hash.ts'
import { readKey } from '../../server/store/keys.ts'
import { applyReports } from '../../server/store/projection/projector.ts'
import { createRecordInit } from '../../server/store/projection/record-init.ts'
import { type Arrival, type Fact, type Init, toDelivery, type VendorFact } from './facts.ts'
import type { Heard } from './histories.ts'
import { ENVIRONMENT, receivers, toHint, withoutRepeats } from './reports.ts'

/**
 * Sends facts to a store the way the server does: verified bytes into the inbox, our own starts, browsers' hints. From
 * `startAt` the clock stands still but for a second at each pause; without it, it is the real one.
 */
export async function createCorridor(store: Store, startAt?: number) {
  let clock = startAt
  const now = () => clock ?? Date.now()
  const pass = () => {
    if (clock !== undefined) clock += 1000
  }
  const newId = createIds(now)
  const hash = createKeyedHash(await readKey(store.db, 'hash'))
  const log = pino({ level: 'silent' })
  const inbox = createInbox({ store, hash, newId, now })
  const processor = createProcessor({ store, receivers, log, now })

  async function deliver(fact: VendorFact): Promise<void> {
    const { source, body, headers: rawHeaders } = toDelivery(fact)
    const verdict = await receivers[source].verify({ body, rawHeaders })
    assert.ok(verdict.ok, `${source} is not signed as its door wants it`)
    const { environment, secretId } = verdict
    const arrival = { source, environment, body, secretId, messageId: null, peer: 'peer' }
    await inbox.append(arrival)
  }

  /** Started at the time that it says, however late it is written down. */
  async function start({ run, user, workflow, transaction, at }: Init): Promise<void> {
    const facts = { executionId: run, userId: user, workflow, environment: ENVIRONMENT }
    const transactionIds = transaction === null ? [] : [transaction]
    await createRecordInit({ store, hash, newId, now: () => at })({ ...facts, transactionIds })
  }

  async function hint(fact: Parameters<typeof toHint>[0]): Promise<void> {
    await store.transactAlone(async (trx) => {
      const report = { ...toHint(fact), id: newId(), environment: ENVIRONMENT, receivedAt: now(), deliveryId: null }
      await applyReports(trx, [report], now())
      await store.wake(trx, 'changes')
    })
  }

  /** Resolves once it is kept for good. */
  function send(fact: Fact): Promise<void> {
    if (fact.kind === 'init') return start(fact)
    return fact.kind === 'hint' ? hint(fact) : deliver(fact)
  }

  return {
    processor,
    send,
    /** Sends all of it, drains at every pause and at the end; returns what arrived, first arrivals only. */
    async play(heard: readonly Heard[]): Promise<Arrival[]> {
      const arrivals: Arrival[] = []
      let underWay: Promise<unknown>[] = []
      for (const { fact, pause } of heard) {
        arrivals.push({ fact, receivedAt: now() })
        // Not awaited one by one: what arrives together is committed together. A hint follows its start.
        if (fact.kind === 'init' || fact.kind === 'hint') await send(fact)
        else underWay.push(send(fact))
        if (!pause) continue
        await Promise.all(underWay)
        underWay = []
        await processor.drain()
        pass()
      }
      await Promise.all(underWay)
      await processor.drain()
      pass()
      return withoutRepeats(arrivals)
    },
  }
}
