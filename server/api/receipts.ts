import { Router } from 'express'
import { z } from 'zod'
import { type AccessDeps, requireReader } from '../auth/access.ts'
import { readBearer } from '../auth/credentials.ts'
import { allowEmbedders, type OriginRules, requireEmbedder } from '../auth/origins.ts'
import { HttpError } from '../http/errors.ts'
import type { Follow } from '../links/follow.ts'
import type { ReceiptResponse, RedeemRequest } from '../protocol.ts'
import type { Receipts } from '../receipts/receipts.ts'
import { readJsonBody, requireJson } from './json-body.ts'
import { parseWith, term } from './query.ts'

/** A receipt, a user id and an origin; bytes. */
const MAX_BODY_BYTES = 8192

const originText = z.string().max(300)
const receiptSchema = z.strictObject({ forOrigin: originText.optional() })
const redeemSchema = z.strictObject({
  receipt: z.string().min(1).max(4096),
  userId: term.exactOptional(),
  origin: originText.exactOptional(),
})

/** `POST /api/receipts` for pages, `POST /api/receipts/redeem` for back ends: see `ReceiptRequest` and `RedeemRequest`. */
export function createReceiptRoutes(deps: AccessDeps & { receipts: Receipts; follow: Follow }): Router {
  const { receipts, follow, origins } = deps
  const router = Router()

  router.post(
    '/redeem',
    requireReader(deps, 'admin'),
    requireJson,
    readJsonBody(MAX_BODY_BYTES),
    async (request, response) => {
      const asked: RedeemRequest = parseWith(redeemSchema, request.body)
      response.json(await receipts.redeem(asked))
    },
  )
  router.all('/redeem', refuse('POST'))

  router.use('/', allowEmbedders(origins, 'POST'), requireEmbedder(origins))
  router.post('/', requireJson, readJsonBody(MAX_BODY_BYTES), async (request, response) => {
    const { forOrigin } = parseWith(receiptSchema, request.body)
    const origin = readOrigin(origins, request.get('Origin'), forOrigin)
    const bearer = readBearer(request)
    const followed = bearer === null ? null : await follow(bearer)
    if (followed === null) throw new HttpError(401, 'unauthorized')
    if (followed.verificationId === null) throw new HttpError(409, 'not_approved', { status: 'created' })
    const { receipt, expiresAt } = await receipts.issue(followed.verificationId, origin)
    const answer: ReceiptResponse = { receipt, expiresAt: new Date(expiresAt).toISOString() }
    response.json(answer)
  })
  router.all('/', refuse('POST, OPTIONS'))
  return router
}

/** The page that the receipt is for. Only our own (the embed page) may speak for another, which must be one that may embed. */
function readOrigin(origins: OriginRules, asking: string | undefined, forOrigin: string | undefined): string {
  // An opaque origin is nobody's in particular.
  if (asking === undefined || asking === 'null') throw new HttpError(403, 'origin_required')
  if (forOrigin === undefined || forOrigin === asking) return asking
  if (!origins.isOwn(asking) || forOrigin === 'null' || !origins.mayEmbed(forOrigin)) {
    throw new HttpError(403, 'origin_forbidden')
  }
  return forOrigin
}

const refuse = (methods: string) => () => {
  throw new HttpError(405, 'method_not_allowed', {}, { headers: { Allow: methods } })
}
