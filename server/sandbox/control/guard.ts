import type { RequestHandler } from 'express'
import { isLoopback } from '../own-url.ts'

/**
 * Any web page can post to localhost. So the control API takes only requests that no foreign page can make:
 * this machine's `Host` (no DNS rebinding), no other `Origin` than its own, and JSON bodies (no plain form).
 */
export const guardControl: RequestHandler = (request, response, next) => {
  const host = request.get('host')
  const origin = request.get('origin')
  if (!isLoopback(host) || (origin !== undefined && origin !== `http://${host}`)) {
    response.status(403).json({ error: 'origin_forbidden' })
  } else if (request.method !== 'GET' && !request.is('application/json')) {
    response.status(415).json({ error: 'unsupported_type' })
  } else next()
}
