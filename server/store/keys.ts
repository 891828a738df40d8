import { randomBytes } from 'node:crypto'
import type { Db } from './engine/store.ts'

/** 256 bits, the size of the HMAC-SHA256 keys these are. */
const KEY_BYTES = 32

/** What each key is for; a key serves one purpose. */
export type KeyName = 'status-token' | 'session' | 'hash' | 'incode-token' | 'receipt' | `sandbox-${string}`

/** The key of that name, made at first use and the same on every node since. */
export async function readKey(db: Db, name: KeyName): Promise<Uint8Array> {
  await db
    .insertInto('keys')
    .values({ name, value: randomBytes(KEY_BYTES) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await db.selectFrom('keys').select('value').where('name', '=', name).executeTakeFirstOrThrow()
  return new Uint8Array(value)
}
