import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'

const FILES = ['package.json', 'package-lock.json'] as const

/**
 * Installs WordPress and what runs it into a folder of its own under the user's caches, once for each lockfile, and answers
 * with that folder. `WORDPRESS_KIT` names another.
 */
export async function installKit(log: (line: string) => void): Promise<string> {
  const folder = process.env['WORDPRESS_KIT'] ?? join(await nameFolder(), 'kit')
  if (await stat(join(folder, 'node_modules/.package-lock.json')).catch(() => null)) {
    log(`WordPress: taken from ${folder}`)
    return folder
  }
  log(`WordPress: installing it from npm into ${folder} (1 GB, once)`)
  // Beside it until it is whole: one that was cut short is not taken for it.
  const unfinished = `${folder}-${process.pid}`
  await mkdir(unfinished, { recursive: true })
  for (const file of FILES) await cp(new URL(`kit/${file}`, import.meta.url), join(unfinished, file))
  // Its packages need no scripts of their own, and say that they want a newer Node than they need.
  await run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'], unfinished)
  await rm(folder, { recursive: true, force: true })
  await rename(unfinished, folder)
  return folder
}

async function nameFolder(): Promise<string> {
  const hash = createHash('sha256')
  for (const file of FILES) hash.update(await readFile(new URL(`kit/${file}`, import.meta.url)))
  const caches = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
  return join(caches, 'seon-verify', `wordpress-${hash.digest('hex').slice(0, 12)}`)
}

async function run(command: string, args: readonly string[], cwd: string): Promise<void> {
  const child = spawn(command, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] })
  const code = await new Promise((resolve, reject) => child.on('error', reject).on('exit', resolve))
  if (code !== 0) throw new Error(`${command} ${args[0]} failed (${String(code)})`)
}
