import type { Server as HttpServer } from 'node:http'
import { Server } from 'socket.io'
import { attachDashboardChannel, type DashboardChannelDeps, type DashboardNamespace } from './dashboard-channel.ts'
import { attachVisitorChannel, type VisitorChannelDeps, type VisitorNamespace } from './visitor-channel.ts'

export type LiveDeps = DashboardChannelDeps & VisitorChannelDeps

export interface Live {
  countSockets(): { dashboard: number; visitor: number }
  close(): Promise<void>
}

/** The largest thing a client has to say is its token, bytes. */
const MAX_MESSAGE_BYTES = 16 * 1024

/** Who has joined no namespace by then is closed, ms. */
const JOIN_WITHIN_MS = 5000

/** Socket.IO on the server's own port: `/dashboard` for operators, `/visitor` for the person being verified. */
export function createLive(httpServer: HttpServer, deps: LiveDeps): Live {
  const mayConnect = (origin: string | undefined) => origin === undefined || deps.origins.mayEmbed(origin)
  const io = new Server(httpServer, {
    serveClient: false,
    maxHttpBufferSize: MAX_MESSAGE_BYTES,
    connectTimeout: JOIN_WITHIN_MS,
    // A foreign page is refused before the upgrade: CORS does not hold for WebSocket.
    allowRequest: (request, decide) => decide(null, mayConnect(request.headers.origin)),
    cors: (request, decide) => {
      const origin = [request.headers.origin].flat()[0]
      decide(null, {
        origin: origin !== undefined && mayConnect(origin) ? origin : false,
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
    countSockets: () => ({ dashboard: dashboard.sockets.size, visitor: visitor.sockets.size }),
    async close() {
      for (const undo of detach) undo()
      await io.close()
    },
  }
}
