import { io, type Socket } from 'socket.io-client'
import {
  type LinkState,
  STATUSES,
  type StatusMessage,
  type VisitorClientToServerEvents,
  type VisitorServerToClientEvents,
} from '../../../server/protocol.ts'
import { warn } from '../reasons/warn.ts'
import { watchRefusals } from '../reasons/watch-refusals.ts'

export interface StatusListener {
  /** Every change of the verification that the token is for; never an older one after a newer. */
  status(message: StatusMessage): void
  /** The server does not know the token (any more). Nothing follows. */
  refused(): void
}

/** After a no that is not about the token: the server is starting, stopping, or too busy. */
const RETRY_MS = 15_000

/** Returns the undo. Loaded lazily, with Socket.IO. */
export function connectStatusSocket(server: string, statusToken: string, listener: StatusListener): () => void {
  const { origin, pathname } = new URL(`${server}/socket.io`)
  const socket: Socket<VisitorServerToClientEvents, VisitorClientToServerEvents> = io(`${origin}/visitor`, {
    path: pathname,
    auth: { token: statusToken },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    // A connection of its own, so that ending it never ends another element's.
    forceNew: true,
    // After a restart of the server all visitors come back: spread them out.
    randomizationFactor: 1,
    reconnectionDelayMax: 30_000,
  })
  let newest = -1
  let retry: ReturnType<typeof setTimeout> | undefined

  const connectLater = () => {
    retry = setTimeout(() => socket.connect(), RETRY_MS)
  }
  const unwatch = watchRefusals(origin.replace(/^http/, 'ws'), ({ directive, what }) => {
    warn(
      directive,
      `The page’s content security policy (${directive}) keeps out ${what}: the result comes more slowly.`,
    )
  })
  // An open connection would keep the page out of the browser's back/forward cache, and one cut in there is found dead only later.
  const handlePageHide = () => {
    clearTimeout(retry)
    socket.disconnect()
  }
  const handlePageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) socket.connect()
  }
  addEventListener('pagehide', handlePageHide)
  addEventListener('pageshow', handlePageShow)
  const end = () => {
    unwatch()
    removeEventListener('pagehide', handlePageHide)
    removeEventListener('pageshow', handlePageShow)
    clearTimeout(retry)
    socket.off()
    socket.disconnect()
  }

  socket.on('status', (sent: unknown) => {
    const message = parseStatusMessage(sent)
    if (!message || message.revision < newest) return
    newest = message.revision
    listener.status(message)
  })
  socket.on('connect_error', ({ message }) => {
    // Socket.IO retries by itself (`active`) unless the namespace said no.
    if (socket.active) return
    if (message === 'unauthorized') {
      end()
      listener.refused()
    } else {
      connectLater()
    }
  })
  // The one ending after which Socket.IO does not come back by itself.
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') connectLater()
  })
  return end
}

const LINK_STATES = ['waiting', 'expired', 'replaced'] as const satisfies LinkState[]

function parseStatusMessage(sent: unknown): StatusMessage | undefined {
  if (typeof sent !== 'object' || sent === null || !('status' in sent) || !('revision' in sent)) return undefined
  const status = STATUSES.find((known) => known === sent.status)
  if (!status || typeof sent.revision !== 'number') return undefined
  const link = 'link' in sent ? LINK_STATES.find((known) => known === sent.link) : undefined
  return { status, revision: sent.revision, ...(link && { link }) }
}
