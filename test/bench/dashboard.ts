import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildIfStale } from '../../client/build.ts'
import { CHROMIUM_ARGS, ensureChromium } from '../helpers/chromium.ts'
import { countLong, measureFirstList, measureFrames, measureHeap } from './dashboard/measure-page.ts'
import { readSeen, watchRows } from './dashboard/painted-rows.ts'
import { startPlayedFeed } from './dashboard/played-feed.ts'
import { median, percentile } from './figures.ts'
import { openOnlookers } from './onlookers.ts'
import { settle } from './settle.ts'
import { startBenchServer, withStores } from './stage.ts'
import { createWebhookSender, sendSteadily } from './webhooks.ts'

// What an operator's browser goes through: `npm run bench -- dashboard`; with BENCH_MINUTES=10 memory is watched for ten
// minutes rather than one. Browser, server and load share this machine.

const MINUTES = Number(process.env['BENCH_MINUTES'] ?? '1')
const CHANGES_PER_SECOND = 1000
const SLOWER = 4
const LOADS = 5
const FRAMES_MS = 10_000
const DASHBOARDS = 100
const WEBHOOKS_PER_SECOND = 200
const WEBHOOKS_MS = 5000
const WARM_UP_MS = 3000

async function openPage(browser: Browser): Promise<Page> {
  const page = await (await browser.newContext({ viewport: { width: 1440, height: 900 } })).newPage()
  await settle()
  return page
}

async function measurePlayed(browser: Browser): Promise<void> {
  const feed = await startPlayedFeed()
  try {
    const url = `${feed.url}/dashboard`
    const loads: number[] = []
    for (let round = 0; round < LOADS; round++) {
      const page = await openPage(browser)
      loads.push(await measureFirstList(page, url, SLOWER))
      await page.context().close()
    }
    console.log(`first usable list, ${SLOWER} × slower: ${median(loads).toFixed(0)} ms (at most 1000)`)

    const page = await openPage(browser)
    await measureFirstList(page, url, 1)
    const devtools = await page.context().newCDPSession(page)
    const quiet = await measureFrames(page, FRAMES_MS)
    feed.play(CHANGES_PER_SECOND)
    await sleep(1000)
    const busy = await measureFrames(page, FRAMES_MS)
    for (const [name, frames] of Object.entries({ quiet, [`${CHANGES_PER_SECOND} changes/s`]: busy })) {
      const figures = `p50 ${median(frames).toFixed(1)} ms, p99 ${percentile(frames, 0.99).toFixed(1)} ms`
      console.log(`frames, ${name}: ${figures}, over 50 ms ${countLong(frames)} of ${frames.length}`)
    }
    const heaps = [await measureHeap(devtools)]
    for (let minute = 0; minute < MINUTES; minute += MINUTES / 5) {
      await sleep((MINUTES / 5) * 60_000)
      heaps.push(await measureHeap(devtools))
    }
    console.log(`memory over ${MINUTES} min of it: ${heaps.map((heap) => heap.toFixed(1)).join(', ')} MB`)
    await page.context().close()
  } finally {
    await feed.close()
  }
}

async function measurePainted(browser: Browser): Promise<void> {
  await withStores(async (stores) => {
    for (const store of stores) {
      const server = await startBenchServer(await store.createUrl())
      const page = await openPage(browser)
      await page.goto(`${server.url}/dashboard`)
      await page.getByLabel('Admin token').fill(server.adminToken)
      await page.getByRole('button', { name: 'Sign in' }).click()
      await page.locator('.pill[data-kind=live]').waitFor()
      const closeOthers = await openOnlookers(server, DASHBOARDS - 1)
      const sender = createWebhookSender(server.url)
      // A process that has just begun compiles what it does as it does it.
      await sendSteadily(sender, { perSecond: WEBHOOKS_PER_SECOND, ms: WARM_UP_MS })
      await server.settle()
      await watchRows(page)
      const { sentAt } = await sendSteadily(sender, { perSecond: WEBHOOKS_PER_SECOND, ms: WEBHOOKS_MS })
      await server.settle()
      await sleep(1000)
      const seen = await readSeen(page)
      const times = [...sentAt].map(([id, at]) => (seen[id] ?? Number.POSITIVE_INFINITY) - performance.timeOrigin - at)
      const figures = [0.5, 0.99].map((share) => percentile(times, share).toFixed(0))
      console.log(
        `webhook to painted row, ${store.name}, ${WEBHOOKS_PER_SECOND}/s, ${DASHBOARDS} dashboards: p50 ${figures[0]} ms, p99 ${figures[1]} ms (at most 50)`,
      )
      closeOthers()
      sender.close()
      await page.context().close()
      await server.end()
    }
  })
}

await buildIfStale()
const browser = await chromium.launch({
  executablePath: await ensureChromium(console.error),
  chromiumSandbox: false,
  args: CHROMIUM_ARGS,
})
try {
  await measurePlayed(browser)
  await measurePainted(browser)
} finally {
  await browser.close()
}
