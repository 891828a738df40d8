import type { Logger } from 'pino'
import type { Namespace, Socket } from 'socket.io'
import type { StatusTokens } from '../auth/status-token.ts'
import type { StatusMessage, VisitorClientToServerEvents, VisitorServerToClientEvents } from '../protocol.ts'
import type { Store } from '../store/store.ts'
import { readVerifications } from '../store/verifications.ts'
import type { Changefeed } from './changefeed.ts'

interface VisitorData {
  verificationId: string
  /** What it was last told, so that nothing older or equal is sent. */
  revision: number
}

type NoEvents = Record<never, never>
export type VisitorNamespace = Namespace<
  VisitorClientToServerEvents,
  VisitorServerToClientEvents,
  NoEvents,
  VisitorData
>
type VisitorSocket = Socket<VisitorClientToServerEvents, VisitorServerToClientEvents, NoEvents, VisitorData>

export interface VisitorChannelDeps {
  feed: Changefeed
  store: Store
  statusTokens: Pick<StatusTokens, 'verify'>
  log: Logger
}

/** Tells a visitor the authoritative status of the one verification that the status token names, and nothing else. */
export function attachVisitorChannel(namespace: VisitorNamespace, deps: VisitorChannelDeps): () => void {
  const { feed, store, log } = deps

  namespace.use((socket, next) => {
    const auth: Record<string, unknown> = socket.handshake.auth
    const token = auth['token']
    if (typeof token !== 'string') return next(new Error('unauthorized'))
    deps.statusTokens
      .verify(token)
      .then((verificationId) => {
        if (verificationId === null) return next(new Error('unauthorized'))
        socket.data.verificationId = verificationId
        socket.data.revision = -1
        next()
      })
      .catch((error: unknown) => {
        log.error({ event: 'visitor_auth_failed', err: error })
        next(new Error('unavailable'))
      })
  })

  namespace.on('connection', (socket) => {
    socket.on('error', (error) => log.warn({ event: 'socket_error', err: error }))
    // Joined before it reads, so that a change in between is not missed.
    void socket.join(socket.data.verificationId)
    readVerifications(store.reader, [socket.data.verificationId])
      .then(([verification]) => verification && tell(socket, verification))
      .catch((error: unknown) => {
        log.error({ event: 'visitor_answer_failed', err: error })
        socket.disconnect(true)
      })
  })

  function tell(socket: VisitorSocket, { status, revision }: StatusMessage): void {
    if (revision <= socket.data.revision) return
    socket.data.revision = revision
    socket.emit('status', { status, revision })
  }

  return feed.subscribe(({ verifications }) => {
    for (const verification of verifications) {
      for (const id of namespace.adapter.rooms.get(verification.id) ?? []) {
        const socket = namespace.sockets.get(id)
        if (socket !== undefined) tell(socket, verification)
      }
    }
  })
}
