// How much a page loads before anybody verifies, beside others' packages, and how long a click takes:
// `npm run bench -- widget`.

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { chromium, type Page } from 'playwright-core'
import { build } from 'vite'
import { buildIfStale } from '../../client/build.ts'
import { startFakeSeon } from '../client/helpers/fake-seon.ts'
import { CHROMIUM_ARGS, ensureChromium } from '../helpers/chromium.ts'
import { listen } from '../helpers/listen.ts'
import { comparePeers } from './peers/compare.ts'

const ROUNDS = 15
/** To SEON and back, as on a good line; without any, the network's share would be nothing and the ratio a ratio of noise. */
const LATENCY_MS = 20
const SIZE_LIMIT = 12_000
const RATIO_LIMIT = 1.1

const root = fileURLToPath(new URL('../..', import.meta.url))
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.html': 'text/html; charset=utf-8' }

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}

function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

/** SEON's minimal sample (SDK readme 1.4), its SDK loaded with the page, beside our element. */
function renderPage(server: string, seon: string): string {
  return `<!doctype html><title>Bench</title>
<script type="module" src="/dist/seon-verify.js"></script>
<script type="module">
  import { SeonOrchestration } from '/sdk/sdk.js'
  document.getElementById('sample').addEventListener('click', async () => {
    const { token } = await fetch('${server}/api/init-verification', {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ userId: 'plain' }),
    }).then((response) => response.json())
    await SeonOrchestration.start({ token, seon_test_iframe_url_override: '${seon}' })
  })
  window.closeSample = () => SeonOrchestration.close()
</script>
<button id="sample">Sample</button>
<seon-verify server="${server}" user-id="plain"></seon-verify>`
}

/** From the click until SEON's frame has a place on the screen, and until its page has run. In milliseconds. */
function measureClick(page: Page, selector: string): Promise<{ shown: number; ran: number }> {
  return page.evaluate(async (path) => {
    const host = document.querySelector(path)
    const button = host?.shadowRoot?.querySelector('button') ?? host
    if (!(button instanceof HTMLElement)) throw new Error(path)
    const ran = new Promise<number>((resolve) => {
      addEventListener('message', function hear({ data }) {
        if (!data?.hello) return
        removeEventListener('message', hear)
        resolve(performance.now())
      })
    })
    const start = performance.now()
    button.click()
    const shown = await new Promise<number>((resolve) => {
      const look = () => {
        const frame = document.querySelector('iframe')
        if (frame && frame.getBoundingClientRect().width > 0) resolve(performance.now())
        else requestAnimationFrame(look)
      }
      look()
    })
    return { shown: shown - start, ran: (await ran) - start }
  }, selector)
}

/** The same page loaded with an intent, as when a visitor's pointer comes to the button. */
async function prepareOurs(page: Page): Promise<void> {
  await page.hover('seon-verify button')
  await page.waitForFunction(() =>
    performance.getEntriesByType('resource').some(({ name }) => name.includes('/chunks/orchestration')),
  )
  await page.waitForLoadState('networkidle')
}

async function measureClicks(origin: string): Promise<void> {
  const browser = await chromium.launch({
    executablePath: await ensureChromium(say),
    chromiumSandbox: false,
    args: CHROMIUM_ARGS,
  })
  const page = await browser.newPage()
  const ours: { shown: number; ran: number }[] = []
  const sample: { shown: number; ran: number }[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    await page.goto(`${origin}/`)
    await page.waitForFunction(() => 'closeSample' in window)
    await prepareOurs(page)
    // By turns, so that neither is always the first of a page.
    const turns = round % 2 === 0 ? ['seon-verify', '#sample'] : ['#sample', 'seon-verify']
    for (const selector of turns) {
      const times = await measureClick(page, selector)
      // The first round asks the browser's preflight questions for all.
      if (round > 0) (selector === '#sample' ? sample : ours).push(times)
      await page.evaluate(() => {
        document.querySelector('seon-verify')?.close()
        if (document.querySelector('iframe')) Reflect.get(window, 'closeSample')()
      })
      await page.waitForFunction(() => !document.querySelector('iframe'))
    }
  }
  await browser.close()
  for (const key of ['shown', 'ran'] as const) {
    const [our, their] = [median(ours.map((times) => times[key])), median(sample.map((times) => times[key]))]
    const figure = `${our.toFixed(0)} ms, sample ${their.toFixed(0)} ms, ratio ${(our / their).toFixed(2)}`
    say(`click to frame ${key}: ${figure}${key === 'shown' ? ` (at most ${RATIO_LIMIT})` : ''}`)
  }
}

async function main(): Promise<void> {
  await buildIfStale()
  const entry = await readFile(join(root, 'dist/seon-verify.js'))
  say(`seon-verify.js: ${gzipSync(entry, { level: 9 }).length} bytes gzipped (at most ${SIZE_LIMIT})`)
  await comparePeers(say)

  const sdk = await mkdtemp(join(tmpdir(), 'seon-sdk-'))
  await build({
    root,
    configFile: false,
    logLevel: 'silent',
    build: {
      outDir: sdk,
      emptyOutDir: false,
      lib: {
        entry: fileURLToPath(import.meta.resolve('@seontechnologies/seon-orchestration')),
        formats: ['es'],
        fileName: () => 'sdk.js',
      },
    },
  })
  const fake = await startFakeSeon({ latency: LATENCY_MS })
  const files = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bench').pathname
    const file = path.startsWith('/sdk/') ? join(sdk, path.slice(5)) : join(root, path)
    const read =
      path === '/' ? Promise.resolve(renderPage(`${fake.url}/verify`, `${fake.url}/seon/plain`)) : readFile(file)
    read.then(
      (body) => response.writeHead(200, { 'Content-Type': TYPES[extname(path)] ?? TYPES['.html'] }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  try {
    await measureClicks(await listen(files))
  } finally {
    files.close()
    files.closeAllConnections()
    await fake.close()
    await rm(sdk, { recursive: true })
  }
}

await main()
