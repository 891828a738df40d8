import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe } from 'node:test'
import { openStore } from '../../server/store/engine/open-store.ts'
import type { Store } from '../../server/store/engine/store.ts'
import { openDatabases, type TestDatabases, withoutPostgres } from './postgres.ts'

/** Opens stores for one suite; all are closed and removed when it ends. */
export interface Stores {
  /** A new, empty store. */
  open(): Promise<Store>
  /** The URL of a new, empty store, for processes that open it themselves. */
  createUrl(): Promise<string>
}

/** Runs the same suite against SQLite and, where this machine has it, PostgreSQL. */
export function describeStores(name: string, suite: (stores: Stores) => void): void {
  describe(`${name} on SQLite`, () => {
    let folder = ''
    let count = 0
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'seon-verify-test-'))
    })
    // Hooks run in order: stores are closed before what they stand on goes.
    suite(withCleanup(async () => `sqlite:${join(folder, `${++count}.db`)}`))
    after(() => rm(folder, { recursive: true, force: true }))
  })
  describe(`${name} on PostgreSQL`, { skip: withoutPostgres }, () => {
    let postgres: TestDatabases | undefined
    before(async () => {
      postgres = await openDatabases()
    })
    suite(
      withCleanup(async () => {
        if (postgres === undefined) throw new Error('PostgreSQL is not up')
        return postgres.createDatabase()
      }),
    )
    after(() => postgres?.remove())
  })
}

function withCleanup(createUrl: () => Promise<string>): Stores {
  const opened: Store[] = []
  after(async () => {
    for (const store of opened) await store.close()
  })
  return {
    createUrl,
    async open() {
      const store = await openStore(await createUrl())
      opened.push(store)
      return store
    },
  }
}
