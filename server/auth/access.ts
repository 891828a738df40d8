import type { Request, RequestHandler } from 'express'
import { HttpError } from '../http/errors.ts'
import { findOperator, readBearer } from './credentials.ts'
import type { Operator, Operators } from './operators.ts'
import type { OriginRules } from './origins.ts'
import type { Role } from './sessions/role.ts'

export interface AccessDeps {
  operators: Operators
  origins: OriginRules
  publicUrl: () => string
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** Who asked, by request, once a guard has let them through: an operator, or a program with API_TOKEN. */
const callers = new WeakMap<Request, Operator | 'program'>()

/**
 * Lets operators of that role through; an admin may whatever a viewer may. 401 `unauthorized` to nobody in particular, 403
 * `forbidden` to a lesser role, 403 `origin_forbidden` to another page that uses an operator's cookie.
 */
export function requireRole(deps: AccessDeps, role: Role): RequestHandler {
  return async (request, _response, next) => {
    const operator = await findOperator(request, deps.operators, deps.publicUrl())
    if (operator === null) throw new HttpError(401, 'unauthorized')
    if (operator.sessionId !== null) refuseForgery(request, deps.origins)
    if (role === 'admin' && operator.role !== 'admin') throw new HttpError(403, 'forbidden')
    callers.set(request, operator)
    next()
  }
}

/** Lets the bearer of API_TOKEN through, and operators of that role. */
export function requireReader(deps: AccessDeps, role: Role = 'viewer'): RequestHandler {
  const asOperator = requireRole(deps, role)
  return async (request, response, next) => {
    const bearer = readBearer(request)
    if (bearer !== null && deps.operators.isApiToken(bearer)) {
      callers.set(request, 'program')
      next()
    } else {
      // Awaited, so that Express hears of its refusal.
      await asOperator(request, response, next)
    }
  }
}

/** The operator whom `requireRole` has let through; throws where none has. */
export function operatorOf(request: Request): Operator {
  const caller = callers.get(request)
  if (caller === undefined || caller === 'program') throw new HttpError(401, 'unauthorized')
  return caller
}

/** Whether ids that name a person go to this caller as they are: to programs (API_TOKEN, ADMIN_TOKEN). People's pages ask for each by `POST /api/reveals`. */
export function seesPersonalData(request: Request): boolean {
  const caller = callers.get(request)
  return caller !== undefined && (caller === 'program' || caller.sessionId === null)
}

/** A cookie goes along with whatever page makes the request: one that changes something must come from our own. */
export function refuseForgery(request: Request, origins: OriginRules): void {
  if (SAFE_METHODS.has(request.method)) return
  const origin = request.get('Origin')
  const site = request.get('Sec-Fetch-Site')
  if (origin === undefined || !origins.isOwn(origin) || (site !== undefined && site !== 'same-origin')) {
    throw new HttpError(403, 'origin_forbidden')
  }
}
