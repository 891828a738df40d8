import { Socket } from 'node:net'
import { Kysely, PostgresDialect, sql } from 'kysely'
import pg from 'pg'
import { fillTallies } from '../tallies/recount.ts'
import { migrate } from './migrations.ts'
import type { Database } from './schema.ts'
import { type Store, StoreUnreachableError, type WakeTopic } from './store.ts'
import { createWakeups } from './wakeups.ts'

/** Longest wait for a connection or a statement, ms: a webhook sender gives up at 30 s and is told 503 well before. */
const PATIENCE_MS = 5000

/** A transaction of ours that waits on nothing in the database for this long is lost, ms; it must not hold locks. */
const IDLE_IN_TRANSACTION_MS = 10_000

/**
 * A connection on which nothing has moved for this long is cut, ms. A statement has its answer or its time-out by then,
 * so what is silent is a peer that has gone without a word, which TCP itself would notice after a quarter of an hour.
 */
const SILENCE_MS = PATIENCE_MS + 1000

/** Any number that no other user of the database takes; it stands for "writes the projection". */
const WRITER_LOCK = 7_366_001

/** How often the listening connection says something, ms: it would be cut as silent otherwise. */
const HEARTBEAT_MS = 3000

/** First and longest wait before LISTEN is set up again, ms. */
const RELISTEN_MIN_MS = 100
const RELISTEN_MAX_MS = 5000

const CHANNEL = 'seon_verify'

/** bigint columns hold epoch ms and counts, all below 2^53: numbers, on this pool alone. */
function readNumbers(): pg.CustomTypesConfig {
  const types = new pg.TypeOverrides()
  types.setTypeParser(pg.types.builtins.INT8, Number)
  return types
}

/**
 * A commit is on disk before it returns, whatever the database or its address say: a webhook's 200 rests on it. And each
 * statement sees what was committed before it: who waited for the writer's place must not read what was before.
 */
const SETTINGS = "set synchronous_commit = on; set default_transaction_isolation = 'read committed'"

/** Readies a connection before its first use. */
function prepare(client: pg.PoolClient, done: (error?: Error) => void): void {
  // One that breaks while it is lent out and idle would end the process; whoever has it hears at the next statement.
  client.on('error', () => undefined)
  client.query(SETTINGS).then(
    () => done(),
    (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
  )
}

function createSocket(): Socket {
  const socket = new Socket()
  return socket.setTimeout(SILENCE_MS, () => socket.destroy(new Error('PostgreSQL does not answer')))
}

/** Connects to `postgres://…`; several nodes may share one database. Throws `StoreUnreachableError`. */
export async function openPostgres(url: string): Promise<Store> {
  const settings: pg.PoolConfig = {
    connectionString: url,
    connectionTimeoutMillis: PATIENCE_MS,
    statement_timeout: PATIENCE_MS,
    // An idle one ends politely before it would be cut.
    idleTimeoutMillis: PATIENCE_MS,
    stream: createSocket,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_MS,
    types: readNumbers(),
  }
  const pool = new pg.Pool({ ...settings, max: 10, verify: prepare })
  // An idle connection that breaks is replaced at the next use; without a listener it would end the process.
  pool.on('error', () => undefined)
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  try {
    await sql`select 1`.execute(db)
  } catch (error) {
    await db.destroy()
    throw new StoreUnreachableError(error)
  }
  await upgrade(url)
  const wakeups = createWakeups()
  const transact: Store['transact'] = (work) => wakeups.commit((begun) => db.transaction().execute(begun), work)
  const others = await listen(settings, wakeups.tell)

  return {
    engine: 'postgres',
    db,
    reader: db,
    transact,
    transactAlone: (work) =>
      transact(async (trx) => {
        await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute(trx)
        return work(trx)
      }),
    readTogether: (work) => db.transaction().setIsolationLevel('repeatable read').execute(work),
    async wake(trx, topic) {
      if (topic === 'inbox') wakeups.tellAfter(trx, topic)
      else await sql`select pg_notify(${CHANNEL}, ${topic})`.execute(trx)
    },
    onWake: wakeups.listen,
    // PostgreSQL's autovacuum reuses the space in its own time.
    forget: async () => undefined,
    async close() {
      await others.close()
      await db.destroy()
    },
  }
}

/** On connections of its own, which wait: to make an index of a million rows takes longer than anybody else should. */
async function upgrade(url: string): Promise<void> {
  const pool = new pg.Pool({ connectionString: url, max: 2, types: readNumbers(), verify: prepare })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  try {
    await migrate(db, 'postgres')
    await db.transaction().execute(async (trx) => {
      await sql`select pg_advisory_xact_lock(${WRITER_LOCK})`.execute(trx)
      await fillTallies(trx)
    })
  } finally {
    await db.destroy()
  }
}

/** A connection of its own that listens, and comes back after every cut; whoever listens is woken then, to catch up. */
async function listen(
  settings: pg.ClientConfig,
  onWake: (topic: WakeTopic) => void,
): Promise<{ close(): Promise<void> }> {
  let closed = false
  let client: pg.Client | undefined
  let timer: NodeJS.Timeout | undefined
  let delay = RELISTEN_MIN_MS

  async function connect(): Promise<void> {
    const next = new pg.Client(settings)
    let lost = false
    let heartbeat: NodeJS.Timeout | undefined
    // Each after the last one's answer: what is only written keeps a dead connection from falling silent.
    const beat = () => {
      next.query('select 1').then(
        () => {
          heartbeat = lost ? undefined : setTimeout(beat, HEARTBEAT_MS)
        },
        () => undefined,
      )
    }
    const handleLoss = () => {
      if (lost) return
      lost = true
      clearTimeout(heartbeat)
      next.end().catch(() => undefined)
      if (closed) return
      timer = setTimeout(() => void connect(), delay * (0.5 + Math.random() / 2))
      delay = Math.min(delay * 2, RELISTEN_MAX_MS)
    }
    next.on('error', handleLoss)
    next.on('end', handleLoss)
    next.on('notification', ({ payload }) => {
      if (payload === 'changes' || payload === 'sessions') onWake(payload)
    })
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
      if (closed) return await next.end()
      beat()
      delay = RELISTEN_MIN_MS
      client = next
      // What was said while nobody listened is gone: everybody looks for themselves.
      for (const topic of ['changes', 'inbox', 'sessions'] as const) onWake(topic)
    } catch {
      handleLoss()
    }
  }

  await connect()
  return {
    async close() {
      closed = true
      clearTimeout(timer)
      await client?.end().catch(() => undefined)
    },
  }
}
