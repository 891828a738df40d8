import express, { type ErrorRequestHandler, type Request, Router } from 'express'
import { type Faults, sendSeonError } from '../faults.ts'
import type { Runs, Workflow } from '../runs.ts'

export interface InitWorkflowDeps {
  apiKey: string
  workflows: readonly Workflow[]
  runs: Runs
  faults: Faults
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i
/** Digits with country code, no `+` (SDK readme 1.6). */
const PHONE = /^\d{1,19}$/
const EMAIL = /^[^\s@]+@[^\s@]+$/

/**
 * SEON's Workflow API: `POST /v1/init-workflow`, header `x-api-key`, body `{workflowId, inputs: {user_id, …}}`,
 * answers `{data: {executionId, token}}`. Errors: `{code, message}` (see `faults.ts` for those on request).
 */
export function createInitWorkflow({ apiKey, workflows, runs, faults }: InitWorkflowDeps): Router {
  const router = Router()

  router.post('/v1/init-workflow', express.json(), faults.at('init-workflow', readMagicName), (request, response) => {
    if (request.get('x-api-key') !== apiKey)
      return sendSeonError(response, 401, 'UNAUTHORIZED', 'The API key is not valid')
    const { workflowId, inputs } = readRecord(request.body)
    const { user_id: userId, email, phone_number: phone } = readRecord(inputs)
    if (typeof workflowId !== 'string' || !UUID.test(workflowId))
      return sendSeonError(response, 400, 'INVALID_INPUT_FORMAT', 'workflowId is not a UUID')
    if (typeof userId !== 'string' || userId === '')
      return sendSeonError(response, 400, 'MISSING_REQUIRED_INPUTS', 'Required inputs are missing: user_id')
    if (email !== undefined && !(typeof email === 'string' && EMAIL.test(email)))
      return sendSeonError(response, 400, 'INVALID_INPUT_FORMAT', 'Input has a wrong format: email')
    if (phone !== undefined && !(typeof phone === 'string' && PHONE.test(phone)))
      return sendSeonError(response, 400, 'INVALID_INPUT_FORMAT', 'Input has a wrong format: phone_number')
    const workflow = workflows.find(({ id }) => id === workflowId.toLowerCase())
    if (workflow === undefined)
      return sendSeonError(response, 404, 'WORKFLOW_NOT_FOUND', 'No such workflow, or it is inactive')

    const { executionId, token } = runs.create({ workflow, userId, email: email ?? null })
    return response.json({ data: { executionId, token } })
  })

  router.use(answerUnreadable)
  return router
}

const answerUnreadable: ErrorRequestHandler = (_error, _request: Request, response, _next) => {
  sendSeonError(response, 400, 'INVALID_INPUT_FORMAT', 'The body is not readable JSON')
}

/** A fault by name: the user id, or the e-mail address before its @. */
function readMagicName(body: unknown): string | undefined {
  const { user_id: userId, email } = readRecord(readRecord(body)['inputs'])
  if (typeof userId === 'string' && userId.startsWith('error-')) return userId
  return typeof email === 'string' ? email.split('@')[0] : undefined
}

function readRecord(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : {}
}
