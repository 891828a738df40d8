import { Router } from 'express'
import { z } from 'zod'
import { type AccessDeps, requireRole } from '../auth/access.ts'
import { HttpError } from '../errors.ts'
import type { Replay } from '../inbox/replay.ts'
import { type DeliveryDetail, type DeliveryPage, OUTCOMES, SOURCES } from '../protocol.ts'
import { queryDeliveries, readDelivery, toDelivery } from '../store/deliveries.ts'
import type { Store } from '../store/store.ts'
import { readJsonBody, requireJson } from './json-body.ts'
import { cursorOf, limit, listOf, parseWith, time, writeCursor } from './query.ts'

/** Our own ids; nothing else is looked for. PostgreSQL would not even take a text with a zero character. */
const deliveryId = z.uuid()

const querySchema = z.strictObject({
  outcome: listOf(OUTCOMES).optional(),
  source: z.enum(SOURCES).optional(),
  cursor: cursorOf(z.tuple([deliveryId])).optional(),
  limit,
})

/** More than a person picks by hand; a range of time has no such bound. */
const MAX_IDS = 1000

/** A thousand ids and some. */
const MAX_REPLAY_BYTES = 64 * 1024

const dryRun = z.boolean().default(false)
const byIdsSchema = z.strictObject({ ids: z.array(deliveryId).min(1).max(MAX_IDS), dryRun })
const byTimeSchema = z.strictObject({
  from: time,
  to: time,
  source: z.enum(SOURCES).optional(),
  outcome: listOf(OUTCOMES).optional(),
  dryRun,
})

/**
 * `GET /api/deliveries` (newest first, paged) and `GET /api/deliveries/:id` (with its body as text), for operators;
 * `POST /api/deliveries/replay` and `POST /api/deliveries/:id/replay`, for admins.
 */
export function createDeliveryRoutes(deps: AccessDeps & { store: Store; replay: Replay }): Router {
  const { store, replay } = deps
  const router = Router()
  const asAdmin = requireRole(deps, 'admin')
  router.use(requireRole(deps, 'viewer'))

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
    const row = await readDelivery(store.reader, parseId(request.params.id))
    if (row === null) throw new HttpError(404, 'not_found')
    const body = row.body === null ? null : Buffer.from(row.body).toString('utf8')
    const detail: DeliveryDetail = { ...toDelivery(row), body }
    response.set('Cache-Control', 'no-store').json(detail)
  })

  router.post('/replay', asAdmin, requireJson, readJsonBody(MAX_REPLAY_BYTES), async (request, response) => {
    const body: unknown = request.body
    const hasIds = typeof body === 'object' && body !== null && 'ids' in body
    const { dryRun: isDry, ...asked } = hasIds ? parseWith(byIdsSchema, body) : parseWith(byTimeSchema, body)
    // Whoever has left does not wait for the rest of a long range; what is replayed stays.
    const leaving = new AbortController()
    response.on('close', () => leaving.abort())
    response.json(await replay(asked, { dryRun: isDry, signal: leaving.signal }))
  })

  router.post('/:id/replay', asAdmin, async (request, response) => {
    const result = await replay({ ids: [parseId(request.params['id'])] })
    if (result.matched === 0) throw new HttpError(404, 'not_found')
    response.json(result)
  })

  return router
}

function parseId(value: unknown): string {
  const id = deliveryId.safeParse(value)
  if (!id.success) throw new HttpError(404, 'not_found')
  return id.data
}
