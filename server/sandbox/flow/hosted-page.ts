import { fileURLToPath } from 'node:url'
import express, { type Request, type Response, Router } from 'express'
import type { Faults } from '../faults.ts'
import type { Run, Runs } from '../runs.ts'
import { type EndRunDeps, endRun } from './end-run.ts'
import { type End, isEnd } from './ends.ts'
import { renderPage } from './render-page.ts'

export interface HostedPageDeps extends EndRunDeps {
  faults: Faults
  runs: Runs
}

/** What the SDK's event `completed` says; the others close with `cancelled`. */
const COMPLETION: Partial<Record<End, 'success' | 'pending' | 'failed'>> = {
  approved: 'success',
  review: 'pending',
  declined: 'failed',
}

const ASSETS = fileURLToPath(new URL('./assets/', import.meta.url))

/**
 * Everything the page needs comes from here, so that a sandbox run leaves this machine by no picture or font either;
 * a site's own logo may come from a server on this machine. Framed by any page, as SEON's is.
 */
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data: http://localhost:* http://127.0.0.1:*",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/**
 * The flow that a person goes through, in the SDK's frame or popup.
 * `GET /flow/:pageKey` the page; `POST /flow/:pageKey/begin` → `{deviceHash}`: whether to ask the SDK for one;
 * `POST /flow/:pageKey/end` `{end}` → `{event, eventData}`: what to tell the SDK. 409 once the run has ended.
 */
export function createHostedPage(deps: HostedPageDeps): Router {
  const { clock, faults, runs, settings } = deps
  const router = Router()
  router.use('/assets', express.static(ASSETS, { cacheControl: false, index: false }))

  router.get('/:pageKey', faults.at('page'), (request, response) => {
    const run = runs.findByPageKey(String(request.params['pageKey']))
    response.set({ 'content-security-policy': POLICY, 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' })
    response.status(run === undefined ? 404 : 200).send(renderPage(run))
  })

  router.post('/:pageKey/begin', (request, response) => {
    const run = findOpenRun(request, response)
    if (run === undefined) return
    run.status = 'RUNNING'
    run.startedAt ??= new Date(clock.now()).toISOString()
    response.json({ deviceHash: settings.deviceHash && !run.deviceHash })
  })

  router.post('/:pageKey/end', express.json(), async (request, response) => {
    const { end }: { end?: unknown } = request.body ?? {}
    const run = findOpenRun(request, response)
    if (run !== undefined && isEnd(end)) {
      const sent = endRun(run, end, deps)
      if (settings.webhookFirst) await sent
      const completion = COMPLETION[end]
      response.json(completion === undefined ? { event: 'cancelled' } : { event: 'completed', eventData: completion })
    } else if (run !== undefined) response.status(400).json({ error: 'invalid' })
  })

  function findOpenRun(request: Request, response: Response): Run | undefined {
    const run = runs.findByPageKey(String(request.params['pageKey']))
    if (run !== undefined && run.endedAt === null) return run
    response.status(run === undefined ? 404 : 409).json({ error: run === undefined ? 'not_found' : 'ended' })
    return undefined
  }

  return router
}
