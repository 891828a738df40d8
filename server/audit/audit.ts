import type { AuditAction, AuditEntry, AuditPage, Environment } from '../protocol.ts'
import type { AuditTable } from '../store/engine/schema.ts'
import type { Db, Store } from '../store/engine/store.ts'

const DAY_MS = 24 * 60 * 60 * 1000

/**
 * What strangers cause must not fill the table: of each kind, one row counts what comes within this long of its first, ms. Who they
 * are is not known, so all that is lost is the minute of the later ones. What operators do has a row each, however often.
 */
const FOLDED_WITHIN_MS = 60 * 60 * 1000

export interface Recorded {
  action: AuditAction
  /** Who did it, by the name that the dashboard shows; null where somebody was refused. */
  operator: string | null
  /** The id of what it was done to: a verification, a delivery, a session. */
  subject?: string
  /** Codes, figures and times that say what was asked for; never a value that names a visitor. */
  detail?: AuditEntry['detail']
}

/** Who did what, and when. Rows are only ever added or, where strangers were refused, counted up; and deleted once AUDIT_RETENTION_DAYS have passed. */
export interface Audit {
  /**
   * Resolves once it is stored: what is recorded is recorded before it is shown or done. What changes the store itself is recorded
   * in the same transaction, `within`: neither is there without the other.
   */
  record(what: Recorded, within?: Db): Promise<void>
  /** The newest first; `before` is the last id of the page before. */
  read(page: { action?: AuditAction | undefined; before?: string | undefined; limit: number }): Promise<AuditPage>
  purge(): Promise<void>
}

export interface AuditDeps {
  store: Store
  environment: Environment
  /** AUDIT_RETENTION_DAYS */
  retentionDays: number
  newId: () => string
  now: () => number
}

export function createAudit({ store, environment, retentionDays, newId, now }: AuditDeps): Audit {
  const { db } = store

  /** Counts one more of what a row of this hour tells; false where there is none. */
  async function countUp(within: Db, { at, action, detail }: AuditTable): Promise<boolean> {
    const { numUpdatedRows } = await within
      .updateTable('audit')
      .set((eb) => ({ times: eb('times', '+', 1) }))
      .where('id', '=', (eb) =>
        eb
          .selectFrom('audit')
          .select('id')
          .where('environment', '=', environment)
          .where('action', '=', action)
          .where('operator', 'is', null)
          .where('detail', '=', detail)
          .where('at', '>', at - FOLDED_WITHIN_MS)
          .orderBy('id', 'desc')
          .limit(1),
      )
      .executeTakeFirst()
    return numUpdatedRows > 0n
  }

  return {
    async record({ action, operator, subject = null, detail = {} }, within = db) {
      const what = { action, operator, subject, detail: JSON.stringify(detail) }
      const row = { id: newId(), at: now(), environment, ...what, times: 1 }
      if (operator === null && (await countUp(within, row))) return
      await within.insertInto('audit').values(row).execute()
    },
    async read({ action, before, limit }) {
      const rows = await store.reader
        .selectFrom('audit')
        .selectAll()
        .where('environment', '=', environment)
        .$if(action !== undefined, (query) => query.where('action', '=', action ?? 'signed_in'))
        .$if(before !== undefined, (query) => query.where('id', '<', before ?? ''))
        .orderBy('id', 'desc')
        // One more than asked tells whether there is a next page.
        .limit(limit + 1)
        .execute()
      const items = rows.slice(0, limit).map(toEntry)
      return { items, next: rows.length > limit ? (items.at(-1)?.id ?? null) : null }
    },
    async purge() {
      await db
        .deleteFrom('audit')
        .where('at', '<', now() - retentionDays * DAY_MS)
        .execute()
    },
  }
}

function toEntry({ id, at, operator, action, subject, detail, times }: AuditTable): AuditEntry {
  const told = { ...JSON.parse(detail), ...(times > 1 ? { times } : {}) }
  return { id, at: new Date(at).toISOString(), operator, action, subject, detail: told }
}
