import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'
import express from 'express'
import { Server } from 'socket.io'
import type {
  Changes,
  Counts,
  DashboardClientToServerEvents,
  DashboardServerToClientEvents,
  SessionInfo,
  Snapshot,
  Verification,
  VerificationPage,
} from '../../../server/protocol.ts'
import { NO_COUNTS, STATUSES } from '../../../server/protocol.ts'
import { listen } from '../../helpers/listen.ts'

const DIST = fileURLToPath(new URL('../../../dist', import.meta.url))

/** As the server coalesces, ms. */
const FRAME_MS = 16

/** Verifications that are there; each change moves one of the newest thousand or adds one, as on a busy day. */
const ROWS = 5000
const BUSY = 1000
const PAGE_SIZE = 100

/** The built page over a feed that is played to it: what the page itself can take, with nothing else to wait for. */
export interface PlayedFeed {
  url: string
  /** Changes a second from now on; 0 is quiet. */
  play(perSecond: number): void
  close(): Promise<void>
}

export async function startPlayedFeed(): Promise<PlayedFeed> {
  const rows = Array.from({ length: ROWS }, (_, place) => makeRow(place, 0))
  let revision = ROWS
  let perSecond = 0

  const app = express()
  const session: SessionInfo = { operator: 'bench', role: 'admin', environment: 'sandbox', warnings: [], workflows: [] }
  app.get('/api/session', (_request, response) => response.json(session))
  app.post('/api/verifications/search', (_request, response) => {
    const page: VerificationPage = { items: rows.slice(-PAGE_SIZE).toReversed(), next: 'more' }
    response.json(page)
  })
  app.get('/api/statistics', (_request, response) => response.json({ workflows: [] }))
  app.get('/dashboard', (_request, response) => response.sendFile('dashboard/index.html', { root: DIST }))
  app.use('/assets', express.static(`${DIST}/assets`))
  const http = createServer(app)
  const io = new Server<DashboardClientToServerEvents, DashboardServerToClientEvents>(http, { serveClient: false })
  const dashboard = io.of('/dashboard')
  dashboard.on('connection', (socket) => {
    const snapshot: Snapshot = { revision, verifications: rows.slice(-200), counts: count(rows) }
    socket.emit('snapshot', snapshot)
  })

  let owed = 0
  let last = performance.now()
  const timer = setInterval(() => {
    const now = performance.now()
    owed += ((now - last) / 1000) * perSecond
    last = now
    const amount = Math.floor(owed)
    owed -= amount
    if (amount === 0) return
    const changed = new Map<string, Verification>()
    const from = revision
    for (let each = 0; each < amount; each++) {
      revision += 1
      // One in four is a new one, the others go on.
      const isNew = revision % 4 === 0
      const place = isNew ? rows.length : rows.length - 1 - Math.floor(Math.random() * BUSY)
      const row = makeRow(place, revision)
      rows[place] = row
      changed.set(row.id, row)
    }
    const changes: Changes = {
      from,
      to: revision,
      verifications: [...changed.values()],
      counts: count(rows.slice(-ROWS)),
    }
    dashboard.emit('changes', changes)
  }, FRAME_MS)

  return {
    url: await listen(http),
    play(rate) {
      perSecond = rate
    },
    async close() {
      clearInterval(timer)
      await io.close()
    },
  }
}

function makeRow(place: number, revision: number): Verification {
  const at = new Date(Date.UTC(2026, 0, 1) + place * 1000).toISOString()
  return {
    id: `ver_${String(place).padStart(12, '0')}`,
    vendor: 'seon',
    vendorId: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    userId: `user-${place}`,
    workflow: null,
    status: STATUSES[(place + revision) % STATUSES.length] ?? 'created',
    decidedAt: null,
    createdAt: at,
    updatedAt: new Date().toISOString(),
    revision: Math.max(revision, place + 1),
    environment: 'sandbox',
    overdue: false,
  }
}

function count(rows: readonly Verification[]): Counts {
  const counts: Counts = { ...NO_COUNTS }
  for (const { status } of rows) counts[status] += 1
  return counts
}
