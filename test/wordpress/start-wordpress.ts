import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'

const plugin = fileURLToPath(new URL('../../client/wordpress', import.meta.url))

/** Fewer could wait for each other's file locks for ever, says the program. */
const WORKERS = 6

/** What PHP has to say goes into wp-content/debug.log. Nobody asks wordpress.org for news, nor does it at any time. */
const CONSTANTS = {
  WP_DEBUG: 'true',
  WP_DEBUG_LOG: 'true',
  WP_DEBUG_DISPLAY: 'false',
  DISABLE_WP_CRON: 'true',
  WP_HTTP_BLOCK_EXTERNAL: 'true',
}

/** WordPress in WebAssembly installs itself in 8 s on two cores, ms. */
const START_MS = 120_000

export interface WordPress {
  url: string
  /** What PHP complained about in the plug-in. */
  readComplaints(): Promise<string[]>
  /** An option as the database has it; null if there is none. */
  readOption(name: string): string | null
}

interface Choice {
  /** Where `installKit` put it. */
  kit: string
  /** Of WordPress, as `6.5`. */
  version: string
  php: string
}

/** A fresh WordPress with the plug-in and its example copied in, not activated; `admin` signs in with `password`. */
export async function startWordPress({ kit, version, php }: Choice): Promise<WordPress> {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-wordpress-'))
  const site = join(folder, 'site')
  const builds = join(kit, 'node_modules/@wp-playground/wordpress-builds')
  // Its scripts and styles lie beside it.
  await cp(join(builds, `public/wp-${version}`), site, { recursive: true })
  await unzip(kit, join(builds, `src/wordpress/wp-${version}.zip`), site)
  const plugins = join(site, 'wp-content/plugins')
  await cp(plugin, join(plugins, 'seon-verify'), { recursive: true })
  await cp(join(plugin, 'examples/application-form'), join(plugins, 'application-form'), { recursive: true })
  const { url, stop } = await serve({ kit, php, site })
  after(async () => {
    await stop()
    await rm(folder, { recursive: true, force: true })
  })
  const content = join(site, 'wp-content')
  return {
    url,
    async readComplaints() {
      const log = await readFile(join(content, 'debug.log'), 'utf8').catch(() => '')
      return log.split('\n').filter((line) => /seon-verify|application-form/.test(line))
    },
    readOption(name) {
      const database = new DatabaseSync(join(content, 'database/.ht.sqlite'), { readOnly: true })
      try {
        const row = database.prepare('select option_value as value from wp_options where option_name = ?').get(name)
        return row === undefined ? null : z.object({ value: z.string() }).parse({ ...row }).value
      } finally {
        database.close()
      }
    },
  }
}

interface Serving {
  url: string
  stop: () => Promise<void>
}

/** Starts it on a free port. */
async function serve({ kit, php, site }: Omit<Choice, 'version'> & { site: string }): Promise<Serving> {
  const child = spawn(
    process.execPath,
    [
      join(kit, 'node_modules/@wp-playground/cli/wp-playground.js'),
      'server',
      '--port=0',
      `--php=${php}`,
      `--workers=${WORKERS}`,
      '--wordpress-install-mode=install-from-existing-files',
      `--mount-before-install=${site}:/wordpress`,
      ...Object.entries(CONSTANTS).flatMap(([name, value]) => ['--define-bool', name, value]),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  const isReady = new Promise<string>((resolve) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text: string) => {
        said += text
        const [, url] = /running on (http:\/\/\S+)/.exec(said) ?? []
        if (url !== undefined) resolve(url)
      })
    }
  })
  const ended = once(child, 'exit')
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  const tooLate = AbortSignal.timeout(START_MS)
  const fail = async (event: Promise<unknown>) => event.then(() => Promise.reject(new Error(`no WordPress: ${said}`)))
  try {
    return { url: await Promise.race([isReady, fail(ended), fail(once(tooLate, 'abort'))]), stop }
  } catch (error) {
    await stop()
    throw error
  }
}

const Fflate = z.object({ unzipSync: z.function({ input: [z.instanceof(Uint8Array)], output: z.unknown() }) })
const Files = z.record(z.string(), z.instanceof(Uint8Array))

/** With a package of the kit's, as not every machine has an `unzip`. */
async function unzip(kit: string, archive: string, folder: string): Promise<void> {
  const { unzipSync } = Fflate.parse(createRequire(join(kit, 'package.json'))('fflate'))
  for (const [name, bytes] of Object.entries(Files.parse(unzipSync(await readFile(archive))))) {
    const path = join(folder, name)
    await mkdir(name.endsWith('/') ? path : dirname(path), { recursive: true })
    if (!name.endsWith('/')) await writeFile(path, bytes)
  }
}
