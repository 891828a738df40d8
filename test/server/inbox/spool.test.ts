import assert from 'node:assert/strict'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after, before, describe, it } from 'node:test'
import { pino } from 'pino'
import { createIds } from '../../../server/ids.ts'
import { type Arrival, createInbox, type Inbox } from '../../../server/inbox/inbox.ts'
import { openSpool, type Spool } from '../../../server/inbox/spool.ts'
import { openStore } from '../../../server/store/engine/open-store.ts'
import type { Store } from '../../../server/store/engine/store.ts'
import { createKeyedHash } from '../../../server/store/keyed-hash.ts'

let folder = ''
let count = 0
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seon-verify-spool-'))
})
after(() => rm(folder, { recursive: true, force: true }))

function arrival(text: string, source: Arrival['source'] = 'seon-fraud'): Arrival {
  const body = Buffer.from(text)
  return { source, environment: 'sandbox', body, secretId: 'secret', messageId: 'message', peer: 'peer' }
}

interface Bench {
  path: string
  store: Store
  spool: Spool
  /** What the store does from now on. */
  away: 'no' | 'refuses' | 'is silent'
  clock: { now: number }
  log: string[]
  open(): Spool
}

/** A spool before a real inbox; only the way to the store is the test's. */
async function createBench(options: { maxBytes?: number } = {}): Promise<Bench> {
  const path = join(folder, `${++count}`, 'spool.db')
  const store = await openStore(`sqlite:${join(folder, `${count}.db`)}`)
  after(() => store.close())
  const clock = { now: Date.parse('2026-11-20T10:00:00Z') }
  const now = () => clock.now
  const newId = createIds(now)
  const inbox = createInbox({ store, hash: createKeyedHash(Buffer.alloc(32, 1)), newId, now })
  const lines: string[] = []
  const log = pino({}, { write: (line: string) => lines.push(line) })
  const reach = async <T>(work: () => Promise<T>): Promise<T> => {
    if (bench.away === 'refuses') throw new Error('connection refused')
    return bench.away === 'is silent' ? new Promise<T>(() => undefined) : work()
  }
  const distant: Pick<Inbox, 'append' | 'restore'> = {
    append: (given) => reach(() => inbox.append(given)),
    restore: (given) => reach(() => inbox.restore(given)),
  }
  const open = () => openSpool({ path, inbox: distant, log, newId, now, ...options })
  const bench: Bench = { path, store, spool: open(), away: 'no', clock, log: lines, open }
  return bench
}

function readDeliveries({ store }: Bench) {
  return store.db
    .selectFrom('deliveries')
    .select(['id', 'source', 'outcome', 'body', 'received_at'])
    .orderBy('id')
    .execute()
}

const textOf = (body: Uint8Array | null) => Buffer.from(body ?? []).toString()

/** The file and what SQLite keeps beside it. */
async function readFiles(path: string): Promise<Buffer> {
  return Buffer.concat(await Promise.all([path, `${path}-wal`].map((each) => readFile(each))))
}

