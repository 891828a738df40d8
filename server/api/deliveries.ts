import { Router } from 'express'
import { z } from 'zod'
import { type AccessDeps, requireOperator } from '../auth/access.ts'
import { HttpError } from '../errors.ts'
import { type DeliveryPage, OUTCOMES, SOURCES } from '../protocol.ts'
import { queryDeliveries, toDelivery } from '../store/deliveries.ts'
import type { Store } from '../store/store.ts'
import { cursorOf, limit, listOf, parseWith, writeCursor } from './query.ts'

const querySchema = z.strictObject({
  outcome: listOf(OUTCOMES).optional(),
  source: z.enum(SOURCES).optional(),
  cursor: cursorOf(z.tuple([z.string()])).optional(),
  limit,
})

/** `GET /api/deliveries` (newest first, paged) and `GET /api/deliveries/:id` (with its body as text), for operators. */
export function createDeliveryRoutes(deps: AccessDeps & { store: Store }): Router {
  const { store } = deps
  const router = Router()
  router.use(requireOperator(deps))

  router.get('/', async (request, response) => {
    const { outcome, source, cursor, limit: size } = parseWith(querySchema, request.query)
    const rows = await queryDeliveries(store.reader, {
      ...(outcome === undefined ? {} : { outcome }),
      ...(source === undefined ? {} : { source }),
      ...(cursor === undefined ? {} : { before: cursor[0] }),
      limit: size + 1,
    })
    const items = rows.slice(0, size)
    const last = rows.length > size ? items.at(-1) : undefined
    const page: DeliveryPage = {
      items: items.map(toDelivery),
      next: last === undefined ? null : writeCursor([last.id]),
    }
    response.json(page)
  })

  router.get('/:id', async (request, response) => {
    const row = await store.reader
      .selectFrom('deliveries')
      .selectAll()
      .where('id', '=', request.params.id)
      .executeTakeFirst()
    if (row === undefined) throw new HttpError(404, 'not_found')
    const body = row.body === null ? null : Buffer.from(row.body).toString('utf8')
    response.set('Cache-Control', 'no-store').json({ ...toDelivery(row), body })
  })

  return router
}
