import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'

/** A network between a browser and a server that a test can cut and mend. */
export interface CuttableNetwork {
  /** The server's address on the browser's side. */
  url: string
  /** Where it leads, once the server listens. */
  lead(target: string): void
  /** Ends every connection and refuses new ones. */
  cut(): void
  mend(): void
  close(): Promise<void>
}

export async function startCuttableNetwork(): Promise<CuttableNetwork> {
  const sockets = new Set<Socket>()
  let target: URL | undefined
  let isCut = false
  const server = createServer((near) => {
    if (isCut || target === undefined) return near.destroy()
    const far = connect(Number(target.port), target.hostname)
    for (const [one, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        sockets.delete(one)
        other.destroy()
      })
    }
    return undefined
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  const drop = () => sockets.forEach((socket) => socket.destroy())
  return {
    url: `http://127.0.0.1:${address.port}`,
    lead(to) {
      target = new URL(to)
    },
    cut() {
      isCut = true
      drop()
    },
    mend() {
      isCut = false
    },
    async close() {
      const closed = once(server, 'close')
      server.close()
      drop()
      await closed
    },
  }
}