describe('spool', () => {
  it('lets everything through while the store is there', async () => {
    const bench = await createBench()
    assert.equal((await bench.spool.append(arrival('a'))).outcome, 'accepted')
    assert.equal((await bench.spool.append(arrival('a'))).outcome, 'duplicate')
    assert.equal((await readDeliveries(bench)).length, 2)
  })

  it('B1 row 30: keeps what is sent only once, and refuses what is sent again', async () => {
    const bench = await createBench()
    bench.away = 'refuses'
    for (const source of ['seon', 'seon-idv', 'incode'] as const) {
      await assert.rejects(bench.spool.append(arrival(source, source)))
    }
    assert.equal((await bench.spool.append(arrival('a'))).outcome, 'spooled')
    await assert.rejects(bench.spool.drain())
    assert.equal(bench.spool.count(), 1)
    bench.away = 'no'
    await bench.spool.drain()
    assert.equal(bench.spool.count(), 0)
    const [kept, ...others] = await readDeliveries(bench)
    assert.equal(textOf(kept?.body ?? null), 'a')
    assert.deepEqual(others, [])
  })

  it('moves in the order of arrival, with the ids and times of then; nobody overtakes', async () => {
    const bench = await createBench()
    const texts = Array.from({ length: 45 }, (_, index) => `event ${index}`)
    const ids: string[] = []
    bench.away = 'refuses'
    for (const [index, text] of texts.entries()) {
      if (index === 30) bench.away = 'no'
      const { id, outcome } = await bench.spool.append(arrival(text))
      assert.equal(outcome, 'spooled', 'once some wait, the next ones wait behind them')
      ids.push(id)
      bench.clock.now += 1000
    }
    bench.clock.now += 3_600_000
    await bench.spool.drain()
    const kept = await readDeliveries(bench)
    assert.deepEqual(
      kept.map(({ id, body, received_at }) => ({ id, text: textOf(body), received_at })),
      texts.map((text, index) => ({
        id: ids[index],
        text,
        received_at: Date.parse('2026-11-20T10:00:00Z') + index * 1000,
      })),
    )
    assert.equal((await bench.spool.append(arrival('next'))).outcome, 'accepted')
  })

  it('does not wait for a store that does not answer, and knows what that took after all', async () => {
    const bench = await createBench()
    bench.away = 'is silent'
    const since = performance.now()
    assert.equal((await bench.spool.append(arrival('a'))).outcome, 'spooled')
    assert.ok(performance.now() - since < 5000)
    const again = performance.now()
    assert.equal((await bench.spool.append(arrival('b'))).outcome, 'spooled')
    assert.ok(performance.now() - again < 1000, 'nor does the next one')
  })

  it('moves nothing twice when it is killed between the inbox and the file', async () => {
    const bench = await createBench()
    bench.away = 'refuses'
    for (const text of ['a', 'b', 'a', 'c']) await bench.spool.append(arrival(text))
    bench.away = 'no'
    const file = new DatabaseSync(bench.path)
    const rows = file.prepare('select * from spool').all()
    await bench.spool.drain()
    const once = await readDeliveries(bench)
    assert.deepEqual(
      once.map(({ outcome, body }) => `${outcome} ${textOf(body)}`),
      ['accepted a', 'accepted b', 'duplicate ', 'accepted c'],
    )
    // As if the file had never heard of it.
    const insert = file.prepare('insert into spool values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
    for (const row of rows) insert.run(...Object.values(row))
    file.close()
    await bench.open().drain()
    assert.deepEqual(await readDeliveries(bench), once)
  })

  it('may be shared by two servers of one machine', async () => {
    const bench = await createBench()
    const other = bench.open()
    bench.away = 'refuses'
    for (const text of ['a', 'b']) await bench.spool.append(arrival(text))
    await other.append(arrival('c'))
    bench.away = 'no'
    await Promise.all([bench.spool.drain(), other.drain()])
    assert.deepEqual(
      (await readDeliveries(bench)).map(({ outcome, body }) => `${outcome} ${textOf(body)}`),
      ['accepted a', 'accepted b', 'accepted c'],
    )
  })

  it('B1 row 30: is bounded, and says loudly that it is full; what it holds stays good', async () => {
    const maxBytes = 256 * 1024
    const bench = await createBench({ maxBytes })
    bench.away = 'refuses'
    let held = 0
    const append = () => bench.spool.append(arrival(`${held} ${'x'.repeat(10_000)}`))
    await assert.rejects(async () => {
      for (; held < 1000; held++) await append()
    }, /full/)
    assert.ok(held > 10)
    assert.ok((await stat(bench.path)).size <= maxBytes)
    assert.match(bench.log.at(-1) ?? '', /"level":60.*"event":"spool_full"/)
    bench.away = 'no'
    await bench.spool.drain()
    assert.equal((await readDeliveries(bench)).length, held)
    bench.away = 'refuses'
    assert.equal((await append()).outcome, 'spooled', 'there is room again')
  })

  it('leaves nothing of a body on this machine once it is in the inbox', async () => {
    const bench = await createBench()
    bench.away = 'refuses'
    await bench.spool.append(arrival('Ada Example, 1 Invented Street'))
    assert.ok((await readFiles(bench.path)).includes('Invented Street'))
    bench.away = 'no'
    await bench.spool.drain()
    const file = new DatabaseSync(bench.path)
    assert.deepEqual(file.prepare('select * from spool').all(), [])
    file.close()
    assert.ok(!(await readFiles(bench.path)).includes('Invented Street'))
  })

  it('moves by itself once the store is back', async () => {
    const bench = await createBench()
    bench.away = 'refuses'
    await bench.spool.append(arrival('a'))
    const running = bench.spool.start()
    after(() => running.stop())
    bench.away = 'no'
    while ((await readDeliveries(bench)).length === 0) await new Promise((resolve) => setTimeout(resolve, 20))
  })

  it('says at once that a path cannot be written', async () => {
    const bench = await createBench()
    const inbox: Pick<Inbox, 'append' | 'restore'> = {
      append: () => Promise.reject(new Error()),
      restore: () => Promise.reject(new Error()),
    }
    const rest = { inbox, log: pino({ level: 'silent' }), newId: () => '', now: Date.now }
    assert.throws(() => openSpool({ path: join(bench.path, 'spool.db'), ...rest }))
    assert.throws(() => openSpool({ path: folder, ...rest }))
  })
})
