import { type RequestHandler, Router } from 'express'
import { type AccessDeps, requireRole } from '../auth/access.ts'
import { unavailable } from '../http/errors.ts'
import { readJsonBody, requireJson } from './json-body.ts'

/** What the control API takes is a handful of short fields. */
const MAX_BYTES = 16 * 1024

/** What the dashboard may do; `/control/secrets` is left to whoever sits at the machine. */
const READS = ['/', '/runs', '/attempts']
const CHANGES = ['/trigger', '/chaos', '/clock', '/settings', '/faults', '/runs/:executionId/end']

/**
 * `/api/sandbox/*`: the sandbox's control API for admins in the dashboard, wherever their browser is. The sandbox itself
 * listens on this machine alone and takes no foreign page's requests; here our own session, role and origin checks stand
 * before it, and the dashboard's policy needs no second host. Mounted in the sandbox only.
 */
export function createSandboxRoutes(deps: AccessDeps & { sandboxUrl: () => string | null }): Router {
  const router = Router()
  const asAdmin = requireRole(deps, 'admin')
  const forward: RequestHandler = async (request, response) => {
    const query = new URLSearchParams(request.url.split('?')[1] ?? '')
    const path = request.path === '/' ? '' : request.path
    const target = `${deps.sandboxUrl()}/control${path}?${query}`
    const answer = await ask(target, request.method, request.body)
    response.status(answer.status).json(answer.body)
  }
  router.get(READS, asAdmin, forward)
  router.post(CHANGES, asAdmin, requireJson, readJsonBody(MAX_BYTES), forward)
  return router
}

async function ask(url: string, method: string, body: unknown): Promise<{ status: number; body: unknown }> {
  try {
    const response = await fetch(url, {
      method,
      ...(method === 'POST' && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    })
    const answer: unknown = await response.json()
    return { status: response.status, body: answer }
  } catch (cause) {
    throw unavailable('unavailable', cause)
  }
}
