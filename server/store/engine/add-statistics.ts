import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Lists by every filter and in every order, figures by period. What is counted is filled by `fillTallies`. */
export function addStatistics(engine: 'sqlite' | 'postgres'): Migration {
  const int = engine === 'postgres' ? 'bigint' : 'integer'
  return {
    async up(db: Kysely<unknown>) {
      await db.schema.alterTable('verifications').addColumn('judged_at', int).execute()
      await db.schema
        .alterTable('verifications')
        .addColumn('reached', 'text', (column) => column.notNull().defaultTo('created'))
        .execute()
      await db.schema.alterTable('verifications').addColumn('last_step', 'text').execute()
      // As far as the status tells; `npm run rebuild` asks the reports.
      await sql`update verifications set
        judged_at = case when decided_at is not null then decided_at when status = 'review' then updated_at end,
        reached = case
          when status in ('approved', 'review', 'declined') then 'decided'
          when status in ('submitted', 'finished') then 'submitted'
          when status in ('started', 'processing') then 'started'
          else 'created' end`.execute(db)
      await db.schema.dropTable('counts').execute()
      await db.schema
        .createTable('kinds')
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('vendor', 'text', (column) => column.notNull())
        .addColumn('workflow', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('overdue', int, (column) => column.notNull())
        .addColumn('count', int, (column) => column.notNull())
        .addPrimaryKeyConstraint('kinds_pkey', ['environment', 'vendor', 'workflow', 'status', 'overdue'])
        .execute()
      await db.schema
        .createTable('tallies')
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('span', int, (column) => column.notNull())
        .addColumn('at', int, (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('workflow', 'text', (column) => column.notNull())
        .addColumn('counters', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('tallies_pkey', ['environment', 'span', 'at', 'source', 'workflow'])
        .execute()
      // The first is part of the next three, the second was never asked.
      for (const name of ['verifications_status', 'verifications_revision', 'verifications_awaited']) {
        await db.schema.dropIndex(name).execute()
      }
      const kind = ['environment', 'vendor', 'workflow', 'status', 'overdue']
      for (const time of ['created', 'updated', 'decided']) {
        const columns = [...kind, `${time}_at`, 'id']
        await db.schema.createIndex(`verifications_kind_${time}`).on('verifications').columns(columns).execute()
      }
      for (const time of ['updated', 'decided']) {
        const columns = [`${time}_at`, 'id']
        await db.schema.createIndex(`verifications_all_${time}`).on('verifications').columns(columns).execute()
      }
    },
  }
}

/** What is counted changed: it is filled again by `fillTallies`. */
export const countAnew: Migration = {
  async up(db: Kysely<unknown>) {
    await sql`delete from kinds`.execute(db)
    await sql`delete from tallies`.execute(db)
  },
}

/** What is deleted every minute is found without looking at what stays. */
export const indexExpiries: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('used_tokens_expiry').on('used_tokens').column('expires_at').execute()
    await sql`create index outbox_dead on outbox (dead_at) where dead_at is not null`.execute(db)
  },
}

/** A chart's counts beside all others. */
export function addVerdicts(engine: 'sqlite' | 'postgres'): Migration {
  const int = engine === 'postgres' ? 'bigint' : 'integer'
  return {
    async up(db: Kysely<unknown>) {
      for (const verdict of ['approved', 'review', 'declined']) {
        await db.schema
          .alterTable('tallies')
          .addColumn(verdict, int, (column) => column.notNull().defaultTo(0))
          .execute()
      }
      await countAnew.up(db)
    },
  }
}

/** A chart's counts are beside one another: read with all other counters, they would be on far more pages. */
export const indexVerdicts: Migration = {
  async up(db: Kysely<unknown>) {
    const columns = ['environment', 'span', 'at', 'source', 'workflow', 'approved', 'review', 'declined']
    await db.schema.createIndex('tallies_verdicts').on('tallies').columns(columns).execute()
  },
}
