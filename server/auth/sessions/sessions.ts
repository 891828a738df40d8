import { createHash, randomBytes } from 'node:crypto'
import type { ExpressionBuilder } from 'kysely'
import type { Environment } from '../../protocol.ts'
import type { Database, SessionTable } from '../../store/engine/schema.ts'
import type { Store, Trx } from '../../store/engine/store.ts'
import type { Grant, Grants } from './grants.ts'

/** A working day and a night: nobody is signed out at noon, and a forgotten screen is by the next day. */
export const LIFETIME_MS = 12 * 60 * 60 * 1000

/** Without a request or an open dashboard: a browser that was closed, a laptop that was taken along. */
export const IDLE_MS = 60 * 60 * 1000

/** How exactly it is known when a session was last seen, ms: a write a minute, not one a request. */
const SEEN_WITHIN_MS = 60_000

/** 256 bits: not to be guessed. */
const SECRET_BYTES = 32

export interface NewSession extends Grant {
  name: string
  /** Whose it is: the same for every session of one person. */
  subject: string
  device: string
  /** What the provider gave, for signing out there. */
  idToken: string | null
  /** The id of the session that the browser has so far: whoever signs in again leaves nothing behind. */
  replaces: string | null
}

/** Sessions of one environment: what was opened in the sandbox opens nothing live, on whichever store. */
export interface Sessions {
  /** The answer is the new cookie's value. */
  start(trx: Trx, session: NewSession): Promise<{ cookie: string; expiresAt: number }>
  /** The session of that cookie, or null where it is unknown, ended, expired, or what gave its role gives it no more. */
  find(cookie: string): Promise<SessionTable | null>
  /** Whether one still holds, without its counting as seen. */
  holds(id: string): Promise<boolean>
  /** Of these the ones that still hold; they count as seen now. */
  keepAlive(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** All that hold, or one person's; the newest first. */
  list(subject: string | null): Promise<SessionTable[]>
  /** Ends one, and its sockets on every node. Null where there is none, or it is not this person's. */
  end(trx: Trx, id: string, subject: string | null): Promise<SessionTable | null>
  purge(): Promise<void>
}

export interface SessionsDeps {
  store: Store
  environment: Environment
  grants: Grants
  now: () => number
}

export function createSessions({ store, environment, grants, now }: SessionsDeps): Sessions {
  const { db } = store

  function isAlive(eb: ExpressionBuilder<Database, 'sessions'>) {
    return eb.and([
      eb('environment', '=', environment),
      eb('expires_at', '>', now()),
      eb('last_seen_at', '>', now() - IDLE_MS),
    ])
  }

  /**
   * Ends those whose grounds are gone; the others. For good, although a node with older settings thereby ends what a newer one has
   * opened: a rule that comes back must not bring back a session of somebody whom the provider lets in no more.
   */
  async function keepGranted(rows: readonly SessionTable[]): Promise<SessionTable[]> {
    for (const row of rows) if (!grants.holds(row)) await store.transact((trx) => end(trx, row.id, null))
    return rows.filter((row) => grants.holds(row))
  }

  async function findAlive(ids: readonly string[]): Promise<SessionTable[]> {
    return keepGranted(await db.selectFrom('sessions').selectAll().where('id', 'in', ids).where(isAlive).execute())
  }

  async function touch(rows: readonly SessionTable[]): Promise<void> {
    const ids = rows.filter((row) => row.last_seen_at < now() - SEEN_WITHIN_MS).map(({ id }) => id)
    if (ids.length > 0) await db.updateTable('sessions').set({ last_seen_at: now() }).where('id', 'in', ids).execute()
  }

  async function end(trx: Trx, id: string, subject: string | null): Promise<SessionTable | null> {
    const row = await trx
      .deleteFrom('sessions')
      .where('id', '=', id)
      .where('environment', '=', environment)
      .$if(subject !== null, (query) => query.where('subject', '=', subject))
      .returningAll()
      .executeTakeFirst()
    if (row !== undefined) await store.wake(trx, 'sessions')
    return row ?? null
  }

  return {
    async start(trx, { name, role, grounds, subject, device, idToken, replaces }) {
      const cookie = randomBytes(SECRET_BYTES).toString('base64url')
      const at = now()
      await trx
        .insertInto('sessions')
        .values({
          id: digest(cookie),
          environment,
          operator: name,
          role,
          grounds,
          subject,
          device,
          id_token: idToken,
          created_at: at,
          last_seen_at: at,
          expires_at: at + LIFETIME_MS,
        })
        .execute()
      if (replaces !== null) await end(trx, replaces, null)
      return { cookie, expiresAt: at + LIFETIME_MS }
    },
    async find(cookie) {
      const [row = null] = await findAlive([digest(cookie)])
      if (row !== null) await touch([row])
      return row
    },
    holds: async (id) => (await findAlive([id])).length > 0,
    async keepAlive(ids) {
      const alive = await findAlive(ids)
      await touch(alive)
      return new Set(alive.map(({ id }) => id))
    },
    async list(subject) {
      const rows = await db
        .selectFrom('sessions')
        .selectAll()
        .where(isAlive)
        .$if(subject !== null, (query) => query.where('subject', '=', subject))
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .execute()
      return keepGranted(rows)
    },
    end,
    async purge() {
      const over = now()
      await db
        .deleteFrom('sessions')
        .where((eb) => eb.or([eb('expires_at', '<=', over), eb('last_seen_at', '<=', over - IDLE_MS)]))
        .execute()
    },
  }
}

/** What is stored of a cookie: whoever reads the store cannot sign in with it. The value is random, so no salt. */
export function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('hex')
}
