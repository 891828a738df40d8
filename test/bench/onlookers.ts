import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { BenchServer } from './stage.ts'

// Dashboards that are open elsewhere: the server has to serve them like any other, and what they do with it costs other
// machines. So they have a process of their own, take every frame off the wire and leave it unread.

const HANDSHAKE = 'socket.io/?EIO=4&transport=websocket'

/** Opens `count` dashboards that have all been shown a snapshot. Returns their end. */
export async function openOnlookers({ url, adminToken }: BenchServer, count: number): Promise<() => void> {
  const child = fork(fileURLToPath(import.meta.url), [url, adminToken, String(count)])
  await once(child, 'message')
  return () => child.kill()
}

/** One in Engine.IO's and Socket.IO's own words, without their clients, which would parse everything. */
function look(url: string, token: string): Promise<void> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/${HANDSHAKE}`)
  return new Promise((resolve, reject) => {
    socket.addEventListener('error', () => reject(new Error('an onlooker was refused')))
    socket.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
      if (typeof data !== 'string') return
      if (data.startsWith('0')) socket.send(`40/dashboard,${JSON.stringify({ token })}`)
      else if (data === '2') socket.send('3')
      else if (data.startsWith('42')) resolve()
    })
  })
}

if (import.meta.main) {
  const [url = '', token = '', count] = process.argv.slice(2)
  await Promise.all(Array.from({ length: Number(count) }, () => look(url, token)))
  process.send?.('open')
}
