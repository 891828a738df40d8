import type { Request } from 'express'

const LOOPBACK_HOSTS = new Set(['localhost', '127.0.0.1', '[::1]'])

/** Whether a `Host` header or the host of an origin means this machine. */
export function isLoopback(host: string | undefined): boolean {
  return host !== undefined && LOOPBACK_HOSTS.has(host.replace(/:\d+$/, ''))
}

/**
 * The sandbox's address as the caller knows it. With SEON's own hosts routed here the `Host` header names those:
 * then the address it listens on.
 */
export function readOwnUrl(request: Request): string {
  const host = request.get('host')
  return `http://${host !== undefined && isLoopback(host) ? host : `127.0.0.1:${request.socket.localPort}`}`
}
