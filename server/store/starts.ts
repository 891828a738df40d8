import { setTimeout as delay } from 'node:timers/promises'
import { HttpError } from '../http/errors.ts'
import type { Environment, Status } from '../protocol.ts'
import type { StartTable } from './engine/schema.ts'
import type { Store, Trx } from './engine/store.ts'
import type { KeyedHash } from './keyed-hash.ts'

/** How long a start is answered again: long enough for reloads and retries, too short to come back to somebody's run. */
const ANSWERED_MS = 10 * 60_000
/** After this a start under way counts as dead: the vendor gets 8 s, the store the rest. */
const LEASE_MS = 15_000
/** Between looks at a start that another node has under way. */
const POLL_MS = 100

export interface Started {
  verificationId: string
  /** SEON's session token. */
  token: string
}

export interface StartRequest {
  /** Who proves to be the same caller, e.g. `sub:…`; null for nobody: always a new run. */
  identity: string | null
  workflowId: string
  inputs: Readonly<Record<string, unknown>>
  /** The user token it came with; it belongs to one run. `expiresAt` in epoch ms. */
  userToken: { jti: string; expiresAt: number } | null
}

export interface Starts {
  /**
   * Begins a run, or answers the one that the same caller began with the same inputs and workflow within ten minutes
   * and that is still `created`. At any time one request, on whatever node, begins it; the others wait for its result.
   * Throws 401 `user_token_used` where the token's run is not to be started any more.
   */
  create(request: StartRequest, begin: () => Promise<Started>): Promise<Started>
  /** Deletes what can no longer be asked for. */
  purge(): Promise<void>
}

export interface StartsDeps {
  store: Pick<Store, 'db' | 'transact'>
  hash: KeyedHash
  /** Starts of one are no answer to the other's, on whichever store. */
  environment: Environment
  statusOf: (verificationId: string) => Promise<Status | null>
  now?: () => number
  sleep?: (ms: number) => Promise<unknown>
}

/** What to do about a start: answer it, begin it (as the holder of the row made at that time), or look again later. */
type Step = { answer: Started } | { beginAt: number } | 'wait' | 'again'

