import type { Changes, Counts, Snapshot } from '../../server/protocol.ts'

/**
 * How the page stands to the server. Only `live` is the truth of now; for every other word the screen says since when it may be stale.
 * `waiting`: connected, and asked for what is missing. `refused`: the server no longer takes this session. `outdated`: the server
 * speaks a newer version than this page, which must be loaded again.
 */
export type Connection = 'connecting' | 'waiting' | 'live' | 'reconnecting' | 'offline' | 'refused' | 'outdated'

/**
 * What the dashboard knows from its socket. Everything in it comes from the server; nothing is guessed ahead. Rows are not in it: whoever
 * shows some asks the API for them and lays each frame's changes over (see verifications/list/list-state.ts).
 */
export interface FeedState {
  connection: Connection
  /** Epoch ms of the last moment at which this state was known to be the server's; null before the first. */
  currentAt: number | null
  /** The last revision held without a gap; null before the first snapshot. */
  revision: number | null
  counts: Counts | null
}

export type FeedEvent =
  | { type: 'connected' }
  | { type: 'heard'; at: number }
  | { type: 'lost'; online: boolean }
  | { type: 'refused' }
  | { type: 'outdated' }
  | { type: 'snapshot'; snapshot: Pick<Snapshot, 'revision' | 'counts'>; at: number }
  | { type: 'changes'; changes: Changes; at: number }

export const FEED_AT_START: FeedState = {
  connection: 'connecting',
  currentAt: null,
  revision: null,
  counts: null,
}

/** Whether the server was heard before, and is not any more. */
export function isBehind({ connection }: FeedState): boolean {
  return connection === 'reconnecting' || connection === 'offline' || connection === 'outdated'
}

/** One step of the feed. A frame that does not follow on what is held changes nothing but the connection: the caller asks again. */
export function applyFeedEvent(state: FeedState, event: FeedEvent): FeedState {
  switch (event.type) {
    case 'connected':
      return { ...state, connection: 'waiting' }
    case 'heard':
      return state.connection === 'live' ? { ...state, currentAt: event.at } : state
    case 'lost':
      return { ...state, connection: event.online ? 'reconnecting' : 'offline' }
    case 'refused':
    case 'outdated':
      return { ...state, connection: event.type }
    case 'snapshot':
      return {
        connection: 'live',
        currentAt: event.at,
        revision: event.snapshot.revision,
        counts: event.snapshot.counts,
      }
    case 'changes':
      break
  }
  if (event.changes.from !== state.revision) return { ...state, connection: 'waiting' }
  return {
    connection: 'live',
    currentAt: event.at,
    revision: event.changes.to,
    counts: event.changes.counts,
  }
}
