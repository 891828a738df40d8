import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import { attachDashboardChannel, type DashboardNamespace } from './dashboard-channel.ts'
import { attachVisitorChannel, type VisitorNamespace } from './visitor-channel.ts'

type DashboardDeps = Parameters<typeof attachDashboardChannel>[1]
type VisitorDeps = Parameters<typeof attachVisitorChannel>[1]

export interface LiveDeps extends DashboardDeps, VisitorDeps {
  /** Whether a page of that origin may connect at all; undefined where the client names none. */
  isAllowedOrigin(origin: string | undefined): boolean
}

export interface Live {
  close(): Promise<void>
}

/** The largest thing a client has to say is its token, bytes. */
const MAX_MESSAGE_BYTES = 16 * 1024

/** Who has joined no namespace by then is closed, ms. */
const JOIN_WITHIN_MS = 5000

/** Socket.IO on the server's own port: `/dashboard` for operators, `/visitor` for the person being verified. */
export function createLive(httpServer: HttpServer, deps: LiveDeps): Live {
  const io = new Server(httpServer, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: JOIN_WITHIN_MS,
    // A foreign page is refused before the upgrade: CORS does not hold for WebSocket.
    allowRequest: (request, decide) => decide(null, deps.isAllowedOrigin(request.headers.origin)),
    cors: (request, decide) => {
      const origin = [request.headers.origin].flat()[0]
      decide(null, {
        origin: origin !== undefined && deps.isAllowedOrigin(origin) ? origin : false,
        credentials: false,
      })
    },
  })
  // The default namespace serves nobody; whoever asks for it is told so.
  io.use((_socket, next) => next(new Error('not_found')))
  const dashboard: DashboardNamespace = io.of('/dashboard')
  const visitor: VisitorNamespace = io.of('/visitor')
  const detach = [attachDashboardChannel(dashboard, deps), attachVisitorChannel(visitor, deps)]

  return {
    async close() {
      for (const undo of detach) undo()
      await io.close()
    },
  }
}
