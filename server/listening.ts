import { once } from 'node:events'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long answers under way may take once the server is told to stop, ms. */
const DRAIN_MS = 10_000

/** How often an idle keep-alive connection is looked for while draining, ms; Socket.IO and fetch hold some open. */
const IDLE_SWEEP_MS = 100

/** Throws the socket's error where the port is taken. */
export async function listen(server: Server, port: number, host: string): Promise<void> {
  server.listen(port, host)
  await once(server, 'listening')
}

/** The address to reach a listening server from this machine. */
export function urlOf(server: Server, host: string): string {
  const address = server.address()
  const port = isTcp(address) ? address.port : 0
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `http://${name.includes(':') ? `[${name}]` : name}:${port}`
}

function isTcp(address: string | AddressInfo | null): address is AddressInfo {
  return typeof address === 'object' && address !== null
}

/** Takes no new connections, lets requests under way end, and cuts off what has not ended in time. */
export async function drain(server: Server, closeLive: () => Promise<void>): Promise<void> {
  if (!server.listening) return closeLive().catch(() => undefined)
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS)
  const deadline = setTimeout(() => server.closeAllConnections(), DRAIN_MS)
  // Closes the sockets, then the HTTP server itself.
  await closeLive()
  clearInterval(idle)
  clearTimeout(deadline)
}
