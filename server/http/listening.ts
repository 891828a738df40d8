import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

/** How long answers under way may take once the server is told to stop, ms. */
const DRAIN_MS = 10_000

/** How often an idle keep-alive connection is looked for while draining, ms; Socket.IO and fetch hold some open. */
const IDLE_SWEEP_MS = 100

/** Slow senders are cut off: nobody needs this long for headers, or for a body of 2 MiB, ms. */
const PATIENCE: Patience = { headersMs: 10_000, requestMs: 20_000 }

/** How often slow senders are looked for, as a part of the patience; Node's own 30 s would be longer than all of it. */
const LOOKS = 10

/** Connections at once: above it new ones are closed, before memory is. */
const MAX_CONNECTIONS = 10_000

export interface Patience {
  headersMs: number
  /** Headers and body together. */
  requestMs: number
}

/** A server that neither slow senders nor many of them can hold. */
export function createPatientServer({ headersMs, requestMs }: Patience = PATIENCE): Server {
  const server = createServer({
    headersTimeout: headersMs,
    requestTimeout: requestMs,
    connectionsCheckingInterval: headersMs / LOOKS,
  })
  server.maxConnections = MAX_CONNECTIONS
  return server
}

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
