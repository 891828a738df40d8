import type { Request, RequestHandler } from 'express'
import { HttpError } from '../errors.ts'
import { findOperator, readBearer } from './credentials.ts'
import type { Operator, Operators } from './operators.ts'
import type { OriginRules } from './origins.ts'

export interface AccessDeps {
  operators: Operators
  origins: OriginRules
  publicUrl: () => string
}

const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD'])

/** Lets operators through: 401 `unauthorized` to others, 403 where a role or a page's origin does not suffice. */
export function requireOperator(deps: AccessDeps, { role }: { role?: Operator['role'] } = {}): RequestHandler {
  return async (request, response, next) => {
    const operator = await findOperator(request, deps.operators, deps.publicUrl())
    if (operator === null) throw new HttpError(401, 'unauthorized')
    if (operator.sessionId !== null) refuseForgery(request, deps.origins)
    if (role === 'admin' && operator.role !== 'admin') throw new HttpError(403, 'forbidden')
    response.locals['operator'] = operator
    next()
  }
}

/** Lets operators and the bearer of API_TOKEN through. */
export function requireReader(deps: AccessDeps): RequestHandler {
  const asOperator = requireOperator(deps)
  return (request, response, next) => {
    const bearer = readBearer(request)
    return bearer !== null && deps.operators.isApiToken(bearer) ? next() : asOperator(request, response, next)
  }
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
