import { type ColumnDataType, type Kysely, sql } from 'kysely'
import { type Migration, Migrator } from 'kysely/migration'
import { STATUSES } from '../../protocol.ts'
import { addStatistics, addVerdicts, countAnew, indexExpiries, indexVerdicts } from './add-statistics.ts'
import { addReplacedSessions, countRefusals } from './extend-operators.ts'
import type { Database } from './schema.ts'

type Engine = 'sqlite' | 'postgres'

/** Column types that the two engines spell differently. */
interface Types {
  /** Epoch ms and counts: 64 bits. */
  int: ColumnDataType
  bytes: ColumnDataType
}

const TYPES: Readonly<Record<Engine, Types>> = {
  sqlite: { int: 'integer', bytes: 'blob' },
  postgres: { int: 'bigint', bytes: 'bytea' },
}

// Migrations run before the types of schema.ts are true, so they see an untyped database.
type AnyDatabase = Kysely<unknown>

/** Ids sort and compare by bytes on both engines. */
function id(engine: Engine) {
  return engine === 'postgres' ? sql`text collate "C"` : sql`text`
}

function createTables(engine: Engine): Migration {
  const { int, bytes } = TYPES[engine]
  const key = id(engine)
  return {
    async up(db: AnyDatabase) {
      await db.schema
        .createTable('deliveries')
        .addColumn('id', key, (column) => column.primaryKey())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('received_at', int, (column) => column.notNull())
        .addColumn('outcome', 'text', (column) => column.notNull())
        .addColumn('reason', 'text')
        .addColumn('event', 'text')
        .addColumn('bytes', int, (column) => column.notNull())
        .addColumn('body', bytes)
        .addColumn('dedupe_key', 'text', (column) => column.unique())
        .addColumn('message_key', 'text')
        .addColumn('secret_id', 'text')
        .addColumn('peer', 'text')
        .addColumn('headers', 'text')
        .addColumn('duplicate_of', 'text')
        .addColumn('verification_id', 'text')
        .addColumn('state', 'text')
        .addColumn('attempts', int, (column) => column.notNull().defaultTo(0))
        .addColumn('next_attempt_at', int, (column) => column.notNull().defaultTo(0))
        .execute()
      await db.schema
        .createTable('reports')
        .addColumn('id', key, (column) => column.primaryKey())
        .addColumn('verification_id', 'text')
        .addColumn('subject', 'text')
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('source', 'text', (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text')
        .addColumn('occurred_at', int)
        .addColumn('received_at', int, (column) => column.notNull())
        .addColumn('delivery_id', 'text')
        .addColumn('data', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('verifications')
        .addColumn('id', key, (column) => column.primaryKey())
        .addColumn('vendor', 'text', (column) => column.notNull())
        .addColumn('vendor_id', 'text', (column) => column.notNull())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text')
        .addColumn('workflow', 'text')
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('decided_at', int)
        .addColumn('created_at', int, (column) => column.notNull())
        .addColumn('updated_at', int, (column) => column.notNull())
        .addColumn('revision', int, (column) => column.notNull())
        .addColumn('overdue', int, (column) => column.notNull().defaultTo(0))
        .addColumn('email_hash', 'text')
        .addColumn('detail', 'text', (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('links')
        .addColumn('verification_id', 'text', (column) => column.notNull())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('key', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('links_pkey', ['verification_id', 'key'])
        .execute()
      await db.schema
        .createTable('changes')
        .addColumn('revision', int, (column) => column.primaryKey())
        .addColumn('verification_id', 'text', (column) => column.notNull())
        .addColumn('status', 'text', (column) => column.notNull())
        .addColumn('previous_status', 'text')
        .addColumn('decided_at', int)
        .addColumn('at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('cursors')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('revision', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('outbox')
        .addColumn('revision', int, (column) => column.primaryKey())
        .addColumn('id', 'text', (column) => column.notNull())
        .addColumn('verification_id', 'text', (column) => column.notNull())
        .addColumn('body', 'text', (column) => column.notNull())
        .addColumn('attempts', int, (column) => column.notNull().defaultTo(0))
        .addColumn('first_attempt_at', int)
        .addColumn('next_attempt_at', int, (column) => column.notNull())
        .addColumn('last_error', 'text')
        .addColumn('dead_at', int)
        .execute()
      await db.schema
        .createTable('confirmations')
        .addColumn('verification_id', 'text', (column) => column.primaryKey())
        .addColumn('attempts', int, (column) => column.notNull().defaultTo(0))
        .addColumn('first_attempt_at', int)
        .addColumn('next_attempt_at', int)
        .addColumn('asked_at', int, (column) => column.notNull().defaultTo(0))
        .addColumn('answer', 'text')
        .execute()
      await db.schema
        .createTable('counts')
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('count', int, (column) => column.notNull())
        .addPrimaryKeyConstraint('counts_pkey', ['name', 'environment'])
        .execute()
      await db.schema
        .createTable('starts')
        .addColumn('key', 'text', (column) => column.primaryKey())
        .addColumn('verification_id', 'text')
        .addColumn('token', 'text')
        .addColumn('created_at', int, (column) => column.notNull())
        .addColumn('expires_at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('used_tokens')
        .addColumn('jti', 'text', (column) => column.primaryKey())
        .addColumn('start_key', 'text', (column) => column.notNull())
        .addColumn('expires_at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('redeemed_receipts')
        .addColumn('jti', 'text', (column) => column.primaryKey())
        .addColumn('expires_at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('hosted_links')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('code_hash', 'text', (column) => column.notNull().unique())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('user_id', 'text', (column) => column.notNull())
        .addColumn('workflow', 'text', (column) => column.notNull())
        .addColumn('inputs', 'text')
        .addColumn('identity', 'text', (column) => column.notNull())
        .addColumn('proven', int, (column) => column.notNull())
        .addColumn('device_hash', 'text')
        .addColumn('site', 'text')
        .addColumn('verification_id', 'text')
        .addColumn('replaced', int, (column) => column.notNull().defaultTo(0))
        .addColumn('created_at', int, (column) => column.notNull())
        .addColumn('expires_at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('sessions')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('operator', 'text', (column) => column.notNull())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('created_at', int, (column) => column.notNull())
        .addColumn('expires_at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('keys')
        .addColumn('name', 'text', (column) => column.primaryKey())
        .addColumn('value', bytes, (column) => column.notNull())
        .execute()

      for (const [name, table, columns] of INDEXES) {
        await db.schema.createIndex(name).on(table).columns(columns).execute()
      }
      // Few rows wait at a time: the processor's look must not grow with the inbox.
      await sql`create index deliveries_pending on deliveries (next_attempt_at, id) where state = 'pending'`.execute(db)
      // Most bodies are gone one day: looking for those that are not must not grow with the rows.
      await sql`create index deliveries_bodies on deliveries (received_at) where body is not null`.execute(db)
      await sql`create index outbox_due on outbox (next_attempt_at, revision) where dead_at is null`.execute(db)
      await sql`create index outbox_order on outbox (verification_id, revision) where dead_at is null`.execute(db)
      await sql`create index confirmations_due on confirmations (next_attempt_at) where next_attempt_at is not null`.execute(
        db,
      )
      // What the search for lost webhooks looks through: those still awaited, and how long the newest decisions took.
      await sql`create index verifications_awaited on verifications (environment, vendor, workflow, status, updated_at) where overdue = 0 and decided_at is null`.execute(
        db,
      )
      await sql`create index verifications_decided on verifications (environment, vendor, workflow, decided_at) where decided_at is not null`.execute(
        db,
      )
      for (const name of [...STATUSES, 'overdue']) {
        for (const environment of ['sandbox', 'live']) {
          await sql`insert into counts (name, environment, count) values (${name}, ${environment}, 0)`.execute(db)
        }
      }
    },
  }
}

const INDEXES: readonly (readonly [name: string, table: string, columns: string[]])[] = [
  ['deliveries_outcome', 'deliveries', ['outcome', 'id']],
  ['deliveries_source', 'deliveries', ['source', 'id']],
  ['deliveries_message', 'deliveries', ['message_key']],
  ['deliveries_received', 'deliveries', ['received_at']],
  ['reports_verification', 'reports', ['verification_id']],
  ['reports_subject', 'reports', ['subject', 'environment']],
  ['reports_user', 'reports', ['user_id', 'environment']],
  ['reports_delivery', 'reports', ['delivery_id']],
  ['verifications_created', 'verifications', ['created_at', 'id']],
  ['verifications_status', 'verifications', ['status', 'created_at', 'id']],
  ['verifications_user', 'verifications', ['user_id', 'created_at', 'id']],
  ['verifications_vendor_id', 'verifications', ['vendor_id']],
  ['verifications_email', 'verifications', ['email_hash']],
  ['verifications_revision', 'verifications', ['revision']],
  ['links_key', 'links', ['key', 'environment']],
  ['changes_verification', 'changes', ['verification_id', 'revision']],
  ['starts_expiry', 'starts', ['expires_at']],
  ['redeemed_receipts_expiry', 'redeemed_receipts', ['expires_at']],
  ['hosted_links_user', 'hosted_links', ['user_id', 'environment']],
  ['hosted_links_verification', 'hosted_links', ['verification_id']],
  ['hosted_links_created', 'hosted_links', ['created_at']],
  ['sessions_expiry', 'sessions', ['expires_at']],
]

/** Sessions know their environment, what gave the role, and where they are; who is signed in now signs in once more. */
function createOperatorTables(engine: Engine): Migration {
  const { int } = TYPES[engine]
  return {
    async up(db: AnyDatabase) {
      await db.schema.dropTable('sessions').execute()
      await db.schema
        .createTable('sessions')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('operator', 'text', (column) => column.notNull())
        .addColumn('role', 'text', (column) => column.notNull())
        .addColumn('grounds', 'text', (column) => column.notNull())
        .addColumn('subject', 'text', (column) => column.notNull())
        .addColumn('device', 'text', (column) => column.notNull())
        .addColumn('id_token', 'text')
        .addColumn('created_at', int, (column) => column.notNull())
        .addColumn('last_seen_at', int, (column) => column.notNull())
        .addColumn('expires_at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('sign_ins')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('browser', 'text', (column) => column.notNull())
        .addColumn('nonce', 'text', (column) => column.notNull())
        .addColumn('code_verifier', 'text', (column) => column.notNull())
        .addColumn('expires_at', int, (column) => column.notNull())
        .execute()
      await db.schema
        .createTable('audit')
        .addColumn('id', id(engine), (column) => column.primaryKey())
        .addColumn('environment', 'text', (column) => column.notNull())
        .addColumn('at', int, (column) => column.notNull())
        .addColumn('operator', 'text')
        .addColumn('action', 'text', (column) => column.notNull())
        .addColumn('subject', 'text')
        .addColumn('detail', 'text', (column) => column.notNull())
        .execute()
      await db.schema.createIndex('audit_action').on('audit').columns(['action', 'id']).execute()
      await db.schema.createIndex('audit_at').on('audit').columns(['at']).execute()
    },
  }
}

/** In the order they were released; a released one is never edited. */
function migrations(engine: Engine): Record<string, Migration> {
  return {
    '001-tables': createTables(engine),
    '002-operators': createOperatorTables(engine),
    '003-statistics': addStatistics(engine),
    '004-weeks': countAnew,
    '005-expiries': indexExpiries,
    '006-verdicts': addVerdicts(engine),
    '007-replaced-sessions': addReplacedSessions,
    '008-refusals': countRefusals(engine),
    '009-verdict-index': indexVerdicts,
  }
}

/** Brings the schema up to date; safe to run on several nodes at once (Kysely takes a lock of its own). */
export async function migrate(db: Kysely<Database>, engine: Engine): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => migrations(engine) } })
  const { error } = await migrator.migrateToLatest()
  if (error !== undefined) throw error
}
