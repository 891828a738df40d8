import { execFile } from 'node:child_process'
import { access, constants } from 'node:fs/promises'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where browsers with the Chrome DevTools protocol are usually found. */
const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/opt/google/chrome/chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** No sandbox of its own, as tests may run as root; no traffic but the tests'. */
export const CHROMIUM_ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
]

async function isThere(path: string): Promise<boolean> {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  )
}

/** CHROME_PATH, else an installed Chromium, Chrome or Edge; null where there is none. */
export async function findChromium(): Promise<string | null> {
  const given = process.env['CHROME_PATH']
  if (given !== undefined && given !== '') return given
  for (const place of USUAL_PLACES) if (await isThere(place)) return place
  return null
}

/** Debian's `chromium-headless-shell`. */
const HEADLESS_SHELL = '/usr/bin/chromium-headless-shell'

/**
 * What Playwright runs by default where nobody looks: Chromium without the browser around its pages, which is a third to a
 * half less work. The whole browser where CHROME_PATH names one, or where the shell is not installed.
 */
export async function ensureHeadlessShell(say: (line: string) => void): Promise<string> {
  const isAsked = (process.env['CHROME_PATH'] ?? '') !== ''
  return !isAsked && (await isThere(HEADLESS_SHELL)) ? HEADLESS_SHELL : ensureChromium(say)
}

/** A browser for the tests, installed where there is none; says what it does. Throws with the line to run. */
export async function ensureChromium(say: (line: string) => void): Promise<string> {
  const found = await findChromium()
  if (found !== null) return found
  if (process.getuid?.() === 0 && (await isThere('/usr/bin/apt-get'))) {
    say('No browser found: installing the package chromium (apt-get install chromium).')
    await run('apt-get', ['update', '-qq'])
    await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    })
    const installed = await findChromium()
    if (installed !== null) return installed
  }
  return installIntoCache(say)
}

/** playwright-core's own download, kept in its cache folder; nothing of the system changes. */
async function installIntoCache(say: (line: string) => void): Promise<string> {
  const cache = join(homedir(), '.cache', 'seon-verify-browsers')
  process.env['PLAYWRIGHT_BROWSERS_PATH'] ??= cache
  const { chromium } = await import('playwright-core')
  if (!(await isThere(chromium.executablePath()))) {
    say(`No browser found: installing one into ${cache}.`)
    try {
      await run(process.execPath, ['node_modules/playwright-core/cli.js', 'install', 'chromium'])
    } catch (cause) {
      throw new Error(
        'No browser for the tests. Install Chromium, Chrome or Edge (Debian: sudo apt-get install chromium) or set CHROME_PATH.',
        { cause },
      )
    }
  }
  return chromium.executablePath()
}
