import express, { type ErrorRequestHandler, Router } from 'express'
import { z } from 'zod'
import { EVENTS, UnknownStatusError } from '../events.ts'
import { FAULT_PLACES, FAULTS, type Faults } from '../faults.ts'
import { type EndRunDeps, endRun } from '../flow/end-run.ts'
import { ENDS } from '../flow/ends.ts'
import { SCORES } from '../incode/interviews.ts'
import { RUN_STATUSES, type Run, type Runs } from '../runs.ts'
import type { SandboxSecrets } from '../secrets.ts'
import { type Trigger, UnknownEventError } from '../trigger.ts'
import { guardControl } from './guard.ts'

export interface ControlDeps extends EndRunDeps {
  faults: Faults
  runs: Runs
  secrets: SandboxSecrets
  trigger: Trigger
}

/** A month: more than any vendor's schedule. */
const LONGEST_MS = 30 * 24 * 3_600_000

const Settings = z.strictObject({
  deviceHash: z.boolean().optional(),
  webhookDelayMs: z.number().int().min(0).max(LONGEST_MS).optional(),
  webhookFirst: z.boolean().optional(),
  digestEncoding: z.enum(['hex', 'base64']).optional(),
})
const FaultRequest = z.strictObject({
  place: z.enum(FAULT_PLACES),
  fault: z.enum(FAULTS).nullable(),
  times: z.number().int().min(1).optional(),
})
const share = z.number().min(0).max(1).exactOptional()
const lasting = z.number().int().min(0).max(LONGEST_MS).exactOptional()
const ChaosRequest = z.strictObject({
  seed: z.number().int().exactOptional(),
  duplicate: share,
  reorder: share,
  reorderMs: lasting,
  delay: share,
  delayMs: lasting,
  drop: share,
  corrupt: share,
  revoke: share,
  revokeAfterMs: lasting,
  outageMs: lasting,
})
const secret = z.string().min(1).exactOptional()
const SecretsRequest = z.strictObject({ seon: secret, fraudLicenseKey: secret, incodeClientSecret: secret })
const ClockRequest = z.strictObject({ advanceMs: z.number().int().min(0).max(LONGEST_MS) })
const Override = z.strictObject({ status: z.enum(RUN_STATUSES) })
const EndRequest = z.strictObject({ end: z.enum(ENDS) })
const TriggerRequest = z.strictObject({
  event: z.string(),
  status: z.string().exactOptional(),
  userId: z.string().exactOptional(),
  executionId: z.string().exactOptional(),
  interviewId: z.string().exactOptional(),
  count: z.number().int().min(1).max(10_000).exactOptional(),
  score: z.enum(SCORES).exactOptional(),
  source: z.enum(['seon', 'seon-idv']).exactOptional(),
})

/**
 * What a developer, a test or `npm run trigger` steers the sandbox with. JSON both ways, this machine only.
 *
 * - `GET /control` → `{settings, chaos, faults, events: {name: statuses}}`
 * - `POST /control/settings` any of `SandboxSettings` → the settings
 * - `POST /control/faults` `{place, fault | null, times?}` → the faults set
 * - `POST /control/chaos` any of `ChaosDial`, and `outageMs` (nothing gets through for so long, 0 ends it) → the dial
 * - `POST /control/secrets` any of `{seon, fraudLicenseKey, incodeClientSecret}`: signs with these from the next try on
 *   → `{rotated}`, their names
 * - `POST /control/clock` `{advanceMs}`: lets time pass, with every retry on the way → `{now}`
 * - `GET /control/runs` → `{runs}`, newest first (no tokens)
 * - `POST /control/runs/:executionId/status` `{status}`: an analyst overrides; sends `…_updated` → the first try
 * - `POST /control/runs/:executionId/end` `{end}`: as if the person had ended the page so, all webhooks tried → the run
 * - `POST /control/trigger` `{event, …TriggerOptions}` → the first try
 * - `GET /control/attempts` → `{attempts}`, every try of every webhook, newest first
 *
 * Errors: 400 `{error: "invalid", message}`, 403 `origin_forbidden`, 404 `not_found`, 415 `unsupported_type`.
 */
export function createControlApi(deps: ControlDeps): Router {
  const { chaos, clock, faults, runs, secrets, sender, settings, trigger } = deps
  const router = Router()
  router.use(guardControl, express.json())

  router.get('/', (_request, response) => {
    const events = Object.fromEntries(Object.entries(EVENTS).map(([name, { statuses }]) => [name, statuses]))
    response.json({ settings, chaos: chaos.read(), faults: faults.list(), events })
  })

  router.post('/settings', (request, response) => {
    response.json(Object.assign(settings, Settings.parse(request.body)))
  })

  router.post('/faults', (request, response) => {
    const { place, fault, times } = FaultRequest.parse(request.body)
    faults.set(place, fault, times)
    response.json({ faults: faults.list() })
  })

  router.post('/chaos', (request, response) => {
    const { outageMs, ...change } = ChaosRequest.parse(request.body)
    chaos.set(change)
    if (outageMs !== undefined) chaos.startOutage(outageMs)
    response.json(chaos.read())
  })

  router.post('/secrets', (request, response) => {
    const change = SecretsRequest.parse(request.body)
    Object.assign(secrets, change)
    response.json({ rotated: Object.keys(change) })
  })

  router.post('/clock', async (request, response) => {
    await clock.advance(ClockRequest.parse(request.body).advanceMs)
    response.json({ now: new Date(clock.now()).toISOString() })
  })

  router.get('/runs', (_request, response) => {
    response.json({ runs: runs.list().map(describeRun) })
  })

  router.post('/runs/:executionId/status', async (request, response) => {
    const { executionId } = readRun(runs, request.params.executionId)
    const { status } = Override.parse(request.body)
    response.json(await trigger('orchestration/workflow_execution_updated', { executionId, status }))
  })

  router.post('/runs/:executionId/end', async (request, response) => {
    const run = readRun(runs, request.params.executionId)
    await endRun(run, EndRequest.parse(request.body).end, deps)
    response.json(describeRun(run))
  })

  router.post('/trigger', async (request, response) => {
    const { event, ...options } = TriggerRequest.parse(request.body)
    response.json(await trigger(event, options))
  })

  router.get('/attempts', (_request, response) => {
    response.json({ attempts: sender.attempts() })
  })

  router.use(answerError)
  return router
}

class UnknownRunError extends Error {}

function readRun(runs: Runs, executionId: string): Run {
  const run = runs.findByExecution(executionId)
  if (run === undefined) throw new UnknownRunError()
  return run
}

/** Tokens and page keys open a flow and stay out of lists. */
function describeRun({ token: _token, pageKey: _pageKey, theme: _theme, ...run }: Run) {
  return run
}

const answerError: ErrorRequestHandler = (error: unknown, _request, response, next) => {
  if (error instanceof UnknownRunError) response.status(404).json({ error: 'not_found' })
  else if (error instanceof z.ZodError) response.status(400).json({ error: 'invalid', message: z.prettifyError(error) })
  else if (error instanceof UnknownEventError || error instanceof UnknownStatusError || error instanceof SyntaxError)
    response.status(400).json({ error: 'invalid', message: error.message })
  else next(error)
}
