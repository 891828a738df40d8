import { Gauge, type Registry } from 'prom-client'
import type { Changefeed } from '../live/changefeed.ts'
import type { Outbox } from '../outbound/outbox.ts'
import { type Environment, STATUSES } from '../protocol.ts'
import { readCountsOf } from '../store/engine/kinds.ts'
import type { Store } from '../store/engine/store.ts'

const ENVIRONMENTS = ['sandbox', 'live'] as const satisfies readonly Environment[]

export interface StoreGaugesDeps {
  store: Store
  feed: Pick<Changefeed, 'revision'>
  /** Null where no STATUS_WEBHOOK_URL is set. */
  outbox: Pick<Outbox, 'readBacklog'> | null
  now: () => number
}

/** What the store knows, the same on every node. Read together, once a scrape; every read is of counts or of an index. */
export function createStoreGauges(registers: Registry[], { store, feed, outbox, now }: StoreGaugesDeps) {
  const gauge = <Label extends string>(name: string, help: string, labelNames: readonly Label[] = []) =>
    new Gauge({ name: `seon_verify_${name}`, help, labelNames, registers })

  const up = gauge('store_up', '1 where the store answered this scrape; 0: what comes from it is absent')
  const verifications = gauge('verifications', 'Verifications, by where they stand', ['status', 'environment'])
  const overdue = gauge('verifications_overdue', 'Verifications whose decision is later than usual', ['environment'])
  const pending = gauge('inbox_pending', 'Deliveries kept and not yet processed')
  const dead = gauge('dead_letters', 'Deliveries that could not be processed')
  const quarantined = gauge('quarantine_deliveries', 'Deliveries that did not verify, kept for another try')
  const quarantinedBytes = gauge('quarantine_bytes', 'Bytes of the bodies in quarantine')
  const revision = gauge('changefeed_revision', 'The newest change in the store')
  const waiting = gauge('status_webhook_waiting', 'Messages to STATUS_WEBHOOK_URL not yet received')
  const givenUp = gauge('status_webhook_dead', 'Messages to STATUS_WEBHOOK_URL that were given up')
  const oldest = gauge('status_webhook_oldest_seconds', 'Age of the oldest message that waits; 0 where none does')
  // Known without the store: how far this node has followed.
  const followed = gauge('changefeed_followed_revision', 'The newest change that this node has told its sockets')

  async function readAll(): Promise<void> {
    const { counts, newest, ofInbox } = await store.readTogether(async (trx) => ({
      counts: await readCountsOf(trx),
      newest: await trx
        .selectFrom('changes')
        .select((eb) => eb.fn.max('revision').as('revision'))
        .executeTakeFirstOrThrow(),
      ofInbox: {
        pending: await trx
          .selectFrom('deliveries')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('state', '=', 'pending')
          .executeTakeFirstOrThrow(),
        dead: await trx
          .selectFrom('deliveries')
          .select((eb) => eb.fn.countAll<number>().as('count'))
          .where('outcome', '=', 'dead')
          .executeTakeFirstOrThrow(),
        quarantine: await trx
          .selectFrom('deliveries')
          .select((eb) => [
            eb.fn.countAll<number>().as('count'),
            eb.fn.sum<string | number | null>('bytes').as('bytes'),
          ])
          .where('outcome', '=', 'quarantined')
          .executeTakeFirstOrThrow(),
      },
    }))
    for (const environment of ENVIRONMENTS) {
      overdue.set({ environment }, counts[environment].overdue)
      for (const status of STATUSES) verifications.set({ status, environment }, counts[environment][status])
    }
    revision.set(newest.revision ?? 0)
    pending.set(ofInbox.pending.count)
    dead.set(ofInbox.dead.count)
    quarantined.set(ofInbox.quarantine.count)
    quarantinedBytes.set(Number(ofInbox.quarantine.bytes ?? 0))
    if (outbox === null) return
    const backlog = await outbox.readBacklog()
    waiting.set(backlog.waiting)
    givenUp.set(backlog.dead)
    oldest.set(backlog.oldestAt === null ? 0 : Math.max(0, now() - backlog.oldestAt) / 1000)
  }

  /** An old number that looks like a new one would be worse than none. */
  function forget(): void {
    for (const each of [verifications, overdue]) each.reset()
    for (const each of [pending, dead, quarantined, quarantinedBytes, revision, waiting, givenUp, oldest]) each.remove()
  }

  forget()
  return {
    /** Never throws: `seon_verify_store_up` tells. */
    async read(): Promise<void> {
      followed.set(feed.revision)
      try {
        await readAll()
        up.set(1)
      } catch {
        forget()
        up.set(0)
      }
    },
  }
}
