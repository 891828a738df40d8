import { type Request, type RequestHandler, Router } from 'express'
import type { SandboxSecrets } from '../secrets.ts'
import type { Interview, Interviews } from './interviews.ts'

export interface IncodeApiDeps {
  interviews: Interviews
  secrets: SandboxSecrets
}

/**
 * The part of Incode's API that confirms a webhook (developer.incode.com/docs/fetch-scores), with `api-version: 1.0`, `x-api-key` and
 * `X-Incode-Hardware-Id` (the token):
 * `GET /omni/get/onboarding/status?id=` → `{onboardingStatus}`; `GET /omni/get/score?id=` → `{overall: {status}}`.
 * 400 without a version, 401 for a wrong key or token, 404 for an unknown id. `finish-status`, which changes a session
 * although it is a GET, is not played: 405, so that a call to it is seen.
 */
export function createIncodeApi({ interviews, secrets }: IncodeApiDeps): Router {
  const router = Router()

  const checkHeaders: RequestHandler = (request, response, next) => {
    const { incodeApiKey = request.get('x-api-key'), incodeApiToken = request.get('x-incode-hardware-id') } = secrets
    if (request.get('api-version') !== '1.0') response.status(400).json({ error: 'Missing api-version' })
    else if (
      !incodeApiKey ||
      !incodeApiToken ||
      request.get('x-api-key') !== incodeApiKey ||
      request.get('x-incode-hardware-id') !== incodeApiToken
    )
      response.status(401).json({ error: 'Unauthorized' })
    else next()
  }
  router.use('/omni', checkHeaders)

  function find({ query: { id } }: Request): Interview | undefined {
    return typeof id === 'string' ? interviews.find(id) : undefined
  }

  router.get('/omni/get/onboarding/status', (request, response) => {
    const interview = find(request)
    if (interview === undefined) response.status(404).json({ error: 'Not found' })
    else response.json({ onboardingStatus: interview.status })
  })

  router.get('/omni/get/score', (request, response) => {
    const interview = find(request)
    if (interview === undefined) response.status(404).json({ error: 'Not found' })
    else response.json({ overall: { status: interview.score } })
  })

  router.get('/omni/finish-status', (_request, response) => {
    response.status(405).json({ error: 'This call completes a session' })
  })

  return router
}