export function createStarts({
  store,
  hash,
  environment,
  statusOf,
  now = Date.now,
  sleep = delay,
}: StartsDeps): Starts {
  const { db } = store
  const underWay = new Map<string, Promise<Started>>()

  async function decide(key: string, userToken: StartRequest['userToken']): Promise<Step> {
    const row = await db.selectFrom('starts').selectAll().where('key', '=', key).executeTakeFirst()
    const used = userToken && (await readUsed(userToken.jti))
    if (used && used !== (row && holding(row))) throw new HttpError(401, 'user_token_used')
    const expired = row === undefined || row.expires_at <= now()
    if (row && !isDone(row) && !expired) return 'wait'
    if (row && isDone(row)) {
      if (!expired && (await statusOf(row.verification_id)) === 'created') {
        if (userToken && !used && !(await spend(db, userToken, holding(row)))) return 'again'
        return { answer: { verificationId: row.verification_id, token: row.token } }
      }
      if (used) throw new HttpError(401, 'user_token_used')
    }
    return reserve(key, row, userToken, used)
  }

  async function readUsed(jti: string): Promise<string | null> {
    const row = await db.selectFrom('used_tokens').select('start_key').where('jti', '=', jti).executeTakeFirst()
    return row?.start_key ?? null
  }

  async function reserve(
    key: string,
    row: StartTable | undefined,
    userToken: StartRequest['userToken'],
    used: string | null,
  ): Promise<Step> {
    // Later than the row before, so that the time alone tells their holders apart.
    const createdAt = Math.max(now(), (row?.created_at ?? 0) + 1)
    const values = { key, verification_id: null, token: null, created_at: createdAt, expires_at: createdAt + LEASE_MS }
    try {
      await store.transact(async (trx) => {
        if (!(row === undefined ? await insertStart(trx, values) : await replaceStart(trx, row, values)))
          throw new Lost()
        if (userToken === null) return
        if (used !== null) await trx.deleteFrom('used_tokens').where('jti', '=', userToken.jti).execute()
        if (!(await spend(trx, userToken, holding(values)))) throw new Lost()
      })
      return { beginAt: createdAt }
    } catch (error) {
      if (error instanceof Lost) return 'again'
      throw error
    }
  }

  async function run(
    key: string,
    createdAt: number,
    jti: string | null,
    begin: () => Promise<Started>,
  ): Promise<Started> {
    try {
      const { verificationId, token } = await begin()
      await db
        .updateTable('starts')
        .set({ verification_id: verificationId, token, expires_at: createdAt + ANSWERED_MS })
        .where('key', '=', key)
        .where('created_at', '=', createdAt)
        .execute()
      return { verificationId, token }
    } catch (error) {
      // Where even this fails the lease runs out.
      await release(key, createdAt, jti).catch(() => undefined)
      throw error
    }
  }

  async function release(key: string, createdAt: number, jti: string | null): Promise<void> {
    await store.transact(async (trx) => {
      await trx.deleteFrom('starts').where('key', '=', key).where('created_at', '=', createdAt).execute()
      if (jti === null) return
      const holder = holding({ key, created_at: createdAt })
      await trx.deleteFrom('used_tokens').where('jti', '=', jti).where('start_key', '=', holder).execute()
    })
  }

  return {
    async create({ identity, workflowId, inputs, userToken }, begin) {
      if (identity === null) return begin()
      const key = hash('start', environment, identity, workflowId, stableJson(inputs))
      for (;;) {
        const step = await decide(key, userToken)
        if (step === 'again') continue
        if (step === 'wait') {
          await (underWay.get(key) ?? sleep(POLL_MS))
        } else if ('answer' in step) {
          return step.answer
        } else {
          const running = run(key, step.beginAt, userToken?.jti ?? null, begin)
          underWay.set(key, running)
          return await running.finally(() => underWay.delete(key))
        }
      }
    },
    async purge() {
      await db.deleteFrom('starts').where('expires_at', '<=', now()).execute()
      await db.deleteFrom('used_tokens').where('expires_at', '<=', now()).execute()
    },
  }
}

/** Another request was faster: look again. */
class Lost extends Error {}

/** Names one start among those that a key has had. */
const holding = ({ key, created_at }: Pick<StartTable, 'key' | 'created_at'>) => `${key}@${created_at}`

type DoneStart = StartTable & { verification_id: string; token: string }

const isDone = (row: StartTable): row is DoneStart => row.verification_id !== null && row.token !== null

async function insertStart(trx: Trx, values: StartTable): Promise<boolean> {
  const insert = trx
    .insertInto('starts')
    .values(values)
    .onConflict((conflict) => conflict.column('key').doNothing())
  return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n
}

async function replaceStart(trx: Trx, row: StartTable, values: StartTable): Promise<boolean> {
  const update = trx
    .updateTable('starts')
    .set(values)
    .where('key', '=', row.key)
    .where('created_at', '=', row.created_at)
    .where('token', row.token === null ? 'is' : '=', row.token)
  return (await update.executeTakeFirst()).numUpdatedRows === 1n
}

async function spend(
  db: Store['db'],
  { jti, expiresAt }: { jti: string; expiresAt: number },
  startKey: string,
): Promise<boolean> {
  const insert = db
    .insertInto('used_tokens')
    .values({ jti, start_key: startKey, expires_at: expiresAt })
    .onConflict((conflict) => conflict.column('jti').doNothing())
  return (await insert.executeTakeFirst()).numInsertedOrUpdatedRows === 1n
}

/** The same text whatever order the fields came in. */
const stableJson = (value: unknown): string =>
  JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
