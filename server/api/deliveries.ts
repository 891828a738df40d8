import { Router } from 'express'
import { z } from 'zod'
import type { Audit } from '../audit/audit.ts'
import { type AccessDeps, operatorOf, requireRole } from '../auth/access.ts'
import type { Operator } from '../auth/operators.ts'
import { watchSession } from '../auth/watch-session.ts'
import { HttpError } from '../http/errors.ts'
import type { Replay, ReplaySelection } from '../inbox/replay.ts'
import { type AuditEntry, type DeliveryDetail, type DeliveryPage, OUTCOMES, SOURCES } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import { queryDeliveries, readDelivery, toDelivery } from '../store/reading/deliveries.ts'
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

const detailSchema = z.strictObject({
  body: z
    .enum(['0', '1'])
    .default('1')
    .transform((value) => value === '1'),
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
 * `GET /api/deliveries` (newest first, paged) and `GET /api/deliveries/:id`, for operators; for admins with its body as
 * text, which is recorded, unless `?body=0` says that it is not wanted. `POST /api/deliveries/replay` and
 * `POST /api/deliveries/:id/replay`, for admins; recorded, too. A replay ends with the session that asked for it, and when whoever
 * waits for it leaves; that is recorded once more, with how far it came.
 */
export function createDeliveryRoutes(deps: AccessDeps & { store: Store; replay: Replay; audit: Audit }): Router {
  const { store, replay, audit } = deps
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
    const id = parseId(request.params.id)
    const { body: asksForBody } = parseWith(detailSchema, request.query)
    const row = await readDelivery(store.reader, id)
    if (row === null) throw new HttpError(404, 'not_found')
    const { name, role } = operatorOf(request)
    const shown = asksForBody && role === 'admin' ? row.body : null
    if (shown !== null) await audit.record({ action: 'body_revealed', operator: name, subject: id })
    const detail: DeliveryDetail = {
      ...toDelivery(row),
      body: shown === null ? null : Buffer.from(shown).toString('utf8'),
      hasBody: row.body !== null,
    }
    response.set('Cache-Control', 'no-store').json(detail)
  })

  router.post('/replay', asAdmin, requireJson, readJsonBody(MAX_REPLAY_BYTES), async (request, response) => {
    const body: unknown = request.body
    const hasIds = typeof body === 'object' && body !== null && 'ids' in body
    const { dryRun: isDry, ...asked } = hasIds ? parseWith(byIdsSchema, body) : parseWith(byTimeSchema, body)
    const operator = operatorOf(request)
    if (!isDry) await recordReplay(operator, asked)
    const leaving = new AbortController()
    response.on('close', () => leaving.abort())
    const session = watchSession(operator, deps)
    try {
      const signal = AbortSignal.any([leaving.signal, session.ended])
      const { stopped = false, ...result } = await replay(asked, { dryRun: isDry, signal })
      if (stopped && !isDry) {
        const why = session.ended.aborted ? 'session_ended' : 'left'
        const detail = { why, deliveries: result.matched }
        await audit.record({ action: 'replay_stopped', operator: operator.name, detail })
      }
      if (stopped) throw new HttpError(401, 'unauthorized')
      response.json(result)
    } finally {
      session.stop()
    }
  })

  router.post('/:id/replay', asAdmin, async (request, response) => {
    const asked = { ids: [parseId(request.params['id'])] }
    await recordReplay(operatorOf(request), asked)
    const result = await replay(asked)
    if (result.matched === 0) throw new HttpError(404, 'not_found')
    response.json(result)
  })

  async function recordReplay({ name }: Operator, asked: ReplaySelection): Promise<void> {
    const [only, ...others] = 'ids' in asked ? asked.ids : []
    await audit.record({
      action: 'replayed',
      operator: name,
      ...(only !== undefined && others.length === 0 ? { subject: only } : { detail: describe(asked) }),
    })
  }

  return router
}

function describe(asked: ReplaySelection): AuditEntry['detail'] {
  if ('ids' in asked) return { deliveries: asked.ids.length }
  const { from, to, source, outcome } = asked
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    ...(source === undefined ? {} : { source }),
    ...(outcome === undefined ? {} : { outcome: outcome.join(',') }),
  }
}

function parseId(value: unknown): string {
  const id = deliveryId.safeParse(value)
  if (!id.success) throw new HttpError(404, 'not_found')
  return id.data
}
