import { DatabaseSync } from 'node:sqlite'
import pg from 'pg'
import { openStore } from '../../server/store/engine/open-store.ts'
import { createKeyedHash } from '../../server/store/keyed-hash.ts'
import { readKey } from '../../server/store/keys.ts'
import type { BenchStore } from './stage.ts'

// Stores as they are after a year, made by the database itself: a million verifications with ten million reports would take
// hours through the doors. Everything follows from a verification's number, so both engines and both sizes are alike.

export const REPORTS_EACH = 10
const DELIVERIES_EACH = 2
const CHANGES_EACH = 3
const YEAR_MS = 365 * 24 * 3_600_000

/** An address that the store knows; ten verifications carry it. */
export const EMAIL = 'ada.byron@example.com'

export const WORKFLOWS = ['onboarding', 'kyb', 'age', 'login'] as const

/** Fills an empty store with `count` verifications; returns how long the server's first start on it takes, ms. */
export async function fillStore(store: BenchStore, url: string, count: number): Promise<number> {
  const empty = await openStore(url)
  const hash = createKeyedHash(await readKey(empty.db, 'hash'))
  await empty.close()
  await execute(store, url, statements(count, hash('email', EMAIL)))
  // Counts what is there, as in a store of before anything was counted.
  const startedAt = performance.now()
  await (await openStore(url)).close()
  return performance.now() - startedAt
}

async function execute(store: BenchStore, url: string, sql: readonly string[]): Promise<void> {
  if (store.name === 'SQLite') {
    const database = new DatabaseSync(url.slice('sqlite:'.length))
    database.exec('pragma journal_mode = off; pragma synchronous = off; pragma cache_size = -4000000')
    for (const each of sql) database.exec(each)
    database.exec('pragma journal_mode = wal')
    database.close()
    return
  }
  const client = new pg.Client(url)
  await client.connect()
  for (const each of [...sql, 'vacuum analyze']) await client.query(each)
  await client.end()
}

/** Numbers from 0, as a table: both engines know it so. */
const numbers = (count: number) =>
  `with recursive n(i) as (select cast(0 as bigint) union all select i + 1 from n where i < ${count - 1})`

/** Ids lie in an order of their own, as hashes do; the prime keeps them apart. */
const idOf = (n: string) => `'ver_' || (1000000000000000 + (${n}) * 670000000079 % 999999999989) || '0000000000000000'`

/** A number that looks like chance, below `below`. */
const chance = (n: string, salt: number, below: number) =>
  `((${n}) * 2654435761 + ${salt} * 40503) % 4294967291 % ${below}`

const detail = JSON.stringify({
  checks: ['document', 'selfie', 'liveness', 'face_match'].map((group) => ({
    group,
    name: 'overall',
    result: 'pass',
    deliveryId: '01900000-0000-7000-8000-000000000000',
  })),
  flags: [],
  provenance: { status: '01900000-0000-7000-8000-000000000000', userId: 'init', workflow: 'init' },
})

function statements(count: number, emailHash: string): string[] {
  const now = Date.now()
  const createdAt = (n: string) => `(${now} - (${count} - (${n})) * ${Math.floor(YEAR_MS / count)})`
  const decided = `status in ('approved', 'declined', 'expired', 'abandoned', 'error')`
  const users = Math.ceil(count / 3)
  const kind = chance('i', 1, 1000)
  const vendor = chance('i', 2, 20)
  return [
    `insert into verifications (id, vendor, vendor_id, environment, user_id, workflow, status, decided_at, created_at,
        updated_at, revision, overdue, email_hash, judged_at, reached, last_step, detail)
      select ${idOf('i')}, vendor, 'run-' || i, case when ${chance('i', 3, 10)} = 0 then 'live' else 'sandbox' end,
        'user-' || (i * 7919 % ${users}), case vendor when 'seon-idv' then null when 'incode' then 'flow-1' else
          case ${chance('i', 4, 4)} ${WORKFLOWS.map((name, index) => `when ${index} then '${name}'`).join(' ')} end end,
        status, case when ${decided} then at + took end, at, at + took, i + 1,
        case when status = 'submitted' and ${chance('i', 5, 4)} = 0 then 1 else 0 end,
        case when i % ${Math.floor(count / 10)} = 7 then '${emailHash}' else 'hash-' || i end,
        case when ${decided} or status = 'review' then at + took end,
        case when status in ('approved', 'declined', 'review') then 'decided' when status in ('submitted', 'finished')
          then 'submitted' when status in ('started', 'processing', 'abandoned') then 'started' else 'created' end,
        case ${chance('i', 6, 4)} when 0 then 'opened' when 1 then 'started' when 2 then 'error_code_4' else 'init' end,
        '${detail}'
      from (${numbers(count)} select i, ${createdAt('i')} as at, 20000 + ${chance('i', 7, 7_200_000)} as took,
        case when ${vendor} < 2 then 'incode' when ${vendor} = 2 then 'seon-idv' else 'seon' end as vendor,
        case when ${kind} < 620 then 'approved' when ${kind} < 740 then 'declined' when ${kind} < 800 then 'review'
          when ${kind} < 870 then 'abandoned' when ${kind} < 930 then 'expired' when ${kind} < 950 then 'cancelled'
          when ${kind} < 980 then 'created' when ${kind} < 990 then 'started' when ${kind} < 995 then 'submitted'
          when ${kind} < 997 then 'error' when ${kind} < 999 then 'processing' else 'finished' end as status from n) as made`,
    `insert into links (verification_id, environment, key)
      select id, environment, 'user:' || user_id from verifications`,
    `insert into reports (id, verification_id, subject, environment, kind, source, event, user_id, occurred_at,
        received_at, delivery_id, data)
      select 'report-' || (1000000000 + i), ${idOf(`i / ${REPORTS_EACH}`)}, 'run:run-' || (i / ${REPORTS_EACH}), 'sandbox',
        case when i % ${REPORTS_EACH} < ${DELIVERIES_EACH} then 'report' when i % ${REPORTS_EACH} = 2 then 'init' else 'hint' end,
        case when i % ${REPORTS_EACH} < ${DELIVERIES_EACH} then 'seon' when i % ${REPORTS_EACH} = 2 then 'server' else 'page' end,
        case when i % ${REPORTS_EACH} < ${DELIVERIES_EACH} then 'orchestration/workflow_execution_updated' else 'opened' end,
        null, case when i % ${REPORTS_EACH} < ${DELIVERIES_EACH} then ${createdAt(`i / ${REPORTS_EACH}`)} end,
        ${createdAt(`i / ${REPORTS_EACH}`)} + 200 + ${chance('i', 8, 3000)},
        case when i % ${REPORTS_EACH} < ${DELIVERIES_EACH} then 'delivery-' || (1000000000 + i) end,
        '{"status":"started","workflow":"onboarding","detail":"RUNNING"}'
      from (${numbers(count * REPORTS_EACH)} select i from n) as made`,
    `insert into deliveries (id, source, environment, received_at, outcome, event, bytes, dedupe_key, verification_id)
      select delivery_id, 'seon', environment, received_at,
        case when received_at % 1000 < 5 then 'unrecognised' else 'accepted' end, event, 640, 'key-' || id, verification_id
      from reports where delivery_id is not null`,
    `insert into changes (revision, verification_id, status, previous_status, decided_at, at)
      select i + 1, ${idOf(`i / ${CHANGES_EACH}`)}, 'started', 'created', null, ${createdAt(`i / ${CHANGES_EACH}`)}
      from (${numbers(count * CHANGES_EACH)} select i from n) as made`,
  ]
}
