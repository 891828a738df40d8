import type { Kysely } from 'kysely'
import type { Migration } from 'kysely/migration'

/** A sign-in knows which session of its browser it replaces. */
export const addReplacedSessions: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('sign_ins').addColumn('replaces', 'text').execute()
  },
}

/** What strangers are refused is counted. */
export function countRefusals(engine: 'sqlite' | 'postgres'): Migration {
  return {
    async up(db: Kysely<unknown>) {
      await db.schema
        .alterTable('audit')
        .addColumn('times', engine === 'postgres' ? 'bigint' : 'integer', (column) => column.notNull().defaultTo(1))
        .execute()
    },
  }
}
