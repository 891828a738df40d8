import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { unavailable } from '../errors.ts'
import type { Source } from '../protocol.ts'

/** Bodies that a door reads or works on at once, bytes: beyond it senders are told to come again, before memory grows. */
const MAX_INTAKE_BYTES = 64 * 1024 * 1024

/** Counts the bytes of requests that are not answered yet; with too many, 503 to the next ones, unread. */
export function createBoundIntake(deps: {
  source: Source
  log: Logger
  /** What is read of one body, bytes. */
  bodyLimit: number
  maxBytes?: number
}): RequestHandler {
  const { source, log, bodyLimit, maxBytes = MAX_INTAKE_BYTES } = deps
  let held = 0
  return (request, response, next) => {
    if (held >= maxBytes) {
      log.error({ event: 'shed', source, held })
      throw unavailable('unavailable')
    }
    let own = 0
    const count = (chunk: Uint8Array) => {
      // What goes beyond the limit is thrown away as it comes: one endless sender must not close the door to all others.
      const kept = Math.min(chunk.byteLength, bodyLimit - own)
      own += kept
      held += kept
    }
    request.on('data', count)
    response.on('close', () => {
      // What a refused sender goes on to send is thrown away as it comes.
      request.off('data', count)
      held -= own
    })
    next()
  }
}
