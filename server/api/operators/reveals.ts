import { Router } from 'express'
import { z } from 'zod'
import type { Audit } from '../../audit/audit.ts'
import { type AccessDeps, operatorOf, requireRole } from '../../auth/access.ts'
import { HttpError } from '../../http/errors.ts'
import type { Revealed, RevealRequest } from '../../protocol.ts'
import type { Store } from '../../store/engine/store.ts'
import { readDelivery } from '../../store/reading/deliveries.ts'
import { readVerifications } from '../../store/reading/verifications.ts'
import { readJsonBody, requireJson } from '../json-body.ts'
import { parseWith, term } from '../query.ts'

/** A kind and an id; bytes. */
const MAX_BODY_BYTES = 1024

const schema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('userId'), id: term }),
  z.strictObject({ kind: z.literal('body'), id: z.uuid() }),
])

const ACTIONS = { userId: 'user_revealed', body: 'body_revealed' } as const

/** `POST /api/reveals` → `Revealed`, for admins: recorded first, answered then. */
export function createRevealRoutes(deps: AccessDeps & { store: Store; audit: Audit }): Router {
  const { store, audit } = deps
  const router = Router()

  router.post('/', requireRole(deps, 'admin'), requireJson, readJsonBody(MAX_BODY_BYTES), async (request, response) => {
    const asked: RevealRequest = parseWith(schema, request.body)
    const value = await read(asked)
    if (value === null) throw new HttpError(404, 'not_found')
    await audit.record({ action: ACTIONS[asked.kind], operator: operatorOf(request).name, subject: asked.id })
    const revealed: Revealed = { value }
    response.json(revealed)
  })

  async function read({ kind, id }: RevealRequest): Promise<string | null> {
    if (kind === 'userId') return (await readVerifications(store.reader, [id]))[0]?.userId ?? null
    const body = (await readDelivery(store.reader, id))?.body ?? null
    return body === null ? null : Buffer.from(body).toString('utf8')
  }

  return router
}
