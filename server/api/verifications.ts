import { type Request, Router } from 'express'
import { z } from 'zod'
import { type AccessDeps, requireReader, seesPersonalData } from '../auth/access.ts'
import { HttpError } from '../errors.ts'
import { maskUser } from '../personal.ts'
import { SOURCES, STATUSES, type VerificationPage } from '../protocol.ts'
import type { Store } from '../store/store.ts'
import { queryVerifications, readDetail, toVerification } from '../store/verifications.ts'
import { cursorOf, limit, listOf, parseWith, term, time, writeCursor } from './query.ts'

const querySchema = z.strictObject({
  status: listOf(STATUSES).optional(),
  userId: term.optional(),
  vendor: z.enum(SOURCES).optional(),
  q: term.optional(),
  from: time.optional(),
  to: time.optional(),
  cursor: cursorOf(z.tuple([z.int(), term])).optional(),
  limit,
})

const show = <T extends { userId: string | null }>(request: Request, item: T): T =>
  seesPersonalData(request) ? item : maskUser(item)

/** `GET /api/verifications` (newest first, paged) and `GET /api/verifications/:id` (with timeline), for operators and API_TOKEN. */
export function createVerificationRoutes(deps: AccessDeps & { store: Store }): Router {
  const { store } = deps
  const router = Router()
  router.use(requireReader(deps))

  router.get('/', async (request, response) => {
    const { cursor, ...query } = parseWith(querySchema, request.query)
    // SEON Fraud speaks of users and transactions and never makes a verification.
    if (query.vendor === 'seon-fraud') {
      const none: VerificationPage = { items: [], next: null }
      response.json(none)
      return
    }
    // One more than asked tells whether there is a next page.
    const rows = await queryVerifications(store.reader, {
      ...(query.status === undefined ? {} : { status: query.status }),
      ...(query.userId === undefined ? {} : { userId: query.userId }),
      ...(query.vendor === undefined ? {} : { vendor: query.vendor }),
      ...(query.q === undefined ? {} : { q: query.q }),
      ...(query.from === undefined ? {} : { from: query.from }),
      ...(query.to === undefined ? {} : { to: query.to }),
      ...(cursor === undefined ? {} : { after: { createdAt: cursor[0], id: cursor[1] } }),
      limit: query.limit + 1,
    })
    const items = rows.slice(0, query.limit)
    const last = rows.length > query.limit ? items.at(-1) : undefined
    const page: VerificationPage = {
      items: items.map((row) => show(request, toVerification(row))),
      next: last === undefined ? null : writeCursor([last.created_at, last.id]),
    }
    response.json(page)
  })

  router.get('/:id', async (request, response) => {
    const id = term.safeParse(request.params.id)
    const detail = id.success ? await readDetail(store.reader, id.data) : null
    if (detail === null) throw new HttpError(404, 'not_found')
    response.json(show(request, detail))
  })

  return router
}
