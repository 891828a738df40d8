import { createServer, connect as dial, type Socket } from 'node:net'
import { after } from 'node:test'

/** A line to a TCP service that can go wrong. */
export interface TcpProxy {
  port: number
  /** From now on not a byte gets through on any connection there is, and none is closed: as when a peer loses its power. */
  swallow(): void
  /** New connections get through again; the swallowed ones never do. */
  heal(): void
}

/** Gone when the suite ends. */
export async function startTcpProxy(targetPort: number): Promise<TcpProxy> {
  const pairs = new Set<[Socket, Socket]>()
  let isHole = false
  const server = createServer((near) => {
    const far = dial(targetPort, '127.0.0.1')
    pairs.add([near, far])
    near.on('error', () => far.destroy())
    far.on('error', () => near.destroy())
    if (isHole) return
    near.pipe(far)
    far.pipe(near)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  after(() => {
    for (const [near, far] of pairs) {
      near.destroy()
      far.destroy()
    }
    server.close()
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('not listening on a port')
  return {
    port: address.port,
    swallow() {
      isHole = true
      for (const [near, far] of pairs) {
        near.unpipe(far).resume()
        far.unpipe(near).resume()
      }
    },
    heal() {
      isHole = false
    },
  }
}
