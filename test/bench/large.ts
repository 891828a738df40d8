import { median, percentile, printTable } from './figures.ts'
import { EMAIL, fillStore, REPORTS_EACH, WORKFLOWS } from './large-store.ts'
import { type BenchServer, startBenchServer, withStores } from './stage.ts'

// How long lists, searches and figures take over HTTP in a store of a million verifications, beside one of ten thousand:
// `npm run bench -- large`. Takes some ten minutes and some 15 GB of the temporary folder.

const SIZES = [10_000, 1_000_000] as const
const LIMIT_MS = 50
const LIMIT_GROWTH = 2
const ROUNDS = 60
const WARM_UP = 12
/** Below it a growth is the machine's noise, ms. */
const NOISE_MS = 5

const DAY_MS = 24 * 3_600_000
const STATUSES = ['approved', 'declined', 'review', 'expired', 'created', 'submitted', 'error', 'finished']

interface Request {
  path: string
  body?: unknown
}

/** What is asked in a round, by name; `count` verifications are there. */
function requestsOf(round: number, count: number, known: Known): Record<string, Request> {
  const n = (round * 7919) % count
  const list = (query: string): Request => ({ path: `/api/verifications?${query}` })
  const search = (body: unknown): Request => ({ path: '/api/verifications/search', body })
  const statistics = (days: number, query = ''): Request => {
    const to = Date.now() - (round % 20) * DAY_MS
    return { path: `/api/statistics?${period(to - days * DAY_MS, to)}${query}` }
  }
  const status = STATUSES[round % STATUSES.length] ?? ''
  const workflow = WORKFLOWS[round % WORKFLOWS.length] ?? ''
  const someDay = Date.now() - ((round * 13) % 350) * DAY_MS
  const all = `status=${status}&vendor=seon&workflow=${workflow}&environment=sandbox&overdue=0`
  const cursor = known.cursors[round % known.cursors.length] ?? ''
  return {
    'first page': list(''),
    'a status': list(`status=${status}`),
    'three statuses of a vendor': list('status=expired,error,finished&vendor=incode'),
    'a workflow': list(`workflow=${workflow}`),
    'an environment': list('environment=live'),
    overdue: list('overdue=1'),
    'a day': list(period(someDay - DAY_MS, someDay)),
    'a day of a status': list(`status=${status}&${period(someDay - DAY_MS, someDay)}`),
    'every filter': list(`${all}&${period(someDay - 30 * DAY_MS, someDay)}`),
    'by update': list('sort=updatedAt'),
    'by update, oldest of a status': list(`sort=updatedAt&order=asc&status=${status}`),
    'by decision, every filter': list(`sort=decidedAt&${all}`),
    'deep page': list(`cursor=${cursor}`),
    'deep page of a status': list(`status=${status}&cursor=${cursor}`),
    'a user': search({ userId: `user-${n % Math.ceil(count / 3)}` }),
    'an execution': search({ q: `run-${n}` }),
    nothing: search({ q: `nobody-${n}` }),
    'an e-mail': search({ email: EMAIL }),
    '200 ids and a filter': search({ ids: known.ids, status: [status], limit: 200 }),
    'one with its timeline': { path: `/api/verifications/${known.ids[round % known.ids.length] ?? ''}` },
    deliveries: { path: '/api/deliveries?outcome=unrecognised' },
    'figures of a week': statistics(7),
    'figures of a month, a vendor': statistics(30, '&vendor=seon'),
    'figures of a year': statistics(365),
  }
}

const period = (from: number, to: number) =>
  `from=${encodeURIComponent(new Date(from).toISOString())}&to=${encodeURIComponent(new Date(to).toISOString())}`

interface Known {
  ids: string[]
  /** From all over the year. */
  cursors: string[]
}

interface Page {
  items: { id: string }[]
  next: string | null
}

async function ask(server: BenchServer, { path, body }: Request): Promise<unknown> {
  const answer = await fetch(`${server.url}${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
  return answer.json()
}

function isPage(value: unknown): value is Page {
  return typeof value === 'object' && value !== null && 'items' in value && 'next' in value
}

async function explore(server: BenchServer): Promise<Known> {
  const known: Known = { ids: [], cursors: [] }
  for (let days = 1; days < 360; days += 18) {
    const to = new Date(Date.now() - days * DAY_MS).toISOString()
    const page = await ask(server, { path: `/api/verifications?limit=10&to=${to}` })
    if (!isPage(page) || page.next === null) throw new Error('a page without a next one')
    known.ids.push(...page.items.map(({ id }) => id))
    known.cursors.push(page.next)
  }
  return known
}

/** A filled store with its server, and what took how long there, ms, by name. */
interface Subject {
  count: number
  server: BenchServer
  known: Known
  times: Map<string, number[]>
}

/** Stores and requests by turns: none has the machine, or its cache, for itself. */
async function measure(subjects: readonly Subject[]): Promise<void> {
  for (let round = 0; round < WARM_UP + ROUNDS; round++) {
    for (const name of Object.keys(requestsOf(0, 1, { ids: [], cursors: [] }))) {
      for (const { server, count, known, times } of subjects) {
        const request = requestsOf(round, count, known)[name]
        if (request === undefined) throw new Error(name)
        const startedAt = performance.now()
        await ask(server, request)
        if (round >= WARM_UP) times.set(name, [...(times.get(name) ?? []), performance.now() - startedAt])
      }
    }
  }
}

await withStores(async (stores) => {
  for (const store of stores) {
    const subjects: Subject[] = []
    for (const count of SIZES) {
      const url = await store.createUrl()
      const startedAt = performance.now()
      const countingMs = await fillStore(store, url, count)
      const seconds = (ms: number) => `${(ms / 1000).toFixed(0)} s`
      const made = `${count.toLocaleString('en')} verifications, ${(count * REPORTS_EACH).toLocaleString('en')} reports`
      console.log(
        `${store.name}: ${made} in ${seconds(performance.now() - startedAt)}, counted in ${seconds(countingMs)}`,
      )
      const server = await startBenchServer(url)
      subjects.push({ count, server, known: await explore(server), times: new Map() })
    }
    await measure(subjects)
    for (const { server } of subjects) await server.end()
    report(
      store.name,
      subjects.map(({ times }) => times),
    )
  }
})

function report(name: string, [small = new Map(), large = new Map()]: readonly Map<string, number[]>[]): void {
  const rows = [...large].map(([what, times]) => {
    const before = small.get(what) ?? []
    const growth = median(times) / median(before)
    const isGood = percentile(times, 0.95) <= LIMIT_MS && (growth <= LIMIT_GROWTH || median(times) <= NOISE_MS)
    if (!isGood) process.exitCode = 1
    const figures = [before, times].flatMap((of) => [median(of).toFixed(1), percentile(of, 0.95).toFixed(1)])
    return [what, ...figures, growth.toFixed(1), isGood ? '' : 'too slow']
  })
  printTable([name, 'p50', 'p95 of 10,000', 'p50', 'p95 of 1,000,000', 'growth', ''], rows)
  console.log(
    `ms over HTTP, ${ROUNDS} of each; wanted: p95 at most ${LIMIT_MS}, a median at most ${LIMIT_GROWTH} times as long`,
  )
}
