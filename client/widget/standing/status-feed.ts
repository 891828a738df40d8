import { insist } from '../insist.ts'
import type { StatusListener } from './status-socket.ts'

/**
 * Follows one verification on the server. Socket.IO is loaded now, not with the element: most page views never come
 * this far. Returns the undo.
 */
export function subscribeToStatus(server: string, statusToken: string, listener: StatusListener): () => void {
  let ended = false
  let disconnect: (() => void) | undefined
  const connect = async () => {
    const { connectStatusSocket } = await insist(() => import('./status-socket.ts'))
    if (!ended) disconnect = connectStatusSocket(server, statusToken, listener)
  }
  connect().catch(() => {
    // The chunk cannot be had: until the page is loaded anew it shows what the browser knows.
  })
  return () => {
    ended = true
    disconnect?.()
  }
}
