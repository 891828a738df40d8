import assert from 'node:assert/strict'
import { it } from 'node:test'
import { sql } from 'kysely'
import { createIds } from '../../../server/ids.ts'
import { type Arrival, createInbox, InboxFullError } from '../../../server/inbox/inbox.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import { type Store, StoreInUseError } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'
import { readKey } from '../../../server/store/keys.ts'
import { describeStores } from '../../helpers/stores.ts'

const MIB = 1024 * 1024

/** An inbox that counts its transactions. */
async function createBench(store: Store) {
  const hash = createKeyedHash(await readKey(store.db, 'hash'))
  const bench = { commits: 0 }
  const counting: Store = {
    ...store,
    async transact(work) {
      const result = await store.transact(work)
      bench.commits += 1
      return result
    },
  }
  const inbox = createInbox({ store: counting, hash, newId: createIds(), now: Date.now })
  return Object.assign(bench, inbox)
}

function arrival(body: string | Uint8Array, more: Partial<Arrival> = {}): Arrival {
  const bytes = Buffer.from(body)
  return { source: 'seon', environment: 'sandbox', body: bytes, secretId: 's', messageId: null, peer: 'p', ...more }
}

async function readRows(store: Store) {
  const rows = await store.db.selectFrom('deliveries').selectAll().orderBy('id').execute()
  return rows.map((row) => ({ ...row, body: row.body === null ? null : Buffer.from(row.body).toString() }))
}

const outcomesOf = (appended: readonly { outcome: string }[]) => appended.map(({ outcome }) => outcome).toSorted()

