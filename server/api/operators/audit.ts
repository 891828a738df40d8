import { Router } from 'express'
import { z } from 'zod'
import type { Audit } from '../../audit/audit.ts'
import { type AccessDeps, requireRole } from '../../auth/access.ts'
import { AUDIT_ACTIONS } from '../../protocol.ts'
import { limit, parseWith } from '../query.ts'

const querySchema = z.strictObject({
  action: z.enum(AUDIT_ACTIONS).optional(),
  /** The last entry's id of the page before. */
  cursor: z.uuid().optional(),
  limit,
})

/** `GET /api/audit` → `AuditPage`, for admins. */
export function createAuditRoutes(deps: AccessDeps & { audit: Audit }): Router {
  const router = Router()
  router.get('/', requireRole(deps, 'admin'), async (request, response) => {
    const { cursor, ...query } = parseWith(querySchema, request.query)
    response.json(await deps.audit.read({ ...query, before: cursor }))
  })
  return router
}
