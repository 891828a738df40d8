import express, { type ErrorRequestHandler, Router } from 'express'
import { z } from 'zod'
import type { SandboxClockState, SandboxLog, SandboxState, SandboxSubjects } from '../../protocol.ts'
import { EVENTS, UnknownStatusError } from '../events.ts'
import type { Faults } from '../faults.ts'
import { type EndRunDeps, endRun } from '../flow/end-run.ts'
import { ENDS } from '../flow/ends.ts'
import type { Interviews } from '../incode/interviews.ts'
import type { Run, Runs } from '../runs.ts'
import type { SandboxSecrets } from '../secrets.ts'
import { type Trigger, UnknownEventError } from '../trigger.ts'
import { guardControl } from './guard.ts'
import {
  ChaosRequest,
  ClockRequest,
  EndRequest,
  FaultRequest,
  ListRequest,
  OverrideRequest,
  SecretsRequest,
  SettingsRequest,
  TriggerRequest,
} from './requests.ts'

export interface ControlDeps extends EndRunDeps {
  faults: Faults
  interviews: Interviews
  runs: Runs
  secrets: SandboxSecrets
  trigger: Trigger
}

/**
 * What a developer, a test or `npm run trigger` steers the sandbox with. JSON both ways, this machine only.
 *
 * - `GET /control` → `SandboxState` (protocol.ts)
 * - `POST /control/settings` any of `SandboxSettings` → the settings
 * - `POST /control/faults` `{place, fault | null, times?}` → the faults set
 * - `POST /control/chaos` any of `ChaosDial`, and `outageMs` (nothing gets through for so long, 0 ends it) → the dial
 * - `POST /control/secrets` any of `{seon, fraudLicenseKey, incodeClientSecret}`: signs with these from the next try on
 *   → `{rotated}`, their names
 * - `POST /control/clock` `{advanceMs}`: lets time pass, with every retry on the way; `{reset: true}`: back to real time,
 *   which also ends an outage → `SandboxClockState`
 * - `GET /control/runs` → `{runs, interviews}`, newest first (no tokens)
 * - `POST /control/runs/:executionId/status` `{status}`: an analyst overrides; sends `…_updated` → the first try
 * - `POST /control/runs/:executionId/end` `{end}`: as if the person had ended the page so, all webhooks tried → the run
 * - `POST /control/trigger` `{event, …TriggerOptions}` → the first try
 * - `GET /control/attempts` → `{attempts}`, every try of every webhook, newest first; lists take `?limit=`
 *
 * Errors: 400 `{error: "invalid", message}`, 403 `origin_forbidden`, 404 `not_found`, 415 `unsupported_type`.
 */
export function createControlApi(deps: ControlDeps): Router {
  const { chaos, clock, faults, interviews, runs, secrets, sender, settings, trigger } = deps
  const router = Router()
  router.use(guardControl, express.json())

  router.get('/', (_request, response) => {
    const entries = Object.entries(EVENTS)
    const state: SandboxState = {
      settings,
      chaos: chaos.read(),
      faults: faults.list(),
      events: Object.fromEntries(entries.map(([name, { statuses }]) => [name, [...statuses]])),
      sources: Object.fromEntries(entries.map(([name, { source }]) => [name, source])),
      ends: [...ENDS],
      clock: readClock(),
    }
    response.json(state)
  })

  router.post('/settings', (request, response) => {
    response.json(Object.assign(settings, SettingsRequest.parse(request.body)))
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
    const asked = ClockRequest.parse(request.body)
    if ('advanceMs' in asked) await clock.advance(asked.advanceMs)
    else {
      clock.reset()
      // Its end lay in the time that is gone.
      chaos.startOutage(0)
    }
    response.json(readClock())
  })

  router.get('/runs', (request, response) => {
    const { limit } = ListRequest.parse(request.query)
    const subjects: SandboxSubjects = {
      runs: runs.list().slice(0, limit).map(describeRun),
      interviews: interviews.list().slice(0, limit),
    }
    response.json(subjects)
  })

  router.post('/runs/:executionId/status', async (request, response) => {
    const { executionId } = readRun(runs, request.params.executionId)
    const { status } = OverrideRequest.parse(request.body)
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

  router.get('/attempts', (request, response) => {
    const { limit } = ListRequest.parse(request.query)
    const log: SandboxLog = { attempts: sender.attempts().slice(0, limit) }
    response.json(log)
  })

  router.use(answerError)
  return router

  function readClock(): SandboxClockState {
    return { now: new Date(clock.now()).toISOString(), aheadMs: clock.ahead(), waiting: clock.pending() }
  }
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
