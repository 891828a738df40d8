import { ConfigError, readConfig } from './config/config.ts'
import { openStore } from './store/engine/open-store.ts'
import { StoreInUseError } from './store/engine/store.ts'
import { rebuild } from './store/projection/rebuild.ts'

// `npm run rebuild`: folds every verification anew from the kept reports, then counts all of them, during which
// nobody else can write: stop the servers on PostgreSQL, too, where there are hundreds of thousands.

try {
  process.loadEnvFile()
} catch {
  // There need not be one.
}

try {
  const store = await openStore(readConfig(process.env).databaseUrl)
  const { verifications, changed } = await rebuild(store, Date.now)
  console.log(`${verifications} verifications folded from their reports, ${changed} changed`)
  await store.close()
} catch (error) {
  if (!(error instanceof ConfigError || error instanceof StoreInUseError)) throw error
  console.error(error instanceof StoreInUseError ? `${error.message}. Stop that one first.` : error.message)
  process.exitCode = 78
}
