import type { Server } from 'node:http'
import { toPeerAddress } from './peer-address.ts'

/**
 * Connections at once from one address: a large office behind one has far fewer, and it takes ten to fill the server.
 * More are closed unanswered.
 */
const MAX_PER_PEER = 1000

/** Keeps one address from taking every connection. Not for servers behind a proxy, to which all are one. */
export function limitPeers(server: Server, maxPerPeer = MAX_PER_PEER): void {
  const counts = new Map<string, number>()
  server.on('connection', (socket) => {
    // Gone before it was looked at.
    if (socket.remoteAddress === undefined) return
    const peer = toPeerAddress(socket.remoteAddress)
    const count = counts.get(peer) ?? 0
    if (count >= maxPerPeer) {
      socket.destroy()
      return
    }
    counts.set(peer, count + 1)
    socket.once('close', () => {
      const left = (counts.get(peer) ?? 1) - 1
      if (left === 0) counts.delete(peer)
      else counts.set(peer, left)
    })
  })
}
