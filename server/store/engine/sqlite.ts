import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite'
import { Kysely, SqliteDialect, sql } from 'kysely'
import { fillTallies } from '../tallies/recount.ts'
import { migrate } from './migrations.ts'
import type { Database } from './schema.ts'
import { type Store, StoreInUseError } from './store.ts'
import { createWakeups } from './wakeups.ts'

/** How long a statement waits for a lock, ms: far above any transaction of ours, far below a webhook sender's patience. */
const BUSY_TIMEOUT_MS = 5000

/**
 * FULL: a commit is on disk before it returns, which is what lets a webhook's 200 be believed. Set on every open, as builds
 * differ. `secure_delete` overwrites what is deleted: bodies hold personal data.
 */
const PRAGMAS = `pragma journal_mode = wal; pragma synchronous = full; pragma secure_delete = on; pragma busy_timeout = ${BUSY_TIMEOUT_MS}; pragma foreign_keys = on;`

/** Lets Kysely's SQLite dialect drive `node:sqlite`; statements are kept, as preparing costs more than running most. */
class NodeSqlite {
  readonly #database: DatabaseSync
  readonly #statements = new Map<string, NodeStatement>()

  constructor(database: DatabaseSync) {
    this.#database = database
  }

  prepare(sql: string): NodeStatement {
    // Queries with lists of values have many forms; only what recurs is worth keeping.
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = new NodeStatement(this.#database.prepare(sql))
    if (this.#statements.size >= MAX_STATEMENTS) this.#statements.clear()
    this.#statements.set(sql, statement)
    return statement
  }

  close(): void {
    this.#statements.clear()
    this.#database.close()
  }
}

/** Above the number of distinct queries here by an order of magnitude; bounds memory where value lists vary in length. */
const MAX_STATEMENTS = 500

class NodeStatement {
  readonly #statement: StatementSync
  readonly reader: boolean

  constructor(statement: StatementSync) {
    this.#statement = statement
    this.reader = statement.columns().length > 0
  }

  all(parameters: readonly unknown[]): unknown[] {
    return this.#statement.all(...parameters.map(toSqlValue))
  }

  run(parameters: readonly unknown[]): { changes: number | bigint; lastInsertRowid: number | bigint } {
    return this.#statement.run(...parameters.map(toSqlValue))
  }

  iterate(parameters: readonly unknown[]): IterableIterator<unknown> {
    return this.#statement.iterate(...parameters.map(toSqlValue))
  }
}

function toSqlValue(value: unknown): SQLInputValue {
  if (value === undefined || value === null) return null
  if (typeof value === 'boolean') return value ? 1 : 0
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value
  if (value instanceof Uint8Array) return value
  throw new TypeError(`SQLite cannot bind a ${typeof value}`)
}

/** Held for the life of the process; the operating system lets go of it however the process ends. */
function lockFile(path: string): DatabaseSync {
  const lock = new DatabaseSync(`${path}.lock`)
  try {
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = delete; begin exclusive')
    return lock
  } catch (error) {
    lock.close()
    if (error instanceof Error && error.message.includes('locked')) throw new StoreInUseError(path)
    throw error
  }
}

/** Opens the file at `path`, creating it and its folder where absent. */
export async function openSqlite(path: string): Promise<Store> {
  mkdirSync(dirname(path), { recursive: true })
  const lock = lockFile(path)
  const writer = new DatabaseSync(path)
  writer.exec(PRAGMAS)
  const db = new Kysely<Database>({ dialect: new SqliteDialect({ database: new NodeSqlite(writer) }) })
  await migrate(db, 'sqlite')
  await db.transaction().execute(fillTallies)
  const readConnection = new DatabaseSync(path)
  readConnection.exec(`${PRAGMAS} pragma query_only = on;`)
  const reader = new Kysely<Database>({ dialect: new SqliteDialect({ database: new NodeSqlite(readConnection) }) })

  const wakeups = createWakeups()
  // One connection, one writer: Kysely's mutex already keeps transactions apart.
  const transact: Store['transact'] = (work) => wakeups.commit((begun) => db.transaction().execute(begun), work)

  return {
    engine: 'sqlite',
    db,
    reader,
    transact,
    transactAlone: transact,
    readTogether: (work) => reader.transaction().execute(work),
    wake: async (trx, topic) => wakeups.tellAfter(trx, topic),
    onWake: wakeups.listen,
    // The log still holds what was there before. Where somebody is reading, this is left to the next time rather than waited for.
    forget: () =>
      db.connection().execute(async (connection) => {
        await sql`pragma busy_timeout = 0`.execute(connection)
        try {
          await sql`pragma wal_checkpoint(truncate)`.execute(connection)
        } finally {
          await sql`pragma busy_timeout = ${sql.lit(BUSY_TIMEOUT_MS)}`.execute(connection)
        }
      }),
    async close() {
      await reader.destroy()
      await db.destroy()
      lock.close()
    },
  }
}
