import { io } from 'socket.io-client'
import * as z from 'zod/mini'
import { changes, snapshot } from './api/schemas.ts'
import type { FeedDeps, FeedNews } from './feed.ts'
import type { FeedEvent, FeedState } from './feed-state.ts'

export interface FeedSocketDeps extends Required<FeedDeps> {
  read: () => FeedState
  /** Takes a step and answers with what it led to. */
  apply: (event: FeedEvent, news?: FeedNews | null) => FeedState
}

// A server that took the connection and then says nothing for this long (ms) is left and tried again.
const ANSWER_WITHIN = 10_000
// Attempts spread over up to this long (ms), so that a restarted server is not met by every page at once; operators wait for it.
const RETRY_WITHIN = 10_000

export interface FeedSocket {
  /** Tries now rather than at its own time. */
  retry(): void
  close(): void
}

/** The dashboard's only socket. */
export function connectFeedSocket({ url, isSignedIn, now, read, apply }: FeedSocketDeps): FeedSocket {
  let watchdog: ReturnType<typeof setTimeout> | undefined
  let asked = false
  let closed = false

  const since = () => {
    const { revision } = read()
    return revision === null ? {} : { since: revision }
  }
  const socket = io(url, {
    // A handshake is answered like a resync: it says how far we are.
    auth: (answer) => answer(since()),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelayMax: RETRY_WITHIN,
    randomizationFactor: 1,
  })

  function tell(event: FeedEvent, news: FeedNews | null = null) {
    if (apply(event, news).connection === 'waiting') return
    clearTimeout(watchdog)
    asked = false
  }

  function awaitAnswer() {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => socket.disconnect().connect(), ANSWER_WITHIN)
  }

  function parse<T>(schema: z.ZodMiniType<T>, message: unknown, handle: (message: T) => void) {
    const parsed = z.safeParse(schema, message)
    if (parsed.success) return handle(parsed.data)
    // A frame of another version of the server: what is held stays, marked as not current, until the page is loaded again.
    closed = true
    socket.disconnect()
    tell({ type: 'outdated' })
  }

  async function handleShutDoor() {
    if (closed || (await isSignedIn().catch(() => true))) {
      if (!closed && !socket.active) setTimeout(() => closed || socket.connect(), ANSWER_WITHIN)
      return
    }
    socket.disconnect()
    tell({ type: 'refused' })
  }

  socket.on('connect', () => {
    tell({ type: 'connected' })
    awaitAnswer()
  })
  socket.on('snapshot', (message: unknown) =>
    parse(snapshot, message, (frame) => {
      tell({ type: 'snapshot', snapshot: frame, at: now() }, { changed: [], removed: [], fresh: true })
    }),
  )
  socket.on('changes', (message: unknown) =>
    parse(changes, message, (frame) => {
      const follows = frame.from === read().revision
      tell(
        { type: 'changes', changes: frame, at: now() },
        follows ? { changed: frame.verifications, removed: frame.removed ?? [], fresh: false } : null,
      )
      if (follows || asked) return
      asked = true
      socket.emit('resync', since())
      awaitAnswer()
    }),
  )
  socket.on('disconnect', () => {
    if (closed) return
    tell({ type: 'lost', online: navigator.onLine })
    if (!socket.active) void handleShutDoor()
  })
  socket.on('connect_error', () => {
    tell({ type: 'lost', online: navigator.onLine })
    void handleShutDoor()
  })
  socket.io.on('ping', () => tell({ type: 'heard', at: now() }))

  const retry = () => {
    if (!closed && !socket.connected) socket.disconnect().connect()
  }
  const handleNetwork = () => {
    if (read().connection === 'live' && navigator.onLine) return
    if (navigator.onLine) socket.disconnect().connect()
    else tell({ type: 'lost', online: false })
  }
  const handleShown = () => {
    if (document.visibilityState === 'visible') retry()
  }
  addEventListener('online', handleNetwork)
  addEventListener('offline', handleNetwork)
  document.addEventListener('visibilitychange', handleShown)

  return {
    retry,
    close() {
      closed = true
      clearTimeout(watchdog)
      removeEventListener('online', handleNetwork)
      removeEventListener('offline', handleNetwork)
      document.removeEventListener('visibilitychange', handleShown)
      socket.disconnect()
    },
  }
}
