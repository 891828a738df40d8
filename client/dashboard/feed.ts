import type { Verification } from '../../server/protocol.ts'
import type { FeedSocket } from './feed-socket.ts'
import type { FeedEvent, FeedState } from './feed-state.ts'
import { applyFeedEvent, FEED_AT_START } from './feed-state.ts'
import { whenIdle } from './parts/when-idle.ts'

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
  /** Tries to reach the server now, where it is not reached. */
  retry(): void
  close(): void
}

export interface FeedDeps {
  /** Origin and namespace, or the namespace alone on this page's own origin. */
  url?: string
  /** Asked when the door stays shut, as a refused handshake and an absent server look alike from here. */
  isSignedIn: () => Promise<boolean>
  now?: () => number
}

// By then at the latest (ms), however busy the page is with its first rows.
const CONNECT_WITHIN = 1000

// Before the socket's own chunk is asked for again (ms), where it could not be fetched.
const LOAD_AGAIN = 10_000

/** Follows the server's changes, notices gaps, asks again, and says how current it is. */
export function createFeed({ url = '/dashboard', isSignedIn, now = Date.now }: FeedDeps): Feed {
  const listeners = new Set<(state: FeedState, news: FeedNews | null) => void>()
  let state = FEED_AT_START
  let isClosed = false
  let socket: FeedSocket | undefined
  let loading: ReturnType<typeof setTimeout> | undefined

  function apply(event: FeedEvent, news: FeedNews | null = null): FeedState {
    const before = state
    state = applyFeedEvent(state, event)
    if (state !== before) for (const listener of listeners) listener(state, news)
    return state
  }

  /** After what the page begins with, which is of this very moment and waits for nothing. */
  async function connect(): Promise<void> {
    try {
      await whenIdle(CONNECT_WITHIN)
      const { connectFeedSocket } = await import('./feed-socket.ts')
      if (!isClosed) socket = connectFeedSocket({ url, isSignedIn, now, read: () => state, apply })
    } catch {
      if (isClosed) return
      apply({ type: 'lost', online: navigator.onLine })
      loading = setTimeout(() => void connect(), LOAD_AGAIN)
    }
  }
  void connect()

  return {
    get state() {
      return state
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retry() {
      socket?.retry()
    },
    close() {
      isClosed = true
      clearTimeout(loading)
      listeners.clear()
      socket?.close()
    },
  }
}
