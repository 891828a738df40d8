import { spawn } from 'node:child_process'
import { glob } from 'node:fs/promises'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../client/build.ts'
import { ensureChromium } from './helpers/chromium.ts'
import { SHARED_POSTGRES, startPostgres, withoutPostgres } from './helpers/postgres.ts'

// `npm test`: the server's tests, then the elements' in a browser, then journeys through both; all of them even where
// one fails. `npm test -- server` runs one of the three.

const root = fileURLToPath(new URL('..', import.meta.url))

/** Ends what runs; what it stands on is then taken away as ever. */
let stop: (signal: NodeJS.Signals) => void = () => undefined
let isStopped = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, () => {
    isStopped = true
    stop(signal)
  })
}

async function run(command: string, args: readonly string[], env: Env): Promise<boolean> {
  if (isStopped) return false
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } })
  stop = (signal) => child.kill(signal)
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', (code) => resolve(code === 0))
  })
}

/** Each test file and each server of a test is a process that loads the same files, and would compile them anew. */
const COMPILED = join(root, 'node_modules/.cache/node')

type Env = Readonly<Record<string, string>>

/** Far above the slowest test on a busy machine, ms; what hangs is ended by it. */
const SERVER_TEST_MS = 180_000
const JOURNEY_MS = 90_000

async function findTests(pattern: string): Promise<string[]> {
  const files: string[] = []
  for await (const file of glob(pattern, { cwd: root })) files.push(file)
  if (files.length === 0) throw new Error(`no tests match ${pattern}`)
  return files.toSorted()
}

function runNodeTests(files: readonly string[], flags: readonly string[], env: Env): Promise<boolean> {
  return run(process.execPath, ['--test', '--test-reporter=spec', ...flags, ...files], env)
}

/** One file more than there are processors at a time: now and then each waits for a disk or a clock. */
async function runServerTests(env: Env): Promise<boolean> {
  const flags = [`--test-concurrency=${availableParallelism() + 1}`, `--test-timeout=${SERVER_TEST_MS}`]
  const postgres = withoutPostgres === false ? await startPostgres() : null
  try {
    const files = await findTests('test/server/**/*.test.ts')
    return await runNodeTests(files, flags, postgres === null ? env : { ...env, [SHARED_POSTGRES]: postgres.url })
  } finally {
    await postgres?.remove()
  }
}

/** Two files at a time: each has a browser and a server of its own, and most of its time is waiting for the other. */
async function runJourneys(env: Env): Promise<boolean> {
  return runNodeTests(
    await findTests('test/journeys/**/*.test.ts'),
    ['--test-concurrency=2', `--test-timeout=${JOURNEY_MS}`],
    env,
  )
}

const suites: Readonly<Record<string, (env: Env) => Promise<boolean>>> = {
  server: runServerTests,
  client: (env) => run(process.execPath, ['node_modules/@web/test-runner/dist/bin.js'], env),
  journeys: runJourneys,
}

async function main(): Promise<number> {
  const asked = process.argv.slice(2)
  const unknown = asked.filter((name) => !Object.hasOwn(suites, name))
  if (unknown.length > 0) {
    console.error(`Unknown: ${unknown.join(', ')}. Suites: ${Object.keys(suites).join(', ')}.`)
    return 1
  }
  await ensureChromium(console.error)
  const env = { NODE_COMPILE_CACHE: COMPILED }
  await buildIfStale()
  const failed: string[] = []
  for (const [name, suite] of Object.entries(suites)) {
    if (asked.length > 0 && !asked.includes(name)) continue
    console.log(`\n— ${name} —`)
    const isGood = await suite(env).catch((error: unknown) => {
      console.error(error)
      return false
    })
    if (!isGood) failed.push(name)
    if (isStopped) break
  }
  if (failed.length > 0) console.error(`\nFailed: ${failed.join(', ')}`)
  return failed.length === 0 ? 0 : 1
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
