import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:net'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { CrashPoint } from './crash-points.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
const CRASH_POINTS = new URL('crash-points.ts', import.meta.url).href

/** A cold start on a busy machine, ms. */
const READY_WITHIN_MS = 60_000

/** The n-th time that the server comes to that point is its last. */
export interface Crash {
  point: CrashPoint
  count: number
}

/** A real server, `server/main.ts`, on a port that it keeps through its deaths. */
export interface ServerProcess {
  url: string
  /** Resolves once it listens. `crash`: where it is to kill itself. */
  start(crash: Crash | null): Promise<void>
  /** SIGKILL; nothing where it is dead already. */
  kill(): void
  /** SIGTERM, and waits for its end. Throws where that is not in order. */
  stop(): Promise<void>
  /** Whether it runs, or is about to. */
  isAlive(): boolean
  /** Resolves when it is dead. Throws where it died of itself and not of a crash. */
  untilDead(): Promise<void>
}

export async function createServerProcess(env: Readonly<Record<string, string>>): Promise<ServerProcess> {
  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  let child: ChildProcess | undefined
  let death: Promise<void> = Promise.resolve()

  async function start(crash: Crash | null): Promise<void> {
    const imported = crash === null ? [] : ['--import', CRASH_POINTS]
    const own = { PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: url }
    const { PATH = '', NODE_COMPILE_CACHE } = process.env
    const wanted = crash === null ? {} : { TORTURE_CRASH: `${crash.point}:${crash.count}` }
    const next = spawn(process.execPath, [...imported, 'server/main.ts'], {
      cwd: ROOT,
      env: { PATH, ...(NODE_COMPILE_CACHE && { NODE_COMPILE_CACHE }), ...env, ...own, ...wanted },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child = next
    let said = ''
    next.stderr.on('data', (chunk: Buffer) => {
      said = (said + chunk.toString()).slice(-4000)
    })
    death = once(next, 'exit').then(([code, signal]: unknown[]) => {
      if (signal !== 'SIGKILL' && code !== 0) throw new Error(`the server died (${String(signal ?? code)}): ${said}`)
    })
    // Looked at later; until then nobody may be left without a listener.
    death.catch(() => undefined)
    await Promise.race([untilListening(next), death])
  }

  return {
    url,
    start,
    kill: () => void child?.kill('SIGKILL'),
    async stop() {
      child?.kill('SIGTERM')
      await death
    },
    isAlive: () => child !== undefined && child.exitCode === null && child.signalCode === null,
    untilDead: () => death,
  }
}

async function untilListening({ stdout }: ChildProcess): Promise<void> {
  if (stdout === null) throw new Error('no output')
  const lines = createInterface({ input: stdout })
  const timer = setTimeout(() => lines.close(), READY_WITHIN_MS)
  for await (const line of lines) {
    if (!line.startsWith('webhooks ')) continue
    clearTimeout(timer)
    return
  }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
