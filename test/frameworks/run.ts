import { spawnSync } from 'node:child_process'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from '../../client/build.ts'
import { writeTools } from '../../client/tools/write-tools.ts'
import { ensureChromium } from '../helpers/chromium.ts'

// `npm run test:frameworks`: pages made with React, Vue and Svelte, which are installed here and nowhere else.

const here = fileURLToPath(new URL('.', import.meta.url))
const modules = `${here}node_modules`
const stamp = `${modules}/.installed`

function run(command: string, args: readonly string[], env: Readonly<Record<string, string>> = {}): boolean {
  return spawnSync(command, args, { cwd: here, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0
}

async function install(): Promise<boolean> {
  const wanted = await readFile(`${here}package-lock.json`, 'utf8')
  if ((await readFile(stamp, 'utf8').catch(() => '')) === wanted) return true
  if (!run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'])) return false
  await writeFile(stamp, wanted)
  return true
}

/** The package as these pages would have it from a registry: its types alone, as the script comes from a server. */
async function linkTypes(): Promise<void> {
  const folder = `${modules}/seon-verify`
  await mkdir(`${folder}/dist`, { recursive: true })
  await writeTools(`${folder}/dist`)
  await cp(fileURLToPath(new URL('../../package.json', import.meta.url)), `${folder}/package.json`)
}

async function main(): Promise<boolean> {
  const env = { CHROME_PATH: await ensureChromium(console.error) }
  await buildIfStale()
  if (!(await install())) return false
  await linkTypes()
  return run(process.execPath, ['--test', '--test-reporter=spec', '--test-timeout=90000', 'frameworks.test.ts'], env)
}

process.exitCode = (await main()) ? 0 : 1
