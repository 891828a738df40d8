import { type RawBuilder, sql } from 'kysely'
import type { Environment, Sort, Status, Vendor } from '../../protocol.ts'
import { readKinds } from '../engine/kinds.ts'
import type { KindTable } from '../engine/schema.ts'
import type { Db, Store } from '../engine/store.ts'
import { LISTED, type ListedRow } from './verifications.ts'

export interface VerificationQuery {
  status?: readonly Status[] | undefined
  vendor?: Vendor | undefined
  workflow?: string | undefined
  environment?: Environment | undefined
  overdue?: boolean | undefined
  userId?: string | undefined
  /** Finds exact user, vendor and own ids. */
  q?: string | undefined
  /** With `q`: finds by the hash of an e-mail as well. */
  qEmailHash?: string | undefined
  emailHash?: string | undefined
  /** Only among these. */
  ids?: readonly string[] | undefined
  /** Bounds of the time that is sorted by, epoch ms; `from` included, `to` not. */
  from?: number | undefined
  to?: number | undefined
  sort: Sort
  order: 'asc' | 'desc'
  /** The last item of the page before. */
  after?: { at: number; id: string } | undefined
  limit: number
}

const COLUMNS = { createdAt: 'created_at', updatedAt: 'updated_at', decidedAt: 'decided_at' } as const

/** The time of a row that a sort goes by. */
export function readSortTime(row: ListedRow, sort: Sort): number {
  return row[COLUMNS[sort]] ?? 0
}

/** A page, in order. What no index answers at once is put together from what several do. */
export async function searchVerifications(
  { reader: db, engine }: Pick<Store, 'reader' | 'engine'>,
  query: VerificationQuery,
): Promise<ListedRow[]> {
  const few = selectFew(query)
  if (few !== null) return readAmong(db, query, few)
  const kinds = await readKinds(db)
  const wanted = kinds.filter((kind) => isWanted(query, kind))
  if (wanted.length === 0) return []
  if (wanted.length === kinds.length) return readAmong(db, query, null)
  if (engine === 'postgres') return readAmong(db, query, joinKinds(query))
  return readAmong(db, query, wanted.length > MOST_KINDS ? null : mergeKinds(query, wanted))
}

/** Counting further than this would keep others waiting for a figure that nobody needs to the last digit. */
const MOST_COUNTED = 200_000

/** How many there are in all, whatever `after` and `limit` say; null where there are too many to count them all. */
export async function countFound(
  { reader: db }: Pick<Store, 'reader'>,
  query: VerificationQuery,
): Promise<number | null> {
  const { sort, from, to } = query
  const few = selectFew(query)
  if (few === null && from === undefined && to === undefined && sort !== 'decidedAt') {
    const kinds = await readKinds(db)
    return kinds.reduce((sum, kind) => sum + (isWanted(query, kind) ? kind.count : 0), 0)
  }
  const bounds = [...filtersOf(query), ...boundsOf({ ...query, after: undefined })]
  if (few !== null) bounds.push(sql`id in (${few})`)
  const { rows } = await sql<{ count: number }>`select count(*) as count from
    (select 1 as one from verifications where ${sql.join(bounds, sql` and `)} limit ${MOST_COUNTED + 1}) as found`.execute(
    db,
  )
  const count = rows[0]?.count ?? 0
  return count > MOST_COUNTED ? null : count
}

/** Below SQLite's 500 terms of a compound select. */
const MOST_KINDS = 400

function isWanted(query: VerificationQuery, kind: KindTable): boolean {
  return (
    (query.status === undefined || query.status.includes(kind.status)) &&
    (query.vendor === undefined || query.vendor === kind.vendor) &&
    (query.workflow === undefined || query.workflow === kind.workflow) &&
    (query.environment === undefined || query.environment === kind.environment) &&
    (query.overdue === undefined || query.overdue === (kind.overdue === 1))
  )
}

/** What a search that names something can only mean: a handful, looked up before anything else. */
function selectFew({ ids, emailHash, q, qEmailHash, userId }: VerificationQuery): RawBuilder<unknown> | null {
  const by = (column: string, value: string) =>
    sql`select id as found from verifications where ${sql.ref(column)} = ${value}`
  if (ids !== undefined) return sql`select id as found from verifications where id in (${sql.join(ids)})`
  if (emailHash !== undefined) return by('email_hash', emailHash)
  if (q !== undefined) {
    const found = [by('user_id', q), by('vendor_id', q), by('id', q)]
    if (qEmailHash !== undefined) found.push(by('email_hash', qEmailHash))
    return sql.join(found, sql` union `)
  }
  return userId === undefined ? null : by('user_id', userId)
}

// Verifications of one kind lie in every order in an index: a page is the first of each kind, and of these the first. Each
// engine has its own words for that: SQLite cannot join to each row, and PostgreSQL plans a long union for longer than it runs.

