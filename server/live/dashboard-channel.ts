import type { Logger } from 'pino'
import type { Namespace, Socket } from 'socket.io'
import { cookieName, readCookie } from '../auth/credentials.ts'
import { ADMINISTRATOR, type Operator, type Operators } from '../auth/operators.ts'
import type { OriginRules } from '../auth/origins.ts'
import { maskUser } from '../personal.ts'
import type { DashboardClientToServerEvents, DashboardServerToClientEvents, Verification } from '../protocol.ts'
import type { Store } from '../store/engine/store.ts'
import type { Changefeed, Stretch } from './changefeed.ts'

interface DashboardData {
  operator: Operator
  /** The revision this socket holds; undefined while it is being brought up to date. */
  position: number | undefined
  /** From where it wants to be brought up to date, and has not been yet. */
  asked: { since: number | undefined } | undefined
  /** While it is being brought up to date. */
  answering: Promise<void> | undefined
  /** Packets made for this reader that its transport has not taken yet. */
  waiting: number
  /** Since when its reader has not kept up, epoch ms. */
  behindSince: number | undefined
}

type NoEvents = Record<never, never>
export type DashboardNamespace = Namespace<
  DashboardClientToServerEvents,
  DashboardServerToClientEvents,
  NoEvents,
  DashboardData
>
type DashboardSocket = Socket<DashboardClientToServerEvents, DashboardServerToClientEvents, NoEvents, DashboardData>

/** Rooms of those who hold what the feed has told last: programs are told all, people no id that names somebody. */
const PROGRAMS = 'programs'
const PEOPLE = 'people'

/** Packets waiting for one reader; beyond it nothing more is queued for it until it has read. */
const MAX_WAITING_PACKETS = 256

/** A reader that stays behind this long is let go, ms; it comes back and is brought up to date. */
const MAX_BEHIND_MS = 10_000

/** How often slow readers and ended sessions are looked at, ms: an ended session's sockets are gone within a second. */
const SWEEP_EVERY_MS = 500

export interface DashboardChannelDeps {
  feed: Changefeed
  operators: Pick<Operators, 'isAdminToken' | 'find' | 'keepAlive'>
  origins: Pick<OriginRules, 'isOwn' | 'mayEmbed'>
  publicUrl: () => string
  store: Pick<Store, 'onWake'>
  log: Logger
  now: () => number
}

/**
 * Brings every operator's screen to the newest revision and keeps it there. A push is only a hint: each carries the
 * revision it follows, and a client that holds another asks with `resync`.
 */
export function attachDashboardChannel(namespace: DashboardNamespace, deps: DashboardChannelDeps): () => void {
  const { feed, operators, log, now } = deps

  namespace.use((socket, next) => {
    authenticate(socket)
      .then((operator) => {
        if (operator === null) return next(new Error('unauthorized'))
        socket.data.operator = operator
        next()
      })
      .catch((error: unknown) => {
        log.error({ event: 'dashboard_auth_failed', err: error })
        next(new Error('unavailable'))
      })
  })

  async function authenticate(socket: DashboardSocket): Promise<Operator | null> {
    const { token } = readAuth(socket)
    const { origin } = socket.handshake.headers
    if (origin !== undefined && !deps.origins.isOwn(origin)) return null
    if (token !== undefined) {
      return operators.isAdminToken(token) ? ADMINISTRATOR : null
    }
    const cookie = readCookie(socket.request, cookieName(deps.publicUrl()))
    return cookie === null ? null : operators.find(cookie)
  }

  namespace.on('connection', (socket) => {
    socket.on('error', (error) => log.warn({ event: 'socket_error', err: error }))
    socket.data.waiting = 0
    socket.conn.on('packetCreate', () => {
      socket.data.waiting += 1
    })
    socket.conn.on('flush', (packets: readonly unknown[]) => {
      socket.data.waiting = Math.max(0, socket.data.waiting - packets.length)
    })
    socket.on('resync', (request: unknown) => bringUpToDate(socket, readSince(request)))
    bringUpToDate(socket, readAuth(socket).since)
  })

  function bringUpToDate(socket: DashboardSocket, since: number | undefined): void {
    socket.data.position = undefined
    socket.data.asked = { since }
    // One answer at a time, and none to who does not read: however often somebody asks, no more than that is kept for them.
    if (isBehind(socket)) return
    socket.data.answering ??= answerAll(socket)
      .catch((error: unknown) => {
        log.error({ event: 'dashboard_answer_failed', err: error })
        // The client comes back by itself and asks again.
        socket.disconnect(true)
      })
      .finally(() => {
        socket.data.answering = undefined
      })
  }

  async function answerAll(socket: DashboardSocket): Promise<void> {
    while (socket.data.asked !== undefined && !isBehind(socket)) {
      const { since } = socket.data.asked
      socket.data.asked = undefined
      // Asked again meanwhile: what the last answer led to no longer counts.
      socket.data.position = undefined
      await answer(socket, since)
    }
  }

  /** Sends what is missing until the socket holds what the feed has already told everybody else. */
  async function answer(socket: DashboardSocket, since: number | undefined): Promise<void> {
    let position = since
    let isFirst = true
    while (socket.connected && (isFirst || position === undefined || position < feed.revision)) {
      const missed = position === undefined ? null : await feed.since(position)
      if (missed === null) {
        const snapshot = await feed.snapshot()
        socket.emit('snapshot', forReader(socket, snapshot))
        position = snapshot.revision
      } else {
        socket.emit('changes', forReader(socket, missed))
        position = missed.to
      }
      isFirst = false
    }
    socket.data.position = position
  }

  const unsubscribe = feed.subscribe((stretch) => {
    for (const socket of namespace.sockets.values()) follow(socket, stretch)
    // Once for all of a room, down to the bytes on the wire: dashboards may be many, and changes come fast.
    if (isAnybodyIn(PROGRAMS)) namespace.to(PROGRAMS).emit('changes', stretch)
    if (isAnybodyIn(PEOPLE)) namespace.to(PEOPLE).emit('changes', maskUsers(stretch))
  })

  /** Socket.IO encodes before it looks who is there. */
  function isAnybodyIn(room: string): boolean {
    return namespace.adapter.rooms.has(room)
  }

  /** Puts into its room whom this stretch is the next one for; whoever missed something is told that first. */
  function follow(socket: DashboardSocket, stretch: Stretch): void {
    const { position } = socket.data
    const room = isProgram(socket) ? PROGRAMS : PEOPLE
    if (position === stretch.from && !isBehind(socket)) {
      void socket.join(room)
      socket.data.position = stretch.to
      return
    }
    void socket.leave(room)
    if (position !== undefined && position < stretch.to && !isBehind(socket)) bringUpToDate(socket, position)
  }

  function isBehind(socket: DashboardSocket): boolean {
    if (socket.data.waiting <= MAX_WAITING_PACKETS) return false
    socket.data.behindSince ??= now()
    return true
  }

  function sweepReaders(): void {
    for (const socket of namespace.sockets.values()) {
      if (socket.data.behindSince === undefined) continue
      if (!isBehind(socket)) {
        socket.data.behindSince = undefined
        const { asked, position } = socket.data
        if (asked !== undefined) bringUpToDate(socket, asked.since)
        else if (position !== undefined && position < feed.revision) bringUpToDate(socket, position)
      } else if (now() - socket.data.behindSince > MAX_BEHIND_MS) {
        socket.disconnect(true)
      }
    }
  }

  const stopWatching = watchSessions(namespace, deps)
  const timer = setInterval(sweepReaders, SWEEP_EVERY_MS)

  return () => {
    clearInterval(timer)
    stopWatching()
    unsubscribe()
  }
}

