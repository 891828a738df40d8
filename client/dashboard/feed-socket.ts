import { io } from 'socket.io-client'
import * as z from 'zod/mini'
import type { Verification } from '../../server/protocol.ts'
import { changes, snapshot } from './api/schemas.ts'
import type { FeedEvent, FeedState } from './feed-state.ts'
import { applyFeedEvent, FEED_AT_START } from './feed-state.ts'

/**
 * What a frame brought: whole verifications that changed and ids of those that are no more; or `fresh`: so much was missed that whoever
 * keeps rows must ask again.
 */
export interface FeedNews {
  changed: readonly Verification[]
  removed: readonly string[]
  fresh: boolean
}

export interface Feed {
  readonly state: FeedState
  /** Called after every step, with news when verifications moved. Returns its undo. */
  subscribe(listener: (state: FeedState, news: FeedNews | null) => void): () => void
  close(): void
}

export interface FeedDeps {
  /** Origin and namespace, or the namespace alone on this page's own origin. */
  url?: string
  /** Asked when the door stays shut, as a refused handshake and an absent server look alike from here. */
  isSignedIn: () => Promise<boolean>
  now?: () => number
}

// A server that took the connection and then says nothing for this long (ms) is left and tried again.
const ANSWER_WITHIN = 10_000
// Attempts spread over up to this long (ms), so that a restarted server is not met by every page at once.
const RETRY_WITHIN = 30_000

/** The dashboard's only socket. Follows the server's changes, notices gaps, asks again, and says how current it is. */
export function createFeed({ url = '/dashboard', isSignedIn, now = Date.now }: FeedDeps): Feed {
  const listeners = new Set<(state: FeedState, news: FeedNews | null) => void>()
  let state = FEED_AT_START
  let watchdog: ReturnType<typeof setTimeout> | undefined
  let asked = false
  let closed = false

  const since = () => (state.revision === null ? {} : { since: state.revision })
  const socket = io(url, {
    // A handshake is answered like a resync: it says how far we are.
    auth: (answer) => answer(since()),
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnectionDelayMax: RETRY_WITHIN,
    randomizationFactor: 1,
  })

  function apply(event: FeedEvent, news: FeedNews | null = null) {
    const before = state
    state = applyFeedEvent(state, event)
    if (state === before) return
    if (state.connection !== 'waiting') {
      clearTimeout(watchdog)
      asked = false
    }
    for (const listener of listeners) listener(state, news)
  }

  function awaitAnswer() {
    clearTimeout(watchdog)
    watchdog = setTimeout(() => socket.disconnect().connect(), ANSWER_WITHIN)
  }

  function read<T>(schema: z.ZodMiniType<T>, message: unknown, handle: (message: T) => void) {
    const parsed = z.safeParse(schema, message)
    if (parsed.success) return handle(parsed.data)
    // A frame of another version of the server: what is held stays, marked as not current, until the page is loaded again.
    closed = true
    socket.disconnect()
    apply({ type: 'outdated' })
  }

  async function handleShutDoor() {
    if (closed || (await isSignedIn().catch(() => true))) {
      if (!closed && !socket.active) setTimeout(() => closed || socket.connect(), ANSWER_WITHIN)
      return
    }
    socket.disconnect()
    apply({ type: 'refused' })
  }

  socket.on('connect', () => {
    apply({ type: 'connected' })
    awaitAnswer()
  })
  socket.on('snapshot', (message: unknown) =>
    read(snapshot, message, (frame) => {
      apply({ type: 'snapshot', snapshot: frame, at: now() }, { changed: [], removed: [], fresh: true })
    }),
  )
  socket.on('changes', (message: unknown) =>
    read(changes, message, (frame) => {
      const follows = frame.from === state.revision
      apply(
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
    apply({ type: 'lost', online: navigator.onLine })
    if (!socket.active) void handleShutDoor()
  })
  socket.on('connect_error', () => {
    apply({ type: 'lost', online: navigator.onLine })
    void handleShutDoor()
  })
  socket.io.on('ping', () => apply({ type: 'heard', at: now() }))

  const handleNetwork = () => {
    if (state.connection === 'live' && navigator.onLine) return
    if (navigator.onLine) socket.disconnect().connect()
    else apply({ type: 'lost', online: false })
  }
  const handleShown = () => {
    if (document.visibilityState === 'visible' && !socket.connected) socket.disconnect().connect()
  }
  addEventListener('online', handleNetwork)
  addEventListener('offline', handleNetwork)
  document.addEventListener('visibilitychange', handleShown)

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    close() {
      closed = true
      clearTimeout(watchdog)
      removeEventListener('online', handleNetwork)
      removeEventListener('offline', handleNetwork)
      document.removeEventListener('visibilitychange', handleShown)
      listeners.clear()
      socket.disconnect()
    },
  }
}
