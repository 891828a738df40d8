import { openPostgres } from './postgres.ts'
import { openSqlite } from './sqlite.ts'
import type { Store } from './store.ts'

/** Opens `sqlite:<path>` or `postgres://…` and brings its schema up to date. Throws `StoreInUseError`, `StoreUnreachableError`. */
export function openStore(url: string): Promise<Store> {
  return url.startsWith('sqlite:') ? openSqlite(url.slice('sqlite:'.length)) : openPostgres(url)
}
