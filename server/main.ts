import { buildIfStale } from '../client/build.ts'
import { ConfigError, readConfig } from './config/config.ts'
import { createLog } from './log.ts'
import { type RunningServer, startServer } from './server.ts'
import { StoreInUseError, StoreUnreachableError } from './store/engine/store.ts'

/** EX_CONFIG of sysexits.h: starting again will not help until somebody changes something. */
const EXIT_CONFIG = 78

/** The process edge: environment in, addresses out, signals handled; everything else is given what it needs. */
async function main(): Promise<void> {
  const stopping = new AbortController()
  let server: RunningServer | undefined
  const stop = () => {
    // A second signal changes nothing: the first is being obeyed.
    if (stopping.signal.aborted) return
    stopping.abort()
    if (server === undefined) return
    server.close().then(
      () => process.exit(0),
      (error: unknown) => {
        process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
        process.exit(1)
      },
    )
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)

  readDotEnv()
  const config = readConfig(process.env)
  const log = createLog('info')
  for (const warning of config.warnings) log.warn({ event: 'config_warning', warning })
  const warn = (text: string) => log.warn({ event: 'build_warning' }, text)
  if (await buildIfStale({ signal: stopping.signal, warn })) log.info({ event: 'client_built' })
  const started = await startServer({ config, log })
  server = started
  if (stopping.signal.aborted) return started.close()

  const { url, sandbox } = started
  const lines = [`demo ${url}/`, `dashboard ${url}/dashboard`, `webhooks ${url}/webhooks/seon`]
  if (sandbox !== null) {
    lines.push(`sandbox ${sandbox.url}`, `sign-in ${sandbox.signInUrl}`, `admin-token ${sandbox.adminToken}`)
    lines.push(`api-token ${sandbox.apiToken}`)
  }
  process.stdout.write(`${lines.join('\n')}\n`)
}

/** `.env` beside package.json; what the environment itself says wins. */
function readDotEnv(): void {
  try {
    process.loadEnvFile()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
  }
}

/** What a person can mend gets a sentence; anything else is a bug and keeps its stack. */
function explain(error: unknown): string | null {
  if (error instanceof StoreUnreachableError) return `${error.message}. DATABASE_URL says where it is.`
  if (error instanceof ConfigError) return error.message
  if (error instanceof StoreInUseError) return `${error.message}. Stop that one, or name another file in DATABASE_URL.`
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return `${error.message}. Stop what listens there, or set PORT (and SANDBOX_PORT).`
  }
  return null
}

main().then(
  () => undefined,
  (error: unknown) => {
    if (error instanceof Error && error.name === 'AbortError') process.exit(0)
    const sentence = explain(error)
    process.stderr.write(`${sentence ?? (error instanceof Error ? error.stack : String(error))}\n`)
    // A database that is away comes back: then starting again does help.
    process.exit(sentence === null || error instanceof StoreUnreachableError ? 1 : EXIT_CONFIG)
  },
)
