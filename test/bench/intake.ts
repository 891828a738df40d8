import { join } from 'node:path'
import { medianOf, percentile, printTable } from './figures.ts'
import { type BenchStore, countFsyncs, startBenchServer, withoutStrace, withStores } from './stage.ts'
import { createWebhookSender } from './webhooks.ts'

// How many signed webhooks a server acknowledges, each on disk before its 200, while it processes them as well:
// `npm run bench -- intake`. Senders send the next one once the last was answered.

const SENDERS = [1, 8, 64] as const
const RUNS = 3
const RUN_MS = 1000
/** The first ones find cold code, ms. */
const WARM_UP_MS = 1000
/** Enough for a steady ratio, few enough for a server that strace slows down. */
const TRACED = 500

interface Run {
  perSecond: number
  p50: number
  p99: number
}

/** `senders` at once until `isOver`; the answers' times, ms. */
async function sendUntil(url: string, senders: number, isOver: (answers: number) => boolean): Promise<number[]> {
  const sender = createWebhookSender(url)
  const times: number[] = []
  await Promise.all(
    Array.from({ length: senders }, async () => {
      while (!isOver(times.length)) {
        const { ms, status } = await sender.send()
        if (status !== 200) throw new Error(`answered ${status}`)
        times.push(ms)
      }
    }),
  )
  sender.close()
  return times
}

async function measure(url: string, senders: number, ms: number): Promise<Run> {
  const startedAt = performance.now()
  const times = await sendUntil(url, senders, () => performance.now() - startedAt > ms)
  const seconds = (performance.now() - startedAt) / 1000
  return { perSecond: times.length / seconds, p50: percentile(times, 0.5), p99: percentile(times, 0.99) }
}

async function measureStore(store: BenchStore): Promise<Map<number, Run[]>> {
  const server = await startBenchServer(await store.createUrl())
  const runs = new Map<number, Run[]>(SENDERS.map((senders) => [senders, []]))
  await measure(server.url, 8, WARM_UP_MS)
  for (let round = 0; round < RUNS; round++) {
    for (const senders of SENDERS) {
      await server.settle()
      runs.get(senders)?.push(await measure(server.url, senders, RUN_MS))
    }
  }
  await server.end()
  return runs
}

/** The server's own fsyncs, so of SQLite only: PostgreSQL's are made by its own processes. */
async function measureFsyncs(store: BenchStore, folder: string, senders: number): Promise<number> {
  const tracePath = join(folder, `fsyncs-${senders}`)
  const server = await startBenchServer(await store.createUrl(), { tracePath })
  const before = await countFsyncs(tracePath)
  const times = await sendUntil(server.url, senders, (answers) => answers >= TRACED)
  const during = (await countFsyncs(tracePath)) - before
  await server.end()
  return during / times.length
}

await withStores(async (stores, folder) => {
  const rows: string[][] = []
  for (const store of stores) {
    for (const [senders, runs] of await measureStore(store)) {
      const isTraced = store.name === 'SQLite' && withoutStrace === false
      const fsyncs = isTraced ? (await measureFsyncs(store, folder, senders)).toFixed(2) : '–'
      const figures = [
        medianOf(runs, 'perSecond').toFixed(0),
        ...[medianOf(runs, 'p50'), medianOf(runs, 'p99')].map((ms) => ms.toFixed(1)),
      ]
      rows.push([`${store.name}, ${senders} senders`, ...figures, fsyncs])
    }
  }
  printTable(['', '200s/s', 'p50 ms', 'p99 ms', 'fsyncs per 200'], rows)
  console.log(`medians of ${RUNS} runs; fsyncs include those of processing${withoutStrace ? `; ${withoutStrace}` : ''}`)
})
