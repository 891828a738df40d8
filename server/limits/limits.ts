import type { Request, Response } from 'express'
import { type RateLimitRequestHandler, rateLimit } from 'express-rate-limit'
import type { InitLimits } from '../config/config.ts'
import type { Limit } from '../config/config-values.ts'
import { HttpError } from '../http/errors.ts'
import { readPeerAddress } from './peer-address.ts'

/** Takes one start from the caller's address and from the user; 429 `rate_limited` with `Retry-After` where either is used up. */
export type TakeStart = (request: Request, response: Response, userId: string) => Promise<void>

/** INIT_LIMITS, counted on this node. Refused starts take nothing, so that one user cannot use up an office's share. */
export function createTakeStart({ address, user }: InitLimits): TakeStart {
  const byAddress = createCounter(address)
  const byUser = createCounter(user)
  return async (request, response, userId) => {
    const keys = [
      [byAddress, readPeerAddress(request)],
      [byUser, userId],
    ] as const
    for (const [counter, key] of keys) await counter.check(key)
    for (const [counter, key] of keys) await counter.take(request, response, key)
  }
}

function createCounter({ count, windowMs }: Limit) {
  const keys = new WeakMap<Request, string>()
  const limiter: RateLimitRequestHandler = rateLimit({
    windowMs,
    limit: count,
    // Clients read `Retry-After`; how much is left is nobody else's business.
    standardHeaders: false,
    legacyHeaders: false,
    keyGenerator: (request) => keys.get(request) ?? '',
    handler: (_request, _response, next) => next(rateLimited(windowMs)),
    // It would check the use of addresses, which are not its keys here, and write to the console.
    validate: false,
  })
  return {
    async check(key: string): Promise<void> {
      const hits = await limiter.getKey(key)
      const leftMs = (hits?.resetTime?.getTime() ?? 0) - Date.now()
      if (hits !== undefined && leftMs > 0 && hits.totalHits >= count) throw rateLimited(leftMs)
    },
    take(request: Request, response: Response, key: string): Promise<void> {
      keys.set(request, key)
      return new Promise((resolve, reject) => {
        void limiter(request, response, (error?: unknown) => (error === undefined ? resolve() : reject(toError(error))))
      })
    },
  }
}

const rateLimited = (leftMs: number) =>
  new HttpError(429, 'rate_limited', {}, { headers: { 'Retry-After': String(Math.max(1, Math.ceil(leftMs / 1000))) } })

const toError = (thrown: unknown) => (thrown instanceof Error ? thrown : new Error('limit', { cause: thrown }))
