import { Router } from 'express'
import type { OriginRules } from '../../auth/origins.ts'
import type { StatusTokens } from '../../auth/status-token.ts'
import type { TakeStart } from '../../limits/limits.ts'
import { issueLinkStatusToken } from '../../links/follow.ts'
import type { LinkResponse } from '../../protocol.ts'
import { createReadStartOrder, type StartOrderDeps } from './start-order.ts'
import { acceptStartRequests } from './start-request.ts'

/**
 * `POST /api/links` → `LinkResponse`: a link to our hosted page, where this visitor may go on on another device. It costs
 * nothing until then, but counts as a start toward INIT_LIMITS, or a script could fill the store with links.
 */
export function createLinkRoute(
  deps: StartOrderDeps & {
    origins: OriginRules
    takeStart: TakeStart
    statusTokens: StatusTokens
    publicUrl: () => string
  },
): Router {
  const readStartOrder = createReadStartOrder(deps)
  const router = Router()
  router.use('/', acceptStartRequests(deps.origins, deps.config.environment === 'live'))
  router.post('/', async (request, response) => {
    const order = await readStartOrder(request, { byLink: false })
    await deps.takeStart(request, response, order.inputs.user_id)
    const { id, code, expiresAt } = await deps.links.create({ ...order, site: request.get('Origin') ?? null })
    const answer: LinkResponse = {
      url: `${deps.publicUrl()}/verify/${code}`,
      statusToken: await issueLinkStatusToken(deps.statusTokens, id),
      expiresAt: new Date(expiresAt).toISOString(),
    }
    response.json(answer)
  })
  return router
}
