import { io, type Socket } from 'socket.io-client'
import type { DashboardClientToServerEvents, DashboardServerToClientEvents } from '../../server/protocol.ts'
import type { BenchServer } from './stage.ts'

/** Open dashboards that note when they hear of a decision. */
export interface Dashboards {
  /** Times from `sentAt`, by execution id, to each dashboard's hearing of it, ms; resolves once all have heard all. */
  hear(sentAt: ReadonlyMap<string, number>): Promise<number[]>
  close(): void
}

/** As long as the slowest may take to hear of the last one, ms; a figure above would be a fault. */
const PATIENCE_MS = 20_000

export async function openDashboards(server: BenchServer, count: number): Promise<Dashboards> {
  const heardAt = Array.from({ length: count }, () => new Map<string, number>())
  let total = 0
  let handleHeard: () => void = () => undefined

  function open(
    heard: Map<string, number>,
  ): Promise<Socket<DashboardServerToClientEvents, DashboardClientToServerEvents>> {
    const socket: Socket<DashboardServerToClientEvents, DashboardClientToServerEvents> = io(`${server.url}/dashboard`, {
      auth: { token: server.adminToken },
      transports: ['websocket'],
      forceNew: true,
    })
    socket.on('changes', ({ verifications }) => {
      const now = performance.now()
      for (const { vendorId } of verifications) {
        if (heard.has(vendorId)) continue
        heard.set(vendorId, now)
        total += 1
      }
      handleHeard()
    })
    return new Promise((resolve, reject) => {
      socket.once('snapshot', () => resolve(socket))
      socket.once('connect_error', reject)
    })
  }

  const sockets = await Promise.all(heardAt.map(open))
  return {
    hear: (sentAt) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error(`heard ${total} of ${count * sentAt.size}`)), PATIENCE_MS)
        handleHeard = () => {
          if (total < count * sentAt.size) return
          clearTimeout(timer)
          resolve(
            heardAt.flatMap((heard) => [...sentAt].map(([id, at]) => (heard.get(id) ?? Number.POSITIVE_INFINITY) - at)),
          )
        }
        handleHeard()
      }),
    close() {
      for (const socket of sockets) socket.disconnect()
    },
  }
}