function mergeKinds(query: VerificationQuery, kinds: readonly KindTable[]): RawBuilder<unknown> {
  const { at, direction } = orderOf(query)
  const parts = kinds.map(({ environment, vendor, workflow, status, overdue }) => {
    const bounds = [
      sql`environment = ${environment} and vendor = ${vendor} and status = ${status} and overdue = ${overdue}`,
      workflow === '' ? sql`workflow is null` : sql`workflow = ${workflow}`,
      ...boundsOf(query),
    ]
    return sql`select * from (select id as found, ${at} as at from verifications where ${sql.join(bounds, sql` and `)}
      order by ${at} ${direction}, id ${direction} limit ${query.limit}) as kind`
  })
  return firstOf(query, sql.join(parts, sql` union all `))
}

function joinKinds(query: VerificationQuery): RawBuilder<unknown> {
  const { at, direction } = orderOf(query)
  const joined = [
    { kinds: sql`kind.workflow <> ''`, ofWorkflow: sql`of.workflow = kind.workflow` },
    { kinds: sql`kind.workflow = ''`, ofWorkflow: sql`of.workflow is null` },
  ].map(({ kinds, ofWorkflow }) => {
    const wanted = [sql`count > 0`, kinds, ...kindOf(query)]
    const bounds = [
      sql`of.environment = kind.environment and of.vendor = kind.vendor`,
      sql`of.status = kind.status and of.overdue = kind.overdue`,
      ofWorkflow,
      ...boundsOf(query),
    ]
    return sql`select part.* from (select * from kinds as kind where ${sql.join(wanted, sql` and `)}) as kind
      cross join lateral (select id as found, ${at} as at from verifications as of where ${sql.join(bounds, sql` and `)}
        order by ${at} ${direction}, id ${direction} limit ${query.limit}) as part`
  })
  return firstOf(query, sql.join(joined, sql` union all `))
}

function firstOf(query: VerificationQuery, found: RawBuilder<unknown>): RawBuilder<unknown> {
  const { direction } = orderOf(query)
  return sql`select found from (${found}) as kinds order by at ${direction}, found ${direction} limit ${query.limit}`
}

/** `among`: where to look, null for everywhere. */
async function readAmong(db: Db, query: VerificationQuery, among: RawBuilder<unknown> | null): Promise<ListedRow[]> {
  const { at, direction } = orderOf(query)
  const bounds = [...filtersOf(query), ...boundsOf(query)]
  // SQLite reads what is joined by `cross join` in this order, whatever else might seem to help.
  const from = among === null ? sql`verifications` : sql`(${among}) as among cross join verifications`
  if (among !== null) bounds.push(sql`id = found`)
  const where = bounds.length === 0 ? sql`` : sql`where ${sql.join(bounds, sql` and `)}`
  const columns = sql.join(LISTED.map((name) => sql.ref(name)))
  const { rows } = await sql<ListedRow>`select ${columns} from ${from} ${where}
    order by ${at} ${direction}, id ${direction} limit ${query.limit}`.execute(db)
  return rows
}

function orderOf({ sort, order }: VerificationQuery) {
  return { at: sql.ref(COLUMNS[sort]), direction: sql.raw(order) }
}

/** Where in the order a page begins, and between which times it lies. */
function boundsOf(query: VerificationQuery): RawBuilder<unknown>[] {
  const { sort, order, from, to, after } = query
  const { at } = orderOf(query)
  const bounds: RawBuilder<unknown>[] = []
  // What has no such time is left out, which both engines read off the index.
  if (from !== undefined || sort === 'decidedAt') bounds.push(sql`${at} >= ${from ?? Number.MIN_SAFE_INTEGER}`)
  if (to !== undefined) bounds.push(sql`${at} < ${to}`)
  if (after !== undefined) {
    const beyond = sql.raw(order === 'desc' ? '<' : '>')
    bounds.push(sql`(${at}, id) ${beyond} (${after.at}, ${after.id})`)
  }
  return bounds
}

function filtersOf(query: VerificationQuery): RawBuilder<unknown>[] {
  const { userId, emailHash, q, qEmailHash = null } = query
  const filters = kindOf(query)
  if (userId !== undefined) filters.push(sql`user_id = ${userId}`)
  if (emailHash !== undefined) filters.push(sql`email_hash = ${emailHash}`)
  if (q !== undefined) {
    filters.push(sql`(user_id = ${q} or vendor_id = ${q} or id = ${q} or email_hash = ${qEmailHash})`)
  }
  return filters
}

/** What both verifications and their kinds say of a kind. */
function kindOf({ status, vendor, workflow, environment, overdue }: VerificationQuery): RawBuilder<unknown>[] {
  const filters: RawBuilder<unknown>[] = []
  if (status !== undefined) filters.push(sql`status in (${sql.join(status)})`)
  if (vendor !== undefined) filters.push(sql`vendor = ${vendor}`)
  if (workflow !== undefined) filters.push(sql`workflow = ${workflow}`)
  if (environment !== undefined) filters.push(sql`environment = ${environment}`)
  if (overdue !== undefined) filters.push(sql`overdue = ${overdue ? 1 : 0}`)
  return filters
}
