import { type Request, Router } from 'express'
import type { Logger } from 'pino'
import { readBearer } from '../auth/credentials.ts'
import { allowEmbedders, type OriginRules, requireEmbedder } from '../auth/origins.ts'
import type { StatusTokens } from '../auth/status-token.ts'
import { type UserToken, userTokenInvalid, type VerifyUserToken } from '../auth/user-token.ts'
import type { Config } from '../config.ts'
import { HttpError } from '../errors.ts'
import type { TakeStart } from '../limits.ts'
import type { Environment, InitResponse } from '../protocol.ts'
import type { Starts } from '../store/starts.ts'
import type { SeonApi } from '../vendors/seon-api.ts'
import { parseInitBody, type SeonInputs } from '../vendors/seon-inputs.ts'
import { readJsonBody, requireJson } from './json-body.ts'

/** Several times what every field of SEON's table takes together; a picture goes by reference. */
const MAX_BODY_BYTES = 64 * 1024
/** Long enough that nobody guesses it, as it answers a run's token again; a UUID has 36. */
const IDEMPOTENCY_KEY = /^[\x21-\x7e]{16,255}$/

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

export interface InitVerificationDeps {
  config: Pick<Config, 'environment' | 'seon'>
  origins: OriginRules
  /** Null where USER_TOKEN_SECRET is not set: user ids are then taken as the page gives them. */
  verifyUserToken: VerifyUserToken | null
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
 * money, so who asks, from where and how often is settled before.
 */
export function createInitVerification(deps: InitVerificationDeps): Router {
  const { config, origins, verifyUserToken } = deps
  const live = config.environment === 'live'
  const router = Router()

  async function readUserToken(request: Request): Promise<UserToken | null> {
    if (request.get('Authorization') === undefined) {
      if (verifyUserToken !== null) throw userTokenInvalid()
      return null
    }
    const token = readBearer(request)
    if (token === null || verifyUserToken === null) throw userTokenInvalid()
    return verifyUserToken(token)
  }

  function readFields(body: unknown, token: UserToken | null): { inputs: SeonInputs; workflowId: string } {
    const read = parseInitBody(body, { live, token })
    if (!read.ok) throw new HttpError(400, 'invalid', { fields: read.fields })
    const workflowId = read.workflow === null ? config.seon.workflowId : config.seon.workflows.get(read.workflow)
    if (workflowId === undefined) throw new HttpError(400, 'invalid', { fields: { workflow: 'unknown_workflow' } })
    return { inputs: read.inputs, workflowId }
  }

  /** Who may be answered a run's tokens again: naming a user id suffices only in the sandbox. */
  function readIdentity(request: Request, userToken: UserToken | null, userId: string): string | null {
    const key = request.get('Idempotency-Key')
    if (key !== undefined && !IDEMPOTENCY_KEY.test(key)) {
      throw new HttpError(400, 'invalid', { fields: { 'Idempotency-Key': 'format' } })
    }
    if (userToken !== null) return `sub:${userToken.userId}`
    if (!live) return `user:${userId}`
    return key === undefined ? null : `key:${key}`
  }

  router.use('/', (_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
    next()
  })
  router.use('/', allowEmbedders(origins, 'POST'))

  router.post(
    '/',
    requireJson,
    requireEmbedder(origins),
    requirePage(live),
    readJsonBody(MAX_BODY_BYTES),
    async (request, response) => {
      const userToken = await readUserToken(request)
      const { inputs, workflowId } = readFields(request.body, userToken)
      const userId = inputs.user_id
      const identity = readIdentity(request, userToken, userId)

      const { verificationId, token } = await deps.starts.create(
        { identity, workflowId, inputs, userToken },
        async () => {
          await deps.takeStart(request, response, userId)
          const run = await deps.seonApi.initWorkflow(workflowId, inputs)
          const { verificationId } = await deps.recordInit(
            toNewRun(run.executionId, workflowId, config.environment, inputs),
          )
          deps.log.info({ event: 'verification_created', verificationId, workflowId }, 'A verification was started')
          return { verificationId, token: run.token }
        },
      )

      const sandboxUrl = deps.sandboxUrl()
      const answer: InitResponse = {
        token,
        statusToken: await deps.statusTokens.issue(verificationId),
        ...(sandboxUrl === null ? {} : { sandboxUrl }),
      }
      response.json(answer)
    },
  )

  router.all('/', () => {
    throw new HttpError(405, 'method_not_allowed', {}, { headers: { Allow: 'POST, OPTIONS' } })
  })
  return router
}

/** Live, who comes without an Origin is a program, and programs have a user token. */
function requirePage(live: boolean) {
  return (request: Request, _response: unknown, next: () => void): void => {
    const hasProof = request.get('Origin') !== undefined || request.get('Authorization') !== undefined
    if (live && !hasProof) throw new HttpError(403, 'origin_required')
    next()
  }
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
