import express, {
  type ErrorRequestHandler,
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express'
import type { Logger } from 'pino'
import { HttpError, unavailable } from '../http/errors.ts'
import { readPeerAddress } from '../limits/peer-address.ts'
import { createRateWindow } from '../limits/rate-window.ts'
import type { DeliveryReason, Environment } from '../protocol.ts'
import type { KeyedHash } from '../store/keyed-hash.ts'
import type { Receiver } from '../vendors/receiver.ts'
import { createBoundIntake } from './bound-intake.ts'
import type { Inbox } from './inbox.ts'
import { isPing } from './ping.ts'
import type { Refusals } from './refusals.ts'

/** Far above any event a vendor documents; nothing is known of their own bounds. Bytes. */
export const MAX_BODY_BYTES = 2 * 1024 * 1024

/** A vendor saves a webhook a few times an hour at most. */
const PINGS_PER_MINUTE = 10
const MINUTE_MS = 60_000

/** Length of a body's fingerprint in the log, hex digits: enough to tell deliveries apart. */
const FINGERPRINT_LENGTH = 12

export interface ReceiveDeps {
  receiver: Receiver
  inbox: Pick<Inbox, 'append'>
  refusals: Refusals
  hash: KeyedHash
  log: Logger
  /** What an unverified delivery is filed under. */
  environment: Environment
  now: () => number
}

/**
 * A webhook door. 200 only once the delivery is on disk; 401 for what does not verify (listed, and kept in quarantine
 * where well formed); 413 above 2 MiB; 415 for compressed bodies; 503 for every fault of ours, so that it is sent again.
 */
export function createReceive(deps: ReceiveDeps): (RequestHandler | ErrorRequestHandler)[] {
  const { receiver, inbox, refusals, hash, log } = deps
  const pings = createRateWindow({ limit: PINGS_PER_MINUTE, windowMs: MINUTE_MS, now: deps.now })

  async function receive(request: Request, response: Response): Promise<void> {
    const bytes = readRaw(request)
    if (bytes === null) {
      log.error({ event: 'raw_missing', source: receiver.source })
      throw unavailable('unavailable')
    }
    const peer = hash('peer', readPeerAddress(request))
    const facts = {
      source: receiver.source,
      requestId: readMessageId(request),
      type: readContentType(request),
      bytes: bytes.byteLength,
      body: hash('body', bytes).slice(0, FINGERPRINT_LENGTH),
      peer: peer.slice(0, FINGERPRINT_LENGTH),
    }

    if (receiver.answersPing && isPing(request, bytes)) {
      if (!pings.take(peer)) throw new HttpError(429, 'rate_limited', {}, { headers: { 'Retry-After': '60' } })
      log.info({ event: 'ping', ...facts })
      response.json(receiver.accepted)
      return
    }

    const verdict = await receiver.verify({ body: bytes, rawHeaders: request.rawHeaders })
    if (!verdict.ok) {
      if (verdict.outcome === 'not_configured') {
        log.error({ event: 'secret_unset', ...facts })
        throw unavailable('not_configured')
      }
      const delivery = await refusals
        .record({
          ...verdict,
          source: receiver.source,
          environment: deps.environment,
          body: bytes,
          rawHeaders: request.rawHeaders,
          peer,
        })
        .catch((error: unknown) => {
          throw unavailable('unavailable', error)
        })
      log.warn({ event: 'delivery_refused', outcome: verdict.outcome, reason: verdict.reason, delivery, ...facts })
      throw new HttpError(401, 'unauthorized')
    }

    const { environment, secretId } = verdict
    const messageId = readMessageId(request)
    const appended = await inbox
      .append({ source: receiver.source, environment, body: bytes, secretId, messageId, peer })
      .catch((error: unknown) => {
        throw unavailable('unavailable', error)
      })
    log.info({ event: 'delivery', outcome: appended.outcome, delivery: appended.id, secret: secretId, ...facts })
    response.json(receiver.accepted)
  }

  /** A body that was too large or compressed is gone for good, as nobody sends it again after a 4xx: at least it is listed. */
  const recordUnread: ErrorRequestHandler = (error: unknown, request, _response, next) => {
    const reason = UNREAD_REASONS.get(readType(error))
    if (reason === undefined) return next(error)
    // As announced, by anybody: a number that no store gives back would make the list of deliveries unreadable.
    const bytes = Math.min(Number(request.get('content-length') ?? 0), Number.MAX_SAFE_INTEGER)
    log.error({ event: 'delivery_refused', outcome: 'rejected', reason, source: receiver.source, bytes })
    refusals
      .record({
        source: receiver.source,
        environment: deps.environment,
        outcome: 'rejected',
        reason,
        body: Buffer.alloc(0),
        bytes,
        rawHeaders: [],
        peer: hash('peer', readPeerAddress(request)),
      })
      .catch((cause: unknown) => log.error({ event: 'refusal_unrecorded', err: cause }))
      .finally(() => next(error))
  }

  return [
    (request: Request, _response: Response, next: NextFunction) => {
      // A door is one address: what lies below it is none.
      if (request.path !== '/') next(new HttpError(404, 'not_found'))
      else if (request.method === 'POST') next()
      else next(new HttpError(405, 'method_not_allowed', {}, { headers: { Allow: 'POST' } }))
    },
    createBoundIntake({ source: receiver.source, log, bodyLimit: MAX_BODY_BYTES }),
    // Any content type and none: the signature covers the bytes, whatever they are called.
    express.raw({ type: () => true, limit: MAX_BODY_BYTES, inflate: false }),
    receive,
    recordUnread,
  ]
}

/** The body as it came over the wire; null where another parser has read it, and nothing can be verified any more. */
function readRaw(request: Request): Buffer | null {
  const body: unknown = request.body
  if (Buffer.isBuffer(body)) return body
  // Where no body is announced, body-parser leaves nothing.
  const length = request.get('content-length') ?? '0'
  const isAnnounced = length !== '0' || request.get('transfer-encoding') !== undefined
  return body === undefined && !isAnnounced ? Buffer.alloc(0) : null
}

/** `Request-Id` where it looks like one; it is unsigned, so it is never more than a remark. */
function readMessageId(request: Request): string | null {
  const id = request.get('request-id')
  return id !== undefined && /^[\w.:-]{1,64}$/.test(id) ? id : null
}

/** Content type as far as it looks like one; it decides nothing. */
function readContentType(request: Request): string | null {
  const type = request.get('content-type')
  return type !== undefined && /^[\w.+/;= -]{1,100}$/.test(type) ? type : null
}

/** body-parser's error types → our reasons. */
const UNREAD_REASONS: ReadonlyMap<unknown, DeliveryReason> = new Map<unknown, DeliveryReason>([
  ['entity.too.large', 'too_large'],
  ['encoding.unsupported', 'encoding'],
])

function readType(error: unknown): unknown {
  return error instanceof Error && 'type' in error ? error.type : undefined
}
