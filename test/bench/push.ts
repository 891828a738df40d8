import { openDashboards } from './dashboards.ts'
import { median, medianOf, percentile, printTable } from './figures.ts'
import { type BenchServer, startBenchServer, withStores } from './stage.ts'
import { createWebhookSender, sendSteadily } from './webhooks.ts'

// From a webhook's first byte to its change on open dashboards, at a steady rate: `npm run bench -- push`. All dashboards
// live in this one process, which has to read everything that they are sent: what they add includes its own work.

const DASHBOARDS = [1, 100] as const
const PER_SECOND = 200
const RUNS = 5
const RUN_MS = 1500

interface Run {
  ackP50: number
  ackP99: number
  p50: number
  p99: number
}

async function measure(server: BenchServer, count: number): Promise<Run> {
  await server.settle()
  const dashboards = await openDashboards(server, count)
  const sender = createWebhookSender(server.url)
  const { sentAt, answers } = await sendSteadily(sender, { perSecond: PER_SECOND, ms: RUN_MS })
  const acks = answers.map(({ ms }) => ms)
  const heard = await dashboards.hear(sentAt)
  dashboards.close()
  sender.close()
  return {
    ackP50: percentile(acks, 0.5),
    ackP99: percentile(acks, 0.99),
    p50: percentile(heard, 0.5),
    p99: percentile(heard, 0.99),
  }
}

await withStores(async (stores) => {
  const rows: string[][] = []
  for (const store of stores) {
    const server = await startBenchServer(await store.createUrl())
    const runs = new Map<number, Run[]>(DASHBOARDS.map((count) => [count, []]))
    // One of each to warm up.
    for (let round = 0; round <= RUNS; round++) {
      for (const count of DASHBOARDS) {
        const run = await measure(server, count)
        if (round > 0) runs.get(count)?.push(run)
      }
    }
    await server.end()
    for (const [count, ofCount] of runs) {
      const figures = (['ackP50', 'ackP99', 'p50', 'p99'] as const).map((figure) =>
        medianOf(ofCount, figure).toFixed(1),
      )
      const ratio = median(ofCount.map((run) => run.p50 / run.ackP50)).toFixed(2)
      rows.push([`${store.name}, ${count} dashboards`, ...figures, ratio])
    }
  }
  printTable(['', '200 p50 ms', '200 p99 ms', 'change p50 ms', 'change p99 ms', 'change/200 p50'], rows)
  console.log(`${PER_SECOND} webhooks a second, medians of ${RUNS} runs of ${RUN_MS / 1000} s`)
})
