import express, { type Request, type RequestHandler, Router } from 'express'
import type { SandboxClock } from '../clock.ts'
import { type Faults, sendSeonError } from '../faults.ts'
import { readOwnUrl } from '../own-url.ts'
import { REGION, type Run, type Runs } from '../runs.ts'

export interface FlowApiDeps {
  clock: SandboxClock
  faults: Faults
  runs: Runs
}

/** The longest that a browser keeps a preflight's answer in practice. */
const PREFLIGHT_SECONDS = '600'

/** Any page may embed the SDK, so any origin may call; the bearer token is what counts. */
const allowAnyOrigin: RequestHandler = (request, response, next) => {
  response.set('access-control-allow-origin', '*')
  if (request.method !== 'OPTIONS') return next()
  response.set({
    'access-control-allow-methods': 'GET, POST',
    'access-control-allow-headers': 'authorization, content-type',
    'access-control-max-age': PREFLIGHT_SECONDS,
  })
  response.status(204).end()
}

/**
 * What the SDK calls from the visitor's page (read in the SDK 0.0.3):
 * `GET /regions.json` → `{<region>: {orchestration: <base URL>}}`;
 * `POST /flow/client-init` (bearer) `{sdkTheme, language, platform}` → `{targetUrl}`, 401 for a token that is
 * unknown or whose run has ended; `POST /flow/device-hash` (bearer) `{deviceHash}` → `{}`.
 */
export function createFlowApi({ clock, faults, runs }: FlowApiDeps): Router {
  const router = Router()
  router.use(['/regions.json', '/flow/client-init', '/flow/device-hash'], allowAnyOrigin)

  router.get('/regions.json', faults.at('regions'), (request, response) => {
    response.json({ [REGION]: { orchestration: readOwnUrl(request) } })
  })

  router.post('/flow/client-init', express.json(), faults.at('client-init'), (request, response) => {
    const run = findRun(request)
    if (run === undefined || run.endedAt !== null)
      return sendSeonError(response, 401, 'UNAUTHORIZED', 'The token is not valid')
    const { language, sdkTheme }: { language?: unknown; sdkTheme?: unknown } = request.body ?? {}
    run.language = typeof language === 'string' ? language : 'en'
    run.theme = sdkTheme ?? null
    return response.json({ targetUrl: `${readOwnUrl(request)}/flow/${run.pageKey}` })
  })

  // The hash is the visitor's device: that it came is all a sandbox needs to know.
  router.post('/flow/device-hash', express.json({ limit: '1mb' }), faults.at('device-hash'), (request, response) => {
    const run = findRun(request)
    if (run === undefined) return sendSeonError(response, 401, 'UNAUTHORIZED', 'The token is not valid')
    const { deviceHash }: { deviceHash?: unknown } = request.body ?? {}
    if (typeof deviceHash !== 'string' || deviceHash === '')
      return sendSeonError(response, 400, 'INVALID_INPUT_FORMAT', 'deviceHash is missing')
    run.deviceHash = true
    run.startedAt ??= new Date(clock.now()).toISOString()
    return response.json({})
  })

  function findRun(request: Request): Run | undefined {
    const token = request.get('authorization')?.match(/^Bearer (.+)$/)?.[1]
    return token === undefined ? undefined : runs.findByToken(token)
  }

  return router
}
