import { z } from 'zod'
import { HttpError } from '../http/errors.ts'
import { EXPORT_FORMATS, SORTS, SOURCES, STATUSES } from '../protocol.ts'
import type { KeyedHash } from '../store/keyed-hash.ts'
import { readSortTime, type VerificationQuery } from '../store/reading/search.ts'
import type { ListedRow } from '../store/reading/verifications.ts'
import { cursorOf, limit, listOf, MAX_LIMIT, term, time, writeCursor } from './query.ts'

const order = z.enum(['asc', 'desc']).default('desc')
const environment = z.enum(['sandbox', 'live'])

/** The sort key of the last item, and the order that it was in. */
const cursor = cursorOf(z.tuple([z.int(), term, z.enum(SORTS), z.enum(['asc', 'desc'])]))

const shared = {
  vendor: z.enum(SOURCES).optional(),
  workflow: term.optional(),
  environment: environment.optional(),
  userId: term.optional(),
  q: term.optional(),
  from: time.optional(),
  to: time.optional(),
  sort: z.enum(SORTS).default('createdAt'),
  order,
  cursor: cursor.optional(),
}

/** Of `GET /api/verifications`. */
export const listSchema = z.strictObject({
  ...shared,
  status: listOf(STATUSES).optional(),
  overdue: z
    .enum(['0', '1'])
    .transform((flag) => flag === '1')
    .optional(),
  limit,
})

/** Of `POST /api/verifications/search`. */
export const searchSchema = z.strictObject({
  ...shared,
  status: z.array(z.enum(STATUSES)).min(1).optional(),
  overdue: z.boolean().optional(),
  email: term.optional(),
  ids: z.array(term).min(1).max(MAX_LIMIT).optional(),
  limit,
})

/** Of `POST /api/exports/verifications`: the same, but all of it. */
export const exportSchema = searchSchema
  .omit({ cursor: true, ids: true, limit: true })
  .extend({ format: z.enum(EXPORT_FORMATS), whole: z.boolean().default(false) })

type Asked = z.output<typeof listSchema> & Pick<z.output<typeof searchSchema>, 'email' | 'ids'>

/** What the store is asked for; null where there can be nothing. `hash` finds e-mail addresses, null where none are looked for. */
export function toStoreQuery(asked: Asked, hash: KeyedHash | null): VerificationQuery | null {
  const { vendor, cursor: after, email, limit: size, ...same } = asked
  // SEON Fraud speaks of users and transactions and never makes a verification.
  if (vendor === 'seon-fraud') return null
  if (after !== undefined && (after[2] !== asked.sort || after[3] !== asked.order)) {
    throw new HttpError(400, 'invalid', { fields: { cursor: 'format' } })
  }
  const hashOf = (address: string) => hash?.('email', address.trim().toLowerCase())
  return {
    ...same,
    vendor,
    emailHash: email === undefined ? undefined : hashOf(email),
    qEmailHash: asked.q?.includes('@') === true ? hashOf(asked.q) : undefined,
    after: after === undefined ? undefined : { at: after[0], id: after[1] },
    limit: size,
  }
}

/** Takes whoever gives it back to behind this item. */
export function writeSearchCursor(last: ListedRow, { sort, order }: Pick<VerificationQuery, 'sort' | 'order'>): string {
  return writeCursor([readSortTime(last, sort), last.id, sort, order])
}
