import { Router } from 'express'
import { z } from 'zod'
import { type AccessDeps, operatorOf, requireRole } from '../../auth/access.ts'
import { clearSessionCookie } from '../../auth/sessions/session-cookie.ts'
import { HttpError } from '../../http/errors.ts'
import type { OperatorSession, OperatorSessions } from '../../protocol.ts'
import type { SessionTable } from '../../store/engine/schema.ts'

/** The hash of a cookie; nothing else is looked for. */
const sessionId = z.string().regex(/^[0-9a-f]{64}$/)

/** `GET /api/sessions` and `DELETE /api/sessions/:id` (204; 404): all of them to admins, their own to viewers. */
export function createSessionListRoutes(deps: AccessDeps): Router {
  const { operators } = deps
  const router = Router()
  router.use(requireRole(deps, 'viewer'))

  router.get('/', async (request, response) => {
    const operator = operatorOf(request)
    const rows = await operators.listSessions(operator)
    const list: OperatorSessions = { items: rows.map((row) => toSession(row, operator.sessionId)) }
    response.json(list)
  })

  router.delete('/:id', async (request, response) => {
    const operator = operatorOf(request)
    const id = sessionId.safeParse(request.params.id)
    const ended = id.success ? await operators.endSession(operator, id.data) : null
    if (ended === null) throw new HttpError(404, 'not_found')
    if (ended.id === operator.sessionId) clearSessionCookie(response, deps.publicUrl())
    response.status(204).end()
  })

  return router
}

function toSession(row: SessionTable, ownId: string | null): OperatorSession {
  return {
    id: row.id,
    operator: row.operator,
    role: row.role,
    device: row.device,
    since: new Date(row.created_at).toISOString(),
    lastSeen: new Date(row.last_seen_at).toISOString(),
    expiresAt: new Date(row.expires_at).toISOString(),
    current: row.id === ownId,
  }
}
