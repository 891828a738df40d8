import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { readConfig } from '../../server/config/config.ts'
import { createLog } from '../../server/log.ts'
import { type RunningServer, startServer } from '../../server/server.ts'

export interface TestServer extends RunningServer {
  sandbox: NonNullable<RunningServer['sandbox']>
  /** Everything logged so far. */
  readLog(): string
  /** An operators' request; the answer's JSON. */
  ask(path: string): Promise<unknown>
  /** The sandbox's control API. */
  control(path: string, body?: unknown): Promise<unknown>
}

/** The whole server with its sandbox, in this process, on free ports and a store of its own; gone when the suite ends. */
export async function startSandboxServer(
  env: Readonly<Record<string, string>> = {},
  options: { now?: () => number; stretchSize?: number } = {},
): Promise<TestServer> {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-server-'))
  let log = ''
  const server = await startServer({
    config: readConfig({ PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'sandbox.db')}`, ...env }),
    log: createLog('info', { write: (line) => (log += line) }),
    ...options,
  })
  // A test may close it itself, to see what is without it.
  let closed: Promise<void> | undefined
  const close = () => (closed ??= server.close())
  after(async () => {
    await close()
    await rm(folder, { recursive: true, force: true })
  })
  const { sandbox } = server
  if (sandbox === null) throw new Error('a server with SEON_API_KEY has no sandbox')

  async function fetchJson(url: string, init: RequestInit): Promise<unknown> {
    const response = await fetch(url, init)
    const text = await response.text()
    if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${new URL(url).pathname}: ${response.status} ${text}`)
    return text === '' ? undefined : JSON.parse(text)
  }

  return {
    ...server,
    close,
    sandbox,
    readLog: () => log,
    ask: (path) => fetchJson(`${server.url}${path}`, { headers: { authorization: `Bearer ${sandbox.adminToken}` } }),
    control: (path, body) =>
      fetchJson(`${sandbox.url}/control${path}`, {
        method: body === undefined ? 'GET' : 'POST',
        headers: { 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
  }
}