/** Whether it came with ADMIN_TOKEN rather than with somebody's session. */
function isProgram(socket: DashboardSocket): boolean {
  return socket.data.operator.sessionId === null
}

function maskUsers<T extends { verifications: Verification[] }>(pushed: T): T {
  return { ...pushed, verifications: pushed.verifications.map(maskUser) }
}

/** What one socket is told, as its reader may see it. */
function forReader<T extends { verifications: Verification[] }>(socket: DashboardSocket, told: T): T {
  return isProgram(socket) ? told : maskUsers(told)
}

/** Ends the sockets of sessions that were ended, on whichever node, or have expired. */
function watchSessions(
  namespace: DashboardNamespace,
  { operators, store, log }: Pick<DashboardChannelDeps, 'operators' | 'store' | 'log'>,
): () => void {
  async function sweep(): Promise<void> {
    const sockets = [...namespace.sockets.values()].filter((socket) => socket.data.operator.sessionId !== null)
    if (sockets.length === 0) return
    const ids = [...new Set(sockets.flatMap((socket) => socket.data.operator.sessionId ?? []))]
    const alive = await operators.keepAlive(ids)
    for (const socket of sockets) if (!alive.has(socket.data.operator.sessionId ?? '')) socket.disconnect(true)
  }
  let sweeping: Promise<void> | undefined
  let isDue = false
  async function sweepWhileDue(): Promise<void> {
    while (isDue) {
      isDue = false
      await sweep().catch((error: unknown) => log.error({ event: 'session_sweep_failed', err: error }))
    }
  }
  // One at a time: while the store is slow they would take all of its connections.
  const run = () => {
    isDue = true
    sweeping ??= sweepWhileDue().finally(() => {
      sweeping = undefined
    })
  }
  const stopListening = store.onWake((topic) => {
    if (topic === 'sessions') run()
  })
  const timer = setInterval(run, SWEEP_EVERY_MS)
  return () => {
    clearInterval(timer)
    stopListening()
  }
}

function readAuth(socket: DashboardSocket): { token?: string; since?: number } {
  const auth: Record<string, unknown> = socket.handshake.auth
  const since = readSince(auth)
  return {
    ...(typeof auth['token'] === 'string' ? { token: auth['token'] } : {}),
    ...(since === undefined ? {} : { since }),
  }
}

/** Anything that is not a number counts as absent; a number that was never issued, as too old. */
function readSince(request: unknown): number | undefined {
  if (typeof request !== 'object' || request === null || !('since' in request)) return undefined
  return typeof request.since === 'number' ? request.since : undefined
}
