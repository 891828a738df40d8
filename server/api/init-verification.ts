import { Router } from 'express'
import type { Logger } from 'pino'
import type { OriginRules } from '../auth/origins.ts'
import type { StatusTokens } from '../auth/status-token.ts'
import type { TakeStart } from '../limits/limits.ts'
import type { Environment, InitResponse } from '../protocol.ts'
import type { Starts } from '../store/starts.ts'
import type { SeonApi } from '../vendors/seon-api.ts'
import type { SeonInputs } from '../vendors/seon-inputs.ts'
import { verificationId as idOf } from '../verification/identity.ts'
import { createReadStartOrder, type StartOrderDeps } from './start/start-order.ts'
import { acceptStartRequests } from './start/start-request.ts'

/** A run that SEON has made, to be kept before the visitor hears of it. */
export interface NewRun {
  executionId: string
  userId: string
  /** The workflow's id. */
  workflow: string
  environment: Environment
  email?: string
  transactionIds: string[]
}

export interface InitVerificationDeps extends StartOrderDeps {
  origins: OriginRules
  takeStart: TakeStart
  starts: Starts
  seonApi: SeonApi
  recordInit: (run: NewRun) => Promise<{ verificationId: string }>
  statusTokens: StatusTokens
  /** What the element must tell the SDK to talk to; null live. */
  sandboxUrl: () => string | null
  log: Logger
}

/**
 * `POST /api/init-verification`: starts a verification at SEON, or answers again the one that the same caller has just
 * started. Body and errors as in `InitRequest` and `ErrorBody`; answers `InitResponse`. Every call that reaches SEON costs
 * money, so who asks, from where, how often and whether once more is settled before.
 */
export function createInitVerification(deps: InitVerificationDeps): Router {
  const { environment } = deps.config
  const readStartOrder = createReadStartOrder(deps)
  const router = Router()

  router.use('/', acceptStartRequests(deps.origins, environment === 'live'))
  router.post('/', async (request, response) => {
    const order = await readStartOrder(request, { byLink: true })
    const { inputs, workflowId, linkId } = order
    const { verificationId, token } = await deps.starts.create(order, async () => {
      await deps.takeStart(request, response, inputs.user_id)
      const run = await deps.seonApi.initWorkflow(workflowId, inputs)
      if (linkId !== null) {
        await deps.links.began(linkId, idOf({ environment, vendor: 'seon', vendorId: run.executionId }))
      }
      const { verificationId } = await deps.recordInit(toNewRun(run.executionId, workflowId, environment, inputs))
      deps.log.info({ event: 'verification_created', verificationId, workflowId }, 'A verification was started')
      return { verificationId, token: run.token }
    })
    // It may also be one that was begun a moment ago without the link.
    if (linkId !== null) await deps.links.began(linkId, verificationId)

    const sandboxUrl = deps.sandboxUrl()
    const answer: InitResponse = {
      token,
      statusToken: await deps.statusTokens.issue(verificationId),
      ...(sandboxUrl === null ? {} : { sandboxUrl }),
    }
    response.json(answer)
  })
  return router
}

function toNewRun(executionId: string, workflow: string, environment: Environment, inputs: SeonInputs): NewRun {
  const { user_id: userId, email, transaction_id: transactionId } = inputs
  return {
    executionId,
    userId,
    workflow,
    environment,
    ...(email === undefined ? {} : { email }),
    transactionIds: transactionId === undefined ? [] : [transactionId],
  }
}
