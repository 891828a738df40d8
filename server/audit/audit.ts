import type { AuditAction, AuditEntry, AuditPage, Environment } from '../protocol.ts'
import type { Db, Store } from '../store/engine/store.ts'

const DAY_MS = 24 * 60 * 60 * 1000

export interface Recorded {
  action: AuditAction
  /** Who did it, by the name that the dashboard shows; null where somebody was refused. */
  operator: string | null
  /** The id of what it was done to: a verification, a delivery, a session. */
  subject?: string
  /** Codes, figures and times that say what was asked for; never a value that names a visitor. */
  detail?: AuditEntry['detail']
}

/** Who did what, and when. Rows are only ever added, and deleted once AUDIT_RETENTION_DAYS have passed. */
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
  return {
    async record({ action, operator, subject = null, detail = {} }, within = db) {
      await within
        .insertInto('audit')
        .values({ id: newId(), at: now(), environment, action, operator, subject, detail: JSON.stringify(detail) })
        .execute()
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
      const items = rows.slice(0, limit).map(({ id, at, operator, action: done, subject, detail }): AuditEntry => {
        return { id, at: new Date(at).toISOString(), operator, action: done, subject, detail: JSON.parse(detail) }
      })
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
