import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { type Browser, chromium } from 'playwright-core'
import { z } from 'zod'
import { CHROMIUM_ARGS, ensureChromium } from '../../helpers/chromium.ts'
import { listen } from '../../helpers/listen.ts'
import { median, printTable } from '../figures.ts'
import { settle } from '../settle.ts'
import { buildPeers, type Candidate } from './peers.ts'

const ROUNDS = 7
/** A mid-range phone on a mobile network, as Lighthouse has it: 4 times slower, 1.6 Mbit/s, 150 ms there and back. */
const SLOWDOWN = 4
const NETWORK = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 93_750 }
/** Nothing more is to come so long after it can be used, ms. */
const QUIET_MS = 1500

const dist = fileURLToPath(new URL('../../../dist/', import.meta.url))
const PATHS = /^\/(?:seon-verify\.js|chunks\/[\w-]+\.js)$/

const OURS: Candidate = {
  name: 'seon-verify',
  // As the README says.
  markup: `<style>seon-verify { display: block; min-height: 7.9rem }</style>
    <seon-verify user-id="nobody"></seon-verify>`,
  script: null,
}

/** What the browser does for the page itself. */
const NOTHING: Candidate = { name: '(an empty page)', markup: '', script: 'window.isUsable = () => true' }

const Seen = z.object({ usable: z.number(), shift: z.number(), long: z.number(), longest: z.number() })
type Figures = z.infer<typeof Seen> & { bytes: number; work: number }

/** Each alone on a blank page, by turns in one run: what it costs before anybody comes near it. */
export async function comparePeers(say: (line: string) => void): Promise<void> {
  const candidates = [OURS, ...(await buildPeers(say)), NOTHING]
  const figures = new Map<string, Figures[]>(candidates.map(({ name }) => [name, []]))
  const executablePath = await ensureChromium(say)
  const browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: CHROMIUM_ARGS })
  try {
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const candidate of candidates) figures.get(candidate.name)?.push(await measure(browser, candidate))
    }
  } finally {
    await browser.close()
  }
  const rows = [...figures].map(([name, all]) => {
    const of = (figure: keyof Figures) => median(all.map((each) => each[figure]))
    const ms = (value: number) => value.toFixed(0)
    return [
      name,
      String(of('bytes')),
      ms(of('usable')),
      of('shift').toFixed(3),
      ms(of('work')),
      ms(of('long')),
      ms(of('longest')),
    ]
  })
  say(`medians of ${ROUNDS}; processor ${SLOWDOWN} times slower, 1.6 Mbit/s, 150 ms`)
  printTable(['before intent', 'bytes gz', 'usable after ms', 'CLS', 'work ms', 'tasks > 50 ms', 'longest ms'], rows)
}

/** A page that nobody has seen before. */
async function measure(browser: Browser, candidate: Candidate): Promise<Figures> {
  const sent = { bytes: 0 }
  const server = createPage(candidate, sent)
  const origin = await listen(server)
  const context = await browser.newContext()
  try {
    const page = await context.newPage()
    await settle()
    const session = await context.newCDPSession(page)
    await session.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN })
    // By what the thread itself has used: other work of the machine does not count.
    await session.send('Performance.enable', { timeDomain: 'threadTicks' })
    await session.send('Network.enable')
    await session.send('Network.emulateNetworkConditions', NETWORK)
    // All by Chrome's own protocol: what Playwright puts into a page to ask it something is a long task itself.
    await session.send('Page.enable')
    await session.send('Runtime.enable')
    await session.send('Runtime.addBinding', { name: 'tellUsable' })
    await page.addInitScript(watchPage)
    const usable = new Promise((resolve) => session.once('Runtime.bindingCalled', resolve))
    await session.send('Page.navigate', { url: origin })
    await usable
    await new Promise((resolve) => setTimeout(resolve, QUIET_MS))
    const { metrics } = await session.send('Performance.getMetrics')
    const work = (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN) * 1000
    const { result } = await session.send('Runtime.evaluate', { expression: 'seen', returnByValue: true })
    return { ...sent, work, ...Seen.parse(result.value) }
  } finally {
    await context.close()
    server.close()
    server.closeAllConnections()
  }
}

/** Runs in the page, before anything of it. */
function watchPage(): void {
  const seen = { usable: 0, shift: 0, long: 0, longest: 0 }
  Object.assign(window, { seen })
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) {
      seen.long += 1
      seen.longest = Math.max(seen.longest, duration)
    }
  }).observe({ type: 'longtask', buffered: true })
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) seen.shift += Number(Reflect.get(entry, 'value'))
  }).observe({ type: 'layout-shift', buffered: true })
  const isOurs = () => document.querySelector('seon-verify')?.shadowRoot?.querySelector('button')?.disabled === false
  const look = () => {
    const isUsable: unknown = Reflect.get(window, 'isUsable')
    if (typeof isUsable === 'function' ? isUsable() : isOurs()) {
      seen.usable = performance.now()
      Reflect.get(window, 'tellUsable')('')
    } else {
      requestAnimationFrame(look)
    }
  }
  requestAnimationFrame(look)
}

/** All compressed, as by any server; the page itself does not count. */
function createPage({ markup, script }: Candidate, sent: { bytes: number }): Server {
  const html = `<!doctype html><html lang="en"><meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">
    <script type="module" src="/${script === null ? 'seon-verify.js' : 'peer.js'}"></script>
    <h1>Open an account</h1>${markup}<p>What comes after it on the page must not move.</p></html>`
  return createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://bench').pathname
    const answer = (body: string | Buffer, type: string) => {
      const packed = gzipSync(body, { level: 9 })
      if (path !== '/') sent.bytes += packed.length
      response.writeHead(200, { 'Content-Type': `${type}; charset=utf-8`, 'Content-Encoding': 'gzip' }).end(packed)
    }
    if (path === '/') answer(html, 'text/html')
    else if (path === '/peer.js' && script !== null) answer(script, 'text/javascript')
    else if (PATHS.test(path)) void readFile(dist + path.slice(1)).then((body) => answer(body, 'text/javascript'))
    else response.writeHead(404).end()
  })
}
