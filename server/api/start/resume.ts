import { type Request, Router } from 'express'
import { z } from 'zod'
import { readBearer } from '../../auth/credentials.ts'
import type { OriginRules } from '../../auth/origins.ts'
import type { StatusTokens } from '../../auth/status-token.ts'
import { userTokenInvalid } from '../../auth/user-token.ts'
import { isLinkBearer } from '../../links/link-code.ts'
import type { ResumeResponse } from '../../protocol.ts'
import type { Store } from '../../store/engine/store.ts'
import type { Standing } from '../../store/reading/standing.ts'
import { readVerifications } from '../../store/reading/verifications.ts'
import { parseWith, term } from '../query.ts'
import { findWorkflow, type StartOrderDeps } from './start-order.ts'
import { acceptStartRequests } from './start-request.ts'

const resumeSchema = z.object({ userId: term.optional(), workflow: z.string().optional() })

type Answer = Pick<ResumeResponse, 'mayStart'> & Pick<Standing, 'found'> & { site?: string | null }

/** `POST /api/resume` → `ResumeResponse`: where a visitor who comes back stands. Reads only; a user token is not used up. */
export function createResume(
  deps: StartOrderDeps & { origins: OriginRules; statusTokens: StatusTokens; store: Store },
): Router {
  const { config, verifyUserToken, links, readStanding, store } = deps
  const live = config.environment === 'live'
  const router = Router()

  async function resumeLink(bearer: string): Promise<Answer> {
    const link = await links.look(bearer)
    const { refusal, found } = link.isProven ? await readStanding(link.userId, link.workflowId) : nobody
    const { site } = link
    if (refusal !== null) return { mayStart: false, found, site }
    const [own] = link.verificationId === null ? [] : await readVerifications(store.db, [link.verificationId])
    return { mayStart: link.isOpen, found: own ?? null, site }
  }

  async function resumeUser(request: Request): Promise<Answer> {
    const body = parseWith(resumeSchema, request.body)
    const token = readBearer(request)
    const hasToken = request.get('Authorization') !== undefined
    if ((hasToken || verifyUserToken !== null) && (token === null || verifyUserToken === null)) throw userTokenInvalid()
    const user = token === null || verifyUserToken === null ? null : await verifyUserToken(token)
    const userId = user?.userId ?? (live ? undefined : body.userId)
    // A page that has changed its user before its token would take what is found for the new one's.
    const isOther = user !== null && body.userId !== undefined && body.userId !== userId
    if (userId === undefined || isOther) return { mayStart: true, found: null }
    const workflowId = findWorkflow(config, user?.workflow ?? body.workflow ?? null)
    const { refusal, found } = await readStanding(userId, workflowId)
    return { mayStart: refusal === null, found }
  }

  router.use('/', acceptStartRequests(deps.origins, live))
  router.post('/', async (request, response) => {
    const bearer = readBearer(request)
    const { mayStart, found, site } =
      bearer !== null && isLinkBearer(bearer) ? await resumeLink(bearer) : await resumeUser(request)
    const answer: ResumeResponse = {
      mayStart,
      found: found && {
        status: found.status,
        revision: found.revision,
        statusToken: await deps.statusTokens.issue(found.id),
      },
      ...(site ? { site } : {}),
    }
    response.json(answer)
  })
  return router
}

const nobody: Standing = { refusal: null, found: null }
