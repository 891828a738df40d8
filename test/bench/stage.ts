import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { startPostgres, withoutPostgres } from '../helpers/postgres.ts'
import { startProcess } from '../helpers/process.ts'
import { createReader } from '../server/metrics/reader.ts'
import { WEBHOOK_SECRET } from './webhooks.ts'

/** A server in a process of its own, as `npm start` runs it, on an empty store. */
export interface BenchServer {
  url: string
  adminToken: string
  /** Resolves once everything kept is processed. */
  settle(): Promise<void>
  end(): Promise<void>
}

export interface BenchStore {
  name: string
  createUrl(): Promise<string>
}

/** SQLite, and PostgreSQL where this machine has it; all is gone when `work` ends. */
export async function withStores(
  work: (stores: readonly BenchStore[], folder: string) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-bench-'))
  const postgres = withoutPostgres === false ? await startPostgres() : null
  let count = 0
  const sqlite = { name: 'SQLite', createUrl: async () => `sqlite:${join(folder, `${++count}.db`)}` }
  if (postgres === null) console.log(`PostgreSQL left out: ${withoutPostgres}`)
  try {
    const others = postgres === null ? [] : [{ name: 'PostgreSQL', createUrl: () => postgres.createDatabase() }]
    await work([sqlite, ...others], folder)
  } finally {
    await postgres?.remove()
    await rm(folder, { recursive: true, force: true })
  }
}

/** `tracePath`: where strace notes each fsync of the server. */
export async function startBenchServer(
  databaseUrl: string,
  { tracePath }: { tracePath?: string } = {},
): Promise<BenchServer> {
  // -D: strace stands aside, so that signals reach the server.
  const strace = tracePath === undefined ? '' : `strace -D -f -e trace=fsync,fdatasync -o ${tracePath} `
  // Logs are written as ever, and read by nobody: the load's own process has better things to do.
  const command = `exec ${strace}${process.execPath} server/main.ts 2>/dev/null`
  const server = await startProcess(
    { DATABASE_URL: databaseUrl, SEON_WEBHOOK_SECRET: WEBHOOK_SECRET, SANDBOX_PORT: '0' },
    ['sh', '-c', command],
  )
  const url = server.addresses['webhooks']?.replace(/\/webhooks\/seon$/, '') ?? ''
  const adminToken = server.addresses['admin-token'] ?? ''
  return {
    url,
    adminToken,
    async settle() {
      for (;;) {
        const answer = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${adminToken}` } })
        if (createReader(await answer.text()).value('seon_verify_inbox_pending') === 0) return
        await new Promise((resolve) => setTimeout(resolve, 100))
      }
    },
    async end() {
      await server.end('SIGTERM')
    },
  }
}

/** Why fsyncs cannot be counted here, or false. */
export const withoutStrace: false | string = await promisify(execFile)('strace', [
  '-f',
  '-e',
  'trace=fsync',
  'true',
]).then(
  () => false,
  () => 'strace is missing or may not trace here (Debian: strace)',
)

export async function countFsyncs(tracePath: string): Promise<number> {
  return (await readFile(tracePath, 'utf8')).match(/\b(?:fsync|fdatasync)\(/g)?.length ?? 0
}
