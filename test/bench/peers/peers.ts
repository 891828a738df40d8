import { execFile } from 'node:child_process'
import { access } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'vite'

/** What stands on the blank page, and the one script that makes it work. */
export interface Candidate {
  name: string
  markup: string
  /** Made with Vite as sites make theirs, minified. */
  script: string | null
}

const folder = fileURLToPath(new URL('.', import.meta.url))
const TEXT_BUTTON = '<button>Verify your identity</button>'

const PEERS = [
  { name: 'persona', markup: TEXT_BUTTON },
  { name: 'didit', markup: TEXT_BUTTON },
  // No identity verification; the best known widget of a form that is an element.
  { name: 'altcha', markup: '<altcha-widget challenge="/challenge"></altcha-widget>' },
] as const

/** Other vendors' packages, fetched the first time: nothing else here needs them. */
export async function buildPeers(say: (line: string) => void): Promise<Candidate[]> {
  const installed = await access(`${folder}node_modules`).then(
    () => true,
    () => false,
  )
  if (!installed) {
    say('Fetching the packages of peers (npm ci in test/bench/peers).')
    await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: folder })
  }
  return Promise.all(PEERS.map(async ({ name, markup }) => ({ name, markup, script: await bundle(name) })))
}

async function bundle(name: string): Promise<string> {
  const result = await build({
    root: folder,
    configFile: false,
    publicDir: false,
    logLevel: 'silent',
    build: { write: false, rolldownOptions: { input: `${folder}pages/${name}.js` }, modulePreload: false },
  })
  const [output] = Array.isArray(result) ? result : [result]
  const chunks = output && 'output' in output ? output.output.filter((file) => file.type === 'chunk') : []
  const [only] = chunks
  if (only === undefined || chunks.length > 1) throw new Error(`${name} is not one file`)
  return only.code
}
