import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import * as fc from 'fast-check'
import { openStore } from '../../server/store/engine/open-store.ts'
import type { Store } from '../../server/store/engine/store.ts'
import { openDatabases } from '../helpers/postgres.ts'
import { type Environment, type Fact, SECRETS } from '../oracle/facts.ts'
import { histories, renamed, T0 } from '../oracle/histories.ts'
import { audit, type Findings, type Played, readRows } from './audit.ts'
import { CRASH_POINTS } from './crash-points.ts'
import { assertShowsTheSame, openDashboard } from './dashboard.ts'
import { createRandom, type Random } from './random.ts'
import { createSender } from './sender.ts'
import { createServerProcess, type ServerProcess } from './server-process.ts'
import { startUpstream } from './upstream.ts'

export interface TortureOptions {
  engine: 'sqlite' | 'postgres'
  seed: number
  /** Whether to kill once more, after so many kills. */
  goesOn: (kills: number) => boolean
  log: (line: string) => void
}

export interface TortureResult extends Findings {
  kills: number
  /** Of each way to die, how many. */
  ways: Record<string, number>
  dashboards: number
}

const SENDERS = 8
const DASHBOARDS = 4
const ENVIRONMENT: Environment = 'live'
const WORKFLOW = '11111111-2222-4333-8444-555555555555'
const ADMIN_TOKEN = 'admin-token-of-the-torture'
const WAYS = ['at a random instant', 'at the first byte of a 200', ...CRASH_POINTS] as const
/** Longest life of a server that is to be killed at a random instant, ms. */
const LIFE_MS = 600
/** How long a server may take to come to the point where it is to die, ms; after that it is killed from outside. */
const DIES_WITHIN_MS = 1500
/** Times that a server comes to its crash point, at most; the first dozen are before it listens. */
const CRASH_AFTER = 40
/** How long the processors get in the end, ms. */
const SETTLE_MS = 60_000

/**
 * Kills real servers again and again while eight senders post to them and dashboards watch; then holds the senders'
 * ledger against the store, and the dashboards against a fresh one. Throws at the first difference.
 */
export async function runTorture(options: TortureOptions): Promise<TortureResult> {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-torture-'))
  const undo: (() => unknown)[] = [() => rm(folder, { recursive: true, force: true })]
  try {
    return await torture(options, folder, undo)
  } finally {
    for (const step of undo.toReversed()) await step()
  }
}

async function torture(
  { engine, seed, goesOn, log }: TortureOptions,
  folder: string,
  undo: (() => unknown)[],
): Promise<TortureResult> {
  const random = createRandom(seed)
  const upstream = await startUpstream()
  undo.push(() => upstream.stop())
  let databaseUrl = `sqlite:${join(folder, 'torture.db')}`
  if (engine === 'postgres') {
    const postgres = await openDatabases()
    undo.push(() => postgres.remove())
    databaseUrl = await postgres.createDatabase()
  }
  const nodes = await Promise.all(
    Array.from({ length: engine === 'postgres' ? 2 : 1 }, (_, node) =>
      createServerProcess(toEnv(databaseUrl, upstream.origin, join(folder, `spool-${node}.db`))),
    ),
  )
  undo.push(...nodes.map((node) => () => node.kill()))
  for (const node of nodes) await node.start(null)

  const dashboards = Array.from({ length: DASHBOARDS }, (_, index) =>
    openDashboard(nodes[index % nodes.length]?.url ?? '', ADMIN_TOKEN),
  )
  undo.push(...dashboards.map((dashboard) => () => dashboard.close()))
  await Promise.all(dashboards.map((dashboard) => dashboard.untilShown()))

  const armed = new Map<string, () => void>()
  let isSending = true
  const played: Played[] = []
  const senders = Array.from({ length: SENDERS }, (_, index) =>
    createSender({
      urls: nodes.map(({ url }) => url),
      random: createRandom(seed * 31 + index),
      onFirstByte: (url) => armed.get(url)?.(),
    }),
  )
  undo.push(...senders.map((sender) => () => sender.close()))
  const sending = Promise.all(
    senders.map(async (sender, index) => {
      for (let turn = 0; isSending; turn += 1) {
        const one = { prefix: `s${index}h${turn}.`, facts: drawHistory(seed * 1000 + index * 100_003 + turn) }
        const facts = renamed(
          one.facts.map((fact) => ({ fact, pause: false })),
          one.prefix,
        ).map(({ fact }) => fact)
        played.push({ ...one, facts })
        await sender.play(facts)
      }
    }),
  )
  // Looked at in the end, or where it ends the run early.
  sending.catch(() => undefined)
  let failure: unknown
  sending.catch((error: unknown) => {
    failure = error
  })

  const ways: Record<string, number> = {}
  const fates = new Map<ServerProcess, Way>()
  let kills = 0
  while (goesOn(kills) && failure === undefined) {
    const victim = nodes.find((node) => !node.isAlive()) ?? random.pick(nodes)
    const way = await die(victim, fates.get(victim) ?? 'at a random instant', random, armed)
    kills += 1
    const next = random.pick(WAYS)
    fates.set(victim, next)
    await startWith(victim, next, random)
    ways[way] = (ways[way] ?? 0) + 1
    const answers = senders.reduce((sum, { ledger }) => sum + ledger.answers, 0)
    log(`${engine} kill ${kills}: node ${nodes.indexOf(victim)}, ${way}; ${answers} answers until now`)
  }

  for (const node of nodes) {
    // Whoever still has a death in it gets another life to the end.
    node.kill()
    await node.untilDead()
    await node.start(null)
  }
  isSending = false
  await sending
  const store = await settle(nodes, databaseUrl)
  try {
    const fresh = openDashboard(nodes[0]?.url ?? '', ADMIN_TOKEN)
    const shown = await fresh.untilShown()
    const screens = await Promise.all(dashboards.map((dashboard) => dashboard.untilAt(shown.revision)))
    fresh.close()
    for (const dashboard of dashboards) dashboard.close()
    for (const node of nodes) await node.stop()
    const own = await store.open()
    const rows = await readRows(own)
    for (const screen of screens) assertShowsTheSame(screen, shown, rows)
    const findings = await audit(own, played, ENVIRONMENT)
    return { ...findings, kills, ways, dashboards: screens.length }
  } finally {
    await store.close()
  }
}

