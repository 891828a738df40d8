import type { Store } from '../engine/store.ts'

/** What nobody asks for any more, deleted bit by bit. */
export interface History {
  /** Deletes some of what is older than 100 days: changes, and messages to the site's back end that were given up. */
  purge(): Promise<void>
}

/**
 * Long enough that also a workflow with a few decisions a week shows how long it usually takes, and that a back end which was
 * not told for months is told of these. Dashboards that were away for longer begin with a snapshot.
 */
const KEPT_MS = 100 * 24 * 60 * 60 * 1000

/** Rows at a time: others wait for milliseconds. Once a minute it is more than a busy server makes. */
const BATCH = 5000

export function createHistory({ store, now }: { store: Pick<Store, 'transact'>; now: () => number }): History {
  return {
    purge: () =>
      store.transact(async (trx) => {
        const cutoff = now() - KEPT_MS
        const oldest = await trx
          .selectFrom('changes')
          .select(['revision', 'at'])
          .orderBy('revision')
          // The newest stays, however old: what comes next counts on from it.
          .where('revision', '<', (eb) => eb.selectFrom('changes').select((max) => max.fn.max('revision').as('newest')))
          .limit(BATCH)
          .execute()
        const firstKept = oldest.findIndex(({ at }) => at >= cutoff)
        const last = (firstKept === -1 ? oldest : oldest.slice(0, firstKept)).at(-1)
        if (last !== undefined) await trx.deleteFrom('changes').where('revision', '<=', last.revision).execute()
        await trx.deleteFrom('outbox').where('dead_at', '<', cutoff).execute()
      }),
  }
}
