import type { Logger } from 'pino'
import type { Namespace, Socket } from 'socket.io'
import { type Follow, readLinksOf } from '../links/follow.ts'
import type {
  StatusMessage,
  Verification,
  VisitorClientToServerEvents,
  VisitorServerToClientEvents,
} from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import { readVerifications } from '../store/reading/verifications.ts'
import type { Changefeed } from './changefeed.ts'

interface VisitorData {
  /** Null until something is begun by the link. */
  verificationId: string | null
  linkId: string | null
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
  follow: Follow
  log: Logger
}

/** Tells a visitor the authoritative status of the one verification that the status token follows, and nothing else. */
export function attachVisitorChannel(namespace: VisitorNamespace, deps: VisitorChannelDeps): () => void {
  const { feed, store, log } = deps
  let followingLinks = 0

  namespace.use((socket, next) => {
    const auth: Record<string, unknown> = socket.handshake.auth
    const token = auth['token']
    if (typeof token !== 'string') return next(new Error('unauthorized'))
    deps
      .follow(token)
      .then((followed) => {
        if (followed === null) return next(new Error('unauthorized'))
        socket.data.verificationId = followed.verificationId
        socket.data.linkId = followed.linkId
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
    const { linkId } = socket.data
    if (linkId !== null) {
      followingLinks += 1
      socket.on('disconnect', () => (followingLinks -= 1))
    }
    ;(linkId === null ? answer(socket) : answerLink(socket, linkId)).catch((error: unknown) => {
      log.error({ event: 'visitor_answer_failed', err: error })
      socket.disconnect(true)
    })
  })

  // Both join before they read, so that a change in between is not missed.

  async function answer(socket: VisitorSocket): Promise<void> {
    const { verificationId } = socket.data
    if (verificationId === null) return
    await socket.join(verificationId)
    const [verification] = await readVerifications(store.reader, [verificationId])
    if (verification !== undefined) tell(socket, verification)
  }

  async function answerLink(socket: VisitorSocket, linkId: string): Promise<void> {
    await socket.join(roomOf(linkId))
    const followed = await deps.follow(String(socket.handshake.auth['token']))
    if (followed === null) return
    if (followed.verificationId === null) return tell(socket, { status: 'created', revision: 0, link: followed.link })
    socket.data.verificationId = followed.verificationId
    await answer(socket)
  }

  /** What was begun by a link is found by those who follow the link; begun once more, they follow the newer one. */
  async function moveFollowers(verifications: readonly Verification[]): Promise<void> {
    const byId = new Map(verifications.map((verification) => [verification.id, verification]))
    for (const { linkId, verificationId } of await readLinksOf(store.reader, [...byId.keys()])) {
      const verification = byId.get(verificationId)
      for (const socket of socketsIn(roomOf(linkId))) {
        if (verification === undefined || socket.data.verificationId === verificationId) continue
        if (socket.data.verificationId !== null) void socket.leave(socket.data.verificationId)
        socket.data.verificationId = verificationId
        void socket.join(verificationId)
        tell(socket, verification)
      }
    }
  }

  function socketsIn(room: string): VisitorSocket[] {
    const ids = namespace.adapter.rooms.get(room) ?? []
    return [...ids].flatMap((id) => namespace.sockets.get(id) ?? [])
  }

  function tell(socket: VisitorSocket, { status, revision, link }: StatusMessage): void {
    if (revision <= socket.data.revision) return
    socket.data.revision = revision
    socket.emit('status', { status, revision, ...(link === undefined ? {} : { link }) })
  }

  return feed.subscribe(({ verifications }) => {
    for (const verification of verifications) {
      for (const socket of socketsIn(verification.id)) tell(socket, verification)
    }
    if (followingLinks === 0) return
    moveFollowers(verifications).catch((error: unknown) => log.error({ event: 'visitor_answer_failed', err: error }))
  })
}

const roomOf = (linkId: string) => `link ${linkId}`