function toEnv(databaseUrl: string, origin: string, spoolPath: string): Record<string, string> {
  return {
    NODE_ENV: 'production',
    // Most of a restart is reading the same modules again.
    NODE_COMPILE_CACHE: join(tmpdir(), 'seon-verify-compile-cache'),
    DATABASE_URL: databaseUrl,
    SPOOL_PATH: spoolPath,
    SEON_API_KEY: 'api-key-of-the-torture',
    SEON_BASE_URL: `${origin}/orchestration-api`,
    WORKFLOW_ID: WORKFLOW,
    SEON_WEBHOOK_SECRET: SECRETS.seon,
    SEON_LICENSE_KEY: `live:${SECRETS.fraud.live},sandbox:${SECRETS.fraud.sandbox}`,
    INCODE_WEBHOOK_HEADER: `${SECRETS.incode.name}: ${SECRETS.incode.value}`,
    ADMIN_TOKEN,
    ALLOWED_ORIGINS: 'https://shop.example',
    ALLOW_UNSIGNED_USERS: '1',
    INIT_LIMITS: 'address=100000/m,user=100000/m',
  }
}

/** A random history as this server would live it: in the present, each run with the workflow that it knows. */
function drawHistory(seed: number): Fact[] {
  const [heard = []] = fc.sample(histories, { seed, numRuns: 1 })
  const shift = Date.now() - T0
  const later = (at: number | null) => (at === null ? null : at + shift)
  return heard.map(({ fact }): Fact => {
    switch (fact.kind) {
      case 'init':
        return { ...fact, workflow: WORKFLOW, transaction: null }
      case 'session':
        return { ...fact, time: later(fact.time), startedAt: later(fact.startedAt) }
      case 'execution':
      case 'step':
      case 'aml':
      case 'transaction':
        return { ...fact, time: later(fact.time) }
      case 'hint':
      case 'interview':
        return fact
      default:
        return fact satisfies never
    }
  })
}

type Way = (typeof WAYS)[number]

/** Starts a server with its next death in it, where that is one that it has to be told of. */
async function startWith(node: ServerProcess, way: Way, random: Random): Promise<void> {
  const point = CRASH_POINTS.find((each) => each === way)
  // It may come to that point before it listens.
  await node.start(point === undefined ? null : { point, count: 1 + random.below(CRASH_AFTER) })
}

/** Answers how it really died: a server may not come to its point in time. */
async function die(node: ServerProcess, way: Way, random: Random, armed: Map<string, () => void>): Promise<string> {
  let isReached = true
  if (way === 'at a random instant') {
    await delay(random.below(LIFE_MS))
  } else {
    const isDead = node.untilDead().then(() => true)
    if (way === 'at the first byte of a 200') armed.set(node.url, () => node.kill())
    const patience = new AbortController()
    const isLate = delay(DIES_WITHIN_MS, false, patience).catch(() => false)
    isReached = await Promise.race([isDead, isLate])
    patience.abort()
    armed.delete(node.url)
  }
  node.kill()
  await node.untilDead()
  return isReached ? way : 'before it came to that'
}

/** Waits until nothing is left to be processed; the store itself opens once its servers have let go. */
async function settle(nodes: readonly ServerProcess[], databaseUrl: string) {
  let opened: Store | undefined
  const open = async () => (opened ??= await openStore(databaseUrl))
  const deadline = Date.now() + SETTLE_MS
  while ((await countPending(nodes[0]?.url ?? '')) > 0) {
    if (Date.now() > deadline) throw new Error('deliveries are still waiting to be processed')
    await delay(100)
  }
  return { open, close: async () => opened?.close() }
}

async function countPending(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { headers: { Authorization: `Bearer ${ADMIN_TOKEN}` } })
  const [, count] = /^seon_verify_inbox_pending (\d+)$/m.exec(await response.text()) ?? []
  if (count === undefined) throw new Error(`/metrics answered ${response.status} without what is pending`)
  return Number(count)
}
