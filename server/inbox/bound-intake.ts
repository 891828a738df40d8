import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { unavailable } from '../http/errors.ts'
import { readPeerAddress } from '../limits/peer-address.ts'
import type { Source } from '../protocol.ts'

/** Bodies that a door reads or works on at once, bytes: beyond it senders are told to come again, before memory grows. */
const MAX_INTAKE_BYTES = 64 * 1024 * 1024

/** One address may hold so much of it: whoever sends slowly on purpose must not close the door to all others. */
const PEER_SHARE = 1 / 2

/** Counts the bytes of requests that are not answered yet; with too many, 503 to the next ones, unread. */
export function createBoundIntake(deps: {
  source: Source
  log: Logger
  /** What is read of one body, bytes. */
  bodyLimit: number
  maxBytes?: number
}): RequestHandler {
  const { source, log, bodyLimit, maxBytes = MAX_INTAKE_BYTES } = deps
  const heldBy = new Map<string, number>()
  let held = 0
  return (request, response, next) => {
    const peer = readPeerAddress(request)
    const heldByPeer = heldBy.get(peer) ?? 0
    if (held >= maxBytes || heldByPeer >= maxBytes * PEER_SHARE) {
      log.error({ event: 'shed', source, held, heldByPeer })
      throw unavailable('unavailable')
    }
    let own = 0
    const hold = (bytes: number) => {
      own += bytes
      held += bytes
      const left = (heldBy.get(peer) ?? 0) + bytes
      if (left === 0) heldBy.delete(peer)
      else heldBy.set(peer, left)
    }
    const count = (chunk: Uint8Array) => {
      // What goes beyond the limit is thrown away as it comes: one endless sender must not close the door to all others.
      hold(Math.min(chunk.byteLength, bodyLimit - own))
    }
    request.on('data', count)
    response.on('close', () => {
      // What a refused sender goes on to send is thrown away as it comes.
      request.off('data', count)
      hold(-own)
    })
    next()
  }
}
