import { createHash } from 'node:crypto'
import { glob, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { build, createLogger, type InlineConfig, type Rolldown } from 'vite'
import { dashboard, site, widget } from '../vite.config.ts'
import { INTEGRITY_FILE, readIntegrity } from './integrity.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = `${root}dist`

/** Everything that decides what the built files look like. */
const SOURCES = [
  'client/**/*',
  'server/protocol.ts',
  'server/protocol/*.ts',
  'index.html',
  'vite.config.ts',
  'package-lock.json',
]

/** For plain script tags, which cannot carry a module: `import()` is legal in them and fetches the module beside it. */
const CLASSIC_LOADER = `import(new URL('seon-verify.js',document.currentScript.src).href)\n`

export interface BuildOptions {
  /** Gets what the build finds fault with. Default: standard error, as the standard output of the server is its contract. */
  warn?: (text: string) => void
  /** Gets a line for each file, with its size. Default: nobody. */
  list?: (line: string) => void
  /** Stops between two steps; the next call builds anew. */
  signal?: AbortSignal
}

/** Builds the client unless `dist/` already holds what the sources say. Tells whether it built. */
export async function buildIfStale(options: BuildOptions = {}): Promise<boolean> {
  const current = await readSourceHash()
  const built = await readFile(`${dist}/.stamp`, 'utf8').catch(() => '')
  if (built === current) return false
  // Beside the old one until it is whole: a server that is running goes on serving, a build that is cut short leaves
  // nothing behind that looks finished.
  const outDir = `${root}node_modules/.cache/seon-verify-${process.pid}`
  try {
    await buildClient(outDir, options)
    await describeElement(outDir)
    await writeFile(`${outDir}/.stamp`, current)
    await rm(dist, { recursive: true, force: true })
    await rename(outDir, dist)
  } finally {
    await rm(outDir, { recursive: true, force: true })
  }
  return true
}

async function buildClient(outDir: string, { warn = writeToStderr, list, signal }: BuildOptions): Promise<void> {
  await mkdir(outDir, { recursive: true })
  for (const config of [widget, site, dashboard]) {
    signal?.throwIfAborted()
    const outputs = await runVite({ ...config, build: { ...config.build, outDir } }, warn)
    if (list) for (const line of describeOutput(outputs)) list(line)
  }
  signal?.throwIfAborted()
  await writeFile(`${outDir}/seon-verify.classic.js`, CLASSIC_LOADER)
  await writeFile(`${outDir}/${INTEGRITY_FILE}`, `${JSON.stringify(await readIntegrity(outDir), null, 2)}\n`)
  // Vite keeps a page's folders; the addresses are `/dashboard`, `/verify/…`, `/embed` and `/examples`.
  for (const page of ['dashboard', 'hosted', 'embed', 'examples']) {
    await rename(`${outDir}/client/${page}`, `${outDir}/${page}`).catch(ignoreMissing)
  }
  await rm(`${outDir}/client`, { recursive: true, force: true })
}

/** For editors and type checkers. Made with packages that only developers have: where they are left out, so is this. */
async function describeElement(outDir: string): Promise<void> {
  const tools = await import('./tools/write-tools.ts').catch(ignoreMissing)
  await tools?.writeTools(outDir)
}

async function runVite(config: InlineConfig, warn: (text: string) => void): Promise<Rolldown.RolldownOutput[]> {
  const logger = createLogger('warn', { allowClearScreen: false })
  logger.warn = warn
  logger.error = warn
  const result = await build({ ...config, logLevel: 'warn', customLogger: logger })
  if ('on' in result) throw new TypeError('A build does not watch.')
  return Array.isArray(result) ? result : [result]
}

function* describeOutput(outputs: Rolldown.RolldownOutput[]): Generator<string> {
  for (const { output } of outputs) {
    for (const file of output) {
      const bytes = Buffer.from(file.type === 'chunk' ? file.code : file.source)
      const sizes = [bytes.length, gzipSync(bytes, { level: 9 }).length]
      const [raw, gzip] = sizes.map((size) => `${(size / 1000).toFixed(1)} kB`.padStart(9))
      yield `${file.fileName.padEnd(44)} ${raw} ${gzip} gzip`
    }
  }
}

async function readSourceHash(): Promise<string> {
  const hash = createHash('sha256')
  const files: string[] = []
  for (const pattern of SOURCES) {
    for await (const entry of glob(pattern, { cwd: root, withFileTypes: true })) {
      if (entry.isFile()) files.push(`${entry.parentPath}/${entry.name}`)
    }
  }
  for (const file of files.toSorted()) hash.update(`${file.slice(root.length)}\0`).update(await readFile(file))
  return hash.digest('hex')
}

function ignoreMissing(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ENOENT' && error.code !== 'ERR_MODULE_NOT_FOUND') throw error
}

function writeToStderr(line: string): void {
  process.stderr.write(`${line}\n`)
}

if (import.meta.main) {
  await rm(`${dist}/.stamp`, { force: true })
  await buildIfStale({ list: (line) => process.stdout.write(`${line}\n`) })
}