describeStores('inbox', (stores) => {
  it('keeps the bytes as they came, waiting to be processed', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    const body = Buffer.from([0, 255, 254, 10, 13, 0, 128])
    const { id, outcome } = await inbox.append(arrival(body))
    assert.equal(outcome, 'accepted')
    const row = await store.db.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow()
    assert.deepEqual([row.id, row.outcome, row.state, row.bytes], [id, 'accepted', 'pending', 7])
    assert.deepEqual(Buffer.from(row.body ?? []), body)
  })

  it('commits what arrives together together: one transaction for many', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    const appended = await Promise.all(Array.from({ length: 150 }, (_, index) => inbox.append(arrival(`${index}`))))
    assert.equal(inbox.commits, 1)
    const rows = await readRows(store)
    assert.deepEqual(
      rows.map(({ id, body }) => `${id} ${body}`),
      appended.map(({ id }, index) => `${id} ${index}`),
    )
  })

  it('gathers the next batch while one commit is under way, and answers each sender after its own', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    const answered: number[] = []
    const send = async (index: number) => {
      await inbox.append(arrival(`${index}`))
      answered.push(index)
      const stored = await store.db.selectFrom('deliveries').select('id').execute()
      assert.ok(stored.length > index, `${index} was answered with ${stored.length} rows stored`)
    }
    const first = send(0)
    await new Promise((resolve) => setImmediate(resolve))
    const later = Array.from({ length: 100 }, (_, index) => send(index + 1))
    await Promise.all([first, ...later])
    assert.equal(inbox.commits, 2)
    assert.equal(answered[0], 0)
  })

  it('takes batches of 200 at most', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    await Promise.all(Array.from({ length: 450 }, (_, index) => inbox.append(arrival(`${index}`))))
    assert.equal(inbox.commits, 3)
    assert.equal((await readRows(store)).length, 450)
  })

  it('accepts a body once, whether its repetition comes in the same batch, later, or at SEON’s other door', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    const together = await Promise.all([inbox.append(arrival('a')), inbox.append(arrival('a'))])
    const later = await inbox.append(arrival('a', { source: 'seon-idv', messageId: 'other' }))
    assert.deepEqual(
      [...together, later].map(({ outcome }) => outcome),
      ['accepted', 'duplicate', 'duplicate'],
    )
    const rows = await readRows(store)
    const [original, ...repeated] = rows
    assert.deepEqual(
      rows.map(({ id }) => id),
      [...together, later].map(({ id }) => id),
      'each answer names its row',
    )
    for (const { outcome, body, state, duplicate_of } of repeated) {
      assert.deepEqual([outcome, body, state, duplicate_of], ['duplicate', null, null, original?.id])
    }
  })

  it('tells apart what only looks the same: another door, another account, another body', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    const appended = await Promise.all([
      inbox.append(arrival('a')),
      inbox.append(arrival('a', { source: 'seon-fraud' })),
      inbox.append(arrival('a', { source: 'seon-fraud', environment: 'live' })),
      inbox.append(arrival('a', { source: 'incode' })),
      inbox.append(arrival('a ')),
      inbox.append(arrival('')),
    ])
    assert.deepEqual(
      outcomesOf(appended),
      Array.from({ length: 6 }, () => 'accepted'),
    )
  })

  it('keeps and flags another body under a message id that is taken, in one batch and across (B1 row 27)', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    const messageId = 'req-1'
    await Promise.all([inbox.append(arrival('a', { messageId })), inbox.append(arrival('b', { messageId }))])
    await inbox.append(arrival('c', { messageId }))
    await inbox.append(arrival('a', { messageId }))
    await inbox.append(arrival('d', { messageId: 'req-2' }))
    await inbox.append(arrival('e', { messageId, source: 'incode' }))
    const rows = await readRows(store)
    assert.deepEqual(
      rows.map(({ body, outcome, reason }) => [body, outcome, reason]),
      [
        ['a', 'accepted', null],
        ['b', 'accepted', 'rid_conflict'],
        ['c', 'accepted', 'rid_conflict'],
        [null, 'duplicate', null],
        ['d', 'accepted', null],
        ['e', 'accepted', null],
      ],
    )
  })

  it('sheds what would not fit into memory, and takes it again once there is room (B1 row 31)', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    const body = Buffer.alloc(2 * MIB)
    const fitting = Array.from({ length: 32 }, () => inbox.append(arrival(body)))
    await assert.rejects(inbox.append(arrival('x')), InboxFullError)
    assert.deepEqual(outcomesOf(await Promise.all(fitting)).slice(0, 2), ['accepted', 'duplicate'])
    assert.equal((await inbox.append(arrival('x'))).outcome, 'accepted')
    assert.equal((await readRows(store)).length, 33)
  })

  it('rejects all of a batch that the store fails, keeps nothing of it, and goes on (B1 row 30)', async () => {
    const store = await stores.open()
    const inbox = await createBench(store)
    await refusePeer(store, 'poison')
    const failed = await Promise.allSettled([
      inbox.append(arrival('a')),
      inbox.append(arrival('a')),
      inbox.append(arrival('b', { peer: 'poison' })),
      inbox.append(arrival('c')),
    ])
    assert.deepEqual(
      failed.map(({ status }) => status),
      Array.from({ length: 4 }, () => 'rejected'),
    )
    assert.deepEqual(await readRows(store), [])
    assert.equal((await inbox.append(arrival('a'))).outcome, 'accepted', 'the sender comes again')
  })

  it('syncs each commit to the disk on every connection, whatever the database or its address say', async () => {
    const url = await stores.createUrl()
    const store = await openStore(url)
    if (store.engine === 'sqlite') {
      for (const db of [store.db, store.reader]) {
        const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db)
        assert.deepEqual({ ...rows[0] }, { synchronous: 2 }, 'FULL')
        const mode = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db)
        assert.deepEqual({ ...mode.rows[0] }, { journal_mode: 'wal' })
      }
      return store.close()
    }
    const database = sql.id(new URL(url).pathname.slice(1))
    await sql`alter database ${database} set synchronous_commit = off`.execute(store.db)
    await sql`alter database ${database} set default_transaction_isolation = 'repeatable read'`.execute(store.db)
    await store.close()
    const again = await openStore(`${url}?options=-c%20synchronous_commit%3Doff`)
    const ask = () =>
      sql<Record<string, string>>`
      select current_setting('synchronous_commit') as commit, current_setting('fsync') as fsync,
        current_setting('transaction_isolation') as isolation`.execute(again.db)
    const answers = await Promise.all(Array.from({ length: 10 }, ask))
    for (const { rows } of answers) {
      assert.deepEqual(rows, [{ commit: 'on', fsync: 'on', isolation: 'read committed' }])
    }
    await again.close()
  })

  it('belongs to one server on SQLite; on PostgreSQL nodes share it, and a body is accepted once among them', async () => {
    const url = await stores.createUrl()
    const store = await openStore(url)
    try {
      if (store.engine === 'sqlite') return await assert.rejects(openStore(url), StoreInUseError)
      const second = await openStore(url)
      try {
        const nodes = [await createBench(store), await createBench(second)]
        // Both meet the same bodies in opposite orders, many at once: the worst case for locks.
        const bodies = Array.from({ length: 120 }, (_, index) => `${index}`)
        const rounds = nodes.flatMap((inbox, node) =>
          (node === 0 ? bodies : bodies.toReversed()).map((body) => inbox.append(arrival(body))),
        )
        const outcomes = outcomesOf(await Promise.all(rounds))
        assert.equal(outcomes.filter((outcome) => outcome === 'accepted').length, bodies.length)
        assert.equal(outcomes.length, 2 * bodies.length)
        const rows = await readRows(second)
        const originals = new Set(rows.filter(({ outcome }) => outcome === 'accepted').map(({ id }) => id))
        for (const { outcome, duplicate_of } of rows) {
          if (outcome === 'duplicate') assert.ok(originals.has(duplicate_of ?? ''))
        }
      } finally {
        await second.close()
      }
    } finally {
      await store.close()
    }
  })
})

/** Makes the engine itself refuse a row, as a full disk or a broken page would, in the middle of a batch. */
async function refusePeer(store: Store, peer: string): Promise<void> {
  if (store.engine === 'sqlite') {
    await sql`create trigger refuse before insert on deliveries when new.peer = ${sql.lit(peer)}
      begin select raise(abort, 'refused'); end`.execute(store.db)
    return
  }
  await sql`create function refuse() returns trigger language plpgsql as
    'begin raise exception ''refused''; end'`.execute(store.db)
  await sql`create trigger refuse before insert on deliveries for each row when (new.peer = ${sql.lit(peer)})
    execute function refuse()`.execute(store.db)
}
