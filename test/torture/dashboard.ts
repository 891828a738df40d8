import assert from 'node:assert/strict'
import { io, type Socket } from 'socket.io-client'
import type { DashboardClientToServerEvents, DashboardServerToClientEvents } from '../../server/protocol.ts'
import { Screen } from '../oracle/screen.ts'

/** A dashboard that stays through every death of its server. */
export interface Dashboard {
  readonly screen: Screen | undefined
  /** Snapshots that it was sent: more than one means that it had missed too much, or was told so. */
  readonly snapshots: number
  /** Resolves once it holds that revision. */
  untilAt(revision: number): Promise<Screen>
  /** Resolves with the first thing that it holds. */
  untilShown(): Promise<Screen>
  close(): void
}

/** How long everybody gets to catch up in the end, ms. */
const CATCH_UP_MS = 30_000

export function openDashboard(url: string, token: string): Dashboard {
  let screen: Screen | undefined
  let snapshots = 0
  const listeners = new Set<() => void>()
  const socket: Socket<DashboardServerToClientEvents, DashboardClientToServerEvents> = io(`${url}/dashboard`, {
    transports: ['websocket'],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 300,
    auth: (give) => give(screen === undefined ? { token } : { token, since: screen.revision }),
  })
  // Refused by the server itself, its store being away for instance: only such a client does not come back by itself.
  socket.on('connect_error', () => {
    if (!socket.active) setTimeout(() => socket.connect(), 100)
  })
  socket.on('disconnect', (reason) => {
    if (reason === 'io server disconnect') socket.connect()
  })
  socket.on('snapshot', (snapshot) => {
    screen = new Screen(snapshot)
    snapshots += 1
    for (const listener of listeners) listener()
  })
  socket.on('changes', (changes) => {
    if (screen === undefined || changes.from !== screen.revision) {
      socket.emit('resync', screen === undefined ? {} : { since: screen.revision })
      return
    }
    screen.apply(changes)
    for (const listener of listeners) listener()
  })

  function until(isReached: (screen: Screen) => boolean, what: string): Promise<Screen> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        listeners.delete(look)
        reject(new Error(`a dashboard stands at ${screen?.revision}, not ${what}`))
      }, CATCH_UP_MS)
      function look(): void {
        if (screen === undefined || !isReached(screen)) return
        clearTimeout(timer)
        listeners.delete(look)
        resolve(screen)
      }
      listeners.add(look)
      look()
    })
  }

  return {
    get screen() {
      return screen
    },
    get snapshots() {
      return snapshots
    },
    untilAt: (revision) => until((shown) => shown.revision >= revision, `at ${revision}`),
    untilShown: () => until(() => true, 'anywhere'),
    close: () => void socket.disconnect(),
  }
}

/**
 * A fresh one knows the newest 200; one that stayed may hold more, all of which must be as `rows` has them: the store's
 * own, by id.
 */
export function assertShowsTheSame(stayed: Screen, fresh: Screen, rows: ReadonlyMap<string, unknown>): void {
  assert.equal(stayed.revision, fresh.revision)
  assert.deepEqual(stayed.counts, fresh.counts)
  const held = new Map(stayed.rows.map((row) => [row.id, row]))
  for (const row of fresh.rows) assert.deepEqual(held.get(row.id), row, 'a row of the newest')
  for (const [id, row] of held) assert.deepEqual(row, rows.get(id), 'a row of the store')
}
