import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** In `dist/`, and at `/` of the server. */
export const INTEGRITY_FILE = 'seon-verify.integrity.json'

/** By path from the server's address, as `<script integrity>` takes it: both scripts, and every file that they fetch. */
export type Integrity = Readonly<Record<string, string>>

/** Reads what a build has made. */
export async function readIntegrity(dist: string): Promise<Integrity> {
  const chunks = (await readdir(`${dist}/chunks`)).toSorted().map((name) => `chunks/${name}`)
  const integrity: Record<string, string> = {}
  for (const path of ['seon-verify.js', 'seon-verify.classic.js', ...chunks]) {
    const hash = createHash('sha384').update(await readFile(`${dist}/${path}`))
    integrity[path] = `sha384-${hash.digest('base64')}`
  }
  return integrity
}

/**
 * For the page's head, ahead of all its module scripts: browsers then take no file of the element's that differs by a
 * byte. Chrome before 127, Safari before 18 and Firefox before 138 check the script alone.
 */
export function renderPinnedScript(address: string, integrity: Integrity): string {
  const server = address.replace(/\/+$/, '')
  const { 'seon-verify.js': script = '', ...others } = integrity
  const files = Object.entries(others).filter(([path]) => path.startsWith('chunks/'))
  const map = { integrity: Object.fromEntries(files.map(([path, hash]) => [`${server}/${path}`, hash])) }
  return `<script type="importmap">${JSON.stringify(map, null, 2)}</script>
<script type="module" src="${server}/seon-verify.js" integrity="${script}" crossorigin></script>
`
}

if (import.meta.main) {
  const [address = ''] = process.argv.slice(2)
  if (URL.canParse(address)) {
    process.stdout.write(
      renderPinnedScript(address, await readIntegrity(fileURLToPath(new URL('../dist', import.meta.url)))),
    )
  } else {
    process.stderr.write(
      'npm run integrity -- <address of the server>\n\nPrints the script tags that pin the build in dist/.\n',
    )
    process.exitCode = 1
  }
}
