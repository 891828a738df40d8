import type { Request, RequestHandler, Response } from 'express'
import { allowEmbedders, type OriginRules, requireEmbedder } from '../../auth/origins.ts'
import { HttpError } from '../../http/errors.ts'
import { readJsonBody, requireJson } from '../json-body.ts'

/** Several times what every field of SEON's table takes together; a picture goes by reference. */
const MAX_BODY_BYTES = 64 * 1024

/** What stands before every route that can lead to a start: who may ask from where, and a JSON body read. */
export function acceptStartRequests(origins: OriginRules, live: boolean): RequestHandler[] {
  return [
    neverKept,
    allowEmbedders(origins, 'POST'),
    requirePost,
    requireJson,
    requireEmbedder(origins),
    requirePage(live),
    readJsonBody(MAX_BODY_BYTES),
  ]
}

/** Answers hold tokens. */
function neverKept(_request: Request, response: Response, next: () => void): void {
  response.set({ 'Cache-Control': 'no-store', 'Referrer-Policy': 'no-referrer' })
  next()
}

function requirePost(request: Request, _response: Response, next: () => void): void {
  if (request.method === 'POST') return next()
  throw new HttpError(405, 'method_not_allowed', {}, { headers: { Allow: 'POST, OPTIONS' } })
}

/** Live, who comes without an Origin is a program, and programs have a user token. */
function requirePage(live: boolean) {
  return (request: Request, _response: Response, next: () => void): void => {
    const hasProof = request.get('Origin') !== undefined || request.get('Authorization') !== undefined
    if (live && !hasProof) throw new HttpError(403, 'origin_required')
    next()
  }
}
