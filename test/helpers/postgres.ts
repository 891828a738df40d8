import { type ExecFileOptions, execFile } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmod, chown, glob, mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { availableParallelism, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'

const run = promisify(execFile)

/** Databases on a PostgreSQL that others may use too. */
export interface TestDatabases {
  /** Makes an empty database and answers its URL. */
  createDatabase(): Promise<string>
  /** Whoever asked for databases is done with them. */
  remove(): Promise<void>
}

/** A PostgreSQL of our own, in a folder that goes with it. */
export interface TestPostgres extends TestDatabases {
  /** Where it listens, without a database. */
  url: string
  /** Immediate: connections are cut. */
  stop(): Promise<void>
  start(): Promise<void>
}

/** The `url` of the cluster that a whole run shares; without it, each suite starts its own. */
export const SHARED_POSTGRES = 'SEON_VERIFY_SHARED_POSTGRES'

/** 60 are enough for the stores of a test file, of which there is one more than processors at a time. */
const MAX_CONNECTIONS = 60 * (availableParallelism() + 1)

/** The newest binaries of this machine; null where there are none. */
async function findBinaries(): Promise<string | null> {
  const found: string[] = []
  for await (const path of glob('/usr/lib/postgresql/*/bin/postgres')) found.push(dirname(path))
  return found.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1) ?? null
}

/** Why tests on PostgreSQL cannot run here, or false. */
export const withoutPostgres: false | string =
  (await findBinaries()) === null ? 'no PostgreSQL server binaries on this machine (Debian: postgresql)' : false

/** PostgreSQL refuses to run as root; Debian's package brings this user along. */
async function readServerUser(): Promise<{ uid: number; gid: number } | null> {
  if (process.getuid?.() !== 0) return null
  const [uid, gid] = await Promise.all(
    ['-u', '-g'].map(async (flag) => Number((await run('id', [flag, 'postgres'])).stdout)),
  )
  return uid === undefined || gid === undefined ? null : { uid, gid }
}

async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}

/** Starts a private cluster with fsync on, listening on 127.0.0.1 at a free port. */
export async function startPostgres(): Promise<TestPostgres> {
  const bin = await findBinaries()
  if (bin === null) throw new Error(String(withoutPostgres))
  const user = await readServerUser()
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-postgres-'))
  if (user !== null) await chown(folder, user.uid, user.gid)
  await chmod(folder, 0o700)
  const removeFolder = () => rm(folder, { recursive: true, force: true })
  const data = join(folder, 'data')
  const port = await findFreePort()
  // Its output must not be piped: the server inherits it from pg_ctl and would keep the pipe open.
  const options: ExecFileOptions = { cwd: folder, ...user }
  const pgCtl = (...args: string[]) =>
    run(join(bin, 'pg_ctl'), ['-D', data, '-w', '-l', join(folder, 'log'), ...args], options)
  const serverOptions = `-p ${port} -k ${folder} -c listen_addresses=127.0.0.1 -c max_connections=${MAX_CONNECTIONS}`
  const start = async () => {
    await pgCtl('-o', serverOptions, 'start')
  }
  try {
    await run(join(bin, 'initdb'), ['-D', data, '-A', 'trust', '-U', 'postgres', '-N'], options)
    await start()
  } catch (error) {
    await removeFolder()
    throw error
  }
  const url = `postgres://postgres@127.0.0.1:${port}`

  return {
    url,
    createDatabase: () => createDatabase(url),
    async stop() {
      await pgCtl('-m', 'immediate', 'stop')
    },
    start,
    async remove() {
      await pgCtl('-m', 'immediate', 'stop').catch(() => undefined)
      await removeFolder()
    },
  }
}

/** For a suite that leaves PostgreSQL itself alone. */
export async function openDatabases(): Promise<TestDatabases> {
  const shared = process.env[SHARED_POSTGRES]
  if (!shared) return startPostgres()
  const made: string[] = []
  return {
    async createDatabase() {
      const url = await createDatabase(shared)
      made.push(url)
      return url
    },
    async remove() {
      for (const url of made) await query(shared, `drop database ${url.slice(shared.length + 1)} with (force)`)
    },
  }
}

async function createDatabase(url: string): Promise<string> {
  const name = `test_${randomBytes(6).toString('hex')}`
  await query(url, `create database ${name}`)
  return `${url}/${name}`
}

async function query(url: string, statement: string): Promise<void> {
  const client = new pg.Client(`${url}/postgres`)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
