import { Router } from 'express'
import { z } from 'zod'
import { type AccessDeps, requireRole } from '../auth/access.ts'
import { HttpError } from '../http/errors.ts'
import { type Environment, VENDORS } from '../protocol.ts'
import { readStatistics } from '../statistics/read-statistics.ts'
import type { Store } from '../store/engine/store.ts'
import { parseWith, term, time } from './query.ts'

const DAY_MS = 24 * 60 * 60 * 1000
const DEFAULT_MS = 7 * DAY_MS
/** A year and a month; what is longer reads more than it shows. */
const LONGEST_MS = 400 * DAY_MS

const querySchema = z.strictObject({
  from: time.optional(),
  to: time.optional(),
  workflow: term.optional(),
  vendor: z.enum(VENDORS).optional(),
  environment: z.enum(['sandbox', 'live']).optional(),
})

/** `GET /api/statistics`, for operators: see `Statistics`. 400 `invalid` where the period is empty, or longer than 400 days. */
export function createStatisticsRoute(
  deps: AccessDeps & { store: Store; environment: Environment; now: () => number },
): Router {
  const { store, now } = deps
  const router = Router()
  router.use(requireRole(deps, 'viewer'))

  router.get('/', async (request, response) => {
    const asked = parseWith(querySchema, request.query)
    const { environment = deps.environment, workflow, vendor, to = now() } = asked
    const from = asked.from ?? to - DEFAULT_MS
    if (from >= to) throw new HttpError(400, 'invalid', { fields: { from: 'format' } })
    if (to - from > LONGEST_MS) throw new HttpError(400, 'invalid', { fields: { from: 'too_long' } })
    const query = { environment, from, to, workflow, vendor }
    response.json(await store.readTogether((trx) => readStatistics(trx, query)))
  })

  return router
}
