import assert from 'node:assert/strict'
import { createHmac, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { startPostgres, type TestPostgres, withoutPostgres } from '../helpers/postgres.ts'
import { type ServerProcess, StartError, startProcess } from '../helpers/process.ts'

const SECRETS = {
  SEON_WEBHOOK_SECRET: 'whsec-of-this-test',
  SEON_LICENSE_KEY: 'license-of-this-test',
  INCODE_WEBHOOK_HEADER: 'x-hook: hook-of-this-test',
}

/** The longest that a sender may be kept waiting while PostgreSQL is down, ms; SEON gives up at 30 s. */
const ANSWERED_WITHIN_MS = 6000

const hmac = (key: string, body: string) => createHmac('sha256', key).update(body).digest('hex')

/** One webhook system's way of sending. */
interface Sender {
  path: string
  sign: (body: string) => Record<string, string>
}
const SEON: Sender = {
  path: '/webhooks/seon',
  sign: (body) => ({ 'seon-signature': hmac(SECRETS.SEON_WEBHOOK_SECRET, body) }),
}
const INCODE: Sender = { path: '/webhooks/incode', sign: () => ({ 'x-hook': 'hook-of-this-test' }) }
const FRAUD: Sender = {
  path: '/webhooks/seon-fraud',
  sign: (body) => ({ digest: `SHA-256=${hmac(SECRETS.SEON_LICENSE_KEY, body)}` }),
}

interface Try {
  status: number
  tookMs: number
}

async function send(server: ServerProcess, { path, sign }: Sender, event: object): Promise<Try> {
  const body = JSON.stringify(event)
  const since = performance.now()
  const response = await fetch(new URL(path, server.addresses['webhooks']), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...sign(body) },
    body,
  })
  await response.body?.cancel()
  if (response.status === 503) assert.ok(response.headers.has('retry-after'))
  return { status: response.status, tookMs: performance.now() - since }
}

/** As a vendor does that sends again, on a quicker schedule. */
async function sendUntilTaken(server: ServerProcess, sender: Sender, event: object): Promise<Try[]> {
  const tries: Try[] = []
  for (;;) {
    const tried = await send(server, sender, event)
    tries.push(tried)
    if (tried.status === 200) return tries
    await delay(250)
  }
}

const blacklist = (index: number) => ({
  event: 'lists:blacklist-whitelist',
  date: '2026-11-01T10:00:00+00:00',
  values: [{ data_field: 'user_id', value: `member-${index}`, state: 'blacklist' }],
})

const Page = z.object({
  items: z.array(z.object({ id: z.string(), outcome: z.string().optional(), status: z.string().optional() })),
  next: z.string().nullable(),
})
type Item = z.infer<typeof Page>['items'][number]

/** Every item of a list, page by page. */
async function readAll(server: ServerProcess, path: string): Promise<Item[]> {
  const items: Item[] = []
  let cursor: string | null = ''
  while (cursor !== null) {
    const url = new URL(`${path}&limit=200${cursor === '' ? '' : `&cursor=${cursor}`}`, server.addresses['demo'])
    const response = await fetch(url, { headers: { authorization: `Bearer ${server.addresses['admin-token']}` } })
    assert.equal(response.status, 200)
    const page = Page.parse(await response.json())
    items.push(...page.items)
    cursor = page.next
  }
  return items
}

async function awaitItems(server: ServerProcess, path: string, isThere: (items: Item[]) => boolean): Promise<Item[]> {
  for (;;) {
    const items = await readAll(server, path)
    if (isThere(items)) return items
    await delay(50)
  }
}

const countOf = (items: readonly Item[], name: 'outcome' | 'status') =>
  Object.fromEntries([...Map.groupBy(items, (item) => item[name])].map(([value, { length }]) => [value, length]))

describe('PostgreSQL away', { skip: withoutPostgres }, () => {
  let postgres: TestPostgres
  let folder = ''
  before(async () => {
    postgres = await startPostgres()
    folder = await mkdtemp(join(tmpdir(), 'seon-verify-outage-'))
  })
  after(async () => {
    await postgres.remove()
    await rm(folder, { recursive: true, force: true })
  })

  async function createEnv(): Promise<Record<string, string>> {
    const SPOOL_PATH = join(folder, randomUUID(), 'spool.db')
    return { ...SECRETS, DATABASE_URL: await postgres.createDatabase(), SPOOL_PATH }
  }

  it('B1 row 30: under load, who sends again gets 503 and ends in the right state; of who does not, nothing is missing', async () => {
    const server = await startProcess(await createEnv())
    after(() => server.end('SIGKILL'))
    let isOver = false
    const tries: Try[] = []
    const frauds: Try[] = []

    /** Begins a new one each time round, until the test has seen enough. Answers how many there were. */
    async function keepOn(step: (index: number) => Promise<void>): Promise<number> {
      const underWay: Promise<void>[] = []
      for (let index = 0; ; index++) {
        if (isOver) {
          await Promise.all(underWay)
          return index
        }
        underWay.push(step(index))
        await delay(20)
      }
    }
    const seon = keepOn(async () => {
      const data = { id: randomUUID(), workflow: { id: randomUUID(), name: 'Onboarding' } }
      const tell = (name: string, second: number, status: string) =>
        sendUntilTaken(server, SEON, {
          event: `orchestration/${name}`,
          timestamp: `2026-11-01T10:00:0${second}Z`,
          data: { ...data, status },
        })
      const both = [
        tell('workflow_execution_updated', 2, 'DECLINED'),
        tell('workflow_execution_finished', 1, 'APPROVED'),
      ]
      tries.push(...(await Promise.all(both)).flat())
    })
    const incode = keepOn(async () => {
      const interviewId = randomUUID()
      const tell = (onboardingStatus: string) => sendUntilTaken(server, INCODE, { interviewId, onboardingStatus })
      const both = [tell('MANUAL_REVIEW_APPROVED'), tell('ONBOARDING_FINISHED')]
      tries.push(...(await Promise.all(both)).flat())
    })
    const fraud = keepOn(async (index) => {
      frauds.push(await send(server, FRAUD, blacklist(index)))
    })

    await delay(500)
    await postgres.stop()
    await delay(3000)
    const ready = await fetch(new URL('/readyz', server.addresses['demo']))
    assert.equal(ready.status, 503)
    const alive = await fetch(new URL('/healthz', server.addresses['demo']))
    assert.equal(alive.status, 200)
    const page = await fetch(new URL('/api/verifications', server.addresses['demo']), {
      headers: { authorization: `Bearer ${server.addresses['admin-token']}` },
    })
    assert.deepEqual([page.status, await page.json()], [503, { error: 'unavailable' }])
    assert.ok(page.headers.has('retry-after'))
    await postgres.start()
    await delay(500)
    isOver = true
    const [runs, interviews, deliveries] = await Promise.all([seon, incode, fraud])

    assert.deepEqual(new Set(tries.map(({ status }) => status)), new Set([200, 503]))
    assert.deepEqual(new Set(frauds.map(({ status }) => status)), new Set([200]))
    const slowest = [...tries, ...frauds].reduce((most, { tookMs }) => Math.max(most, tookMs), 0)
    assert.ok(slowest < ANSWERED_WITHIN_MS, `answered after ${slowest} ms`)

    const isDone = (count: number) => (items: Item[]) => items.length === count
    await awaitItems(server, '/api/verifications?vendor=seon&status=declined', isDone(runs))
    await awaitItems(server, '/api/verifications?vendor=incode&status=approved', isDone(interviews))
    assert.deepEqual(countOf(await readAll(server, '/api/verifications?vendor=seon'), 'status'), { declined: runs })
    const kept = await awaitItems(server, '/api/deliveries?source=seon-fraud&outcome=accepted', isDone(deliveries))
    assert.equal(kept.length, deliveries)
    // Said once the last row has left the spool, which is after it can be read from the inbox.
    while (!server.readStderr().includes('"event":"spool_drained"')) await delay(20)
    assert.equal(await server.end('SIGTERM'), 0)
  })

  it('a SIGKILL while deliveries are spooled loses none, nor one while they are moved', async () => {
    const env = await createEnv()
    let server = await startProcess(env)
    after(() => server.end('SIGKILL'))
    const count = 120
    await postgres.stop()
    for (let index = 0; index < count; index++) {
      assert.equal((await send(server, FRAUD, blacklist(index))).status, 200)
    }
    assert.equal(await server.end('SIGKILL'), 'SIGKILL')
    await postgres.start()
    const path = '/api/deliveries?source=seon-fraud'
    for (let killed = 0; killed < 2; killed++) {
      server = await startProcess(env)
      await awaitItems(server, path, (items) => items.length > 0)
      await server.end('SIGKILL')
    }
    server = await startProcess(env)
    await awaitItems(server, path, (items) => items.length >= count)
    assert.deepEqual(countOf(await readAll(server, path), 'outcome'), { accepted: count })
    assert.equal(await server.end('SIGTERM'), 0)
  })

  it('says at start that nobody answers there, and ends so that a supervisor tries again', async () => {
    const env = { ...(await createEnv()), DATABASE_URL: 'postgres://somebody:password-canary@127.0.0.1:9/somewhere' }
    const stderr =
      /^PostgreSQL does not answer: connect ECONNREFUSED 127\.0\.0\.1:9\. DATABASE_URL says where it is\.$/m
    await assert.rejects(startProcess(env), (error: unknown) => {
      assert.ok(error instanceof StartError)
      assert.equal(error.code, 1)
      assert.match(error.stderr, stderr)
      assert.doesNotMatch(error.stderr, /canary/)
      return true
    })
  })

  it('says at start, by name, that the spool cannot be written', async () => {
    const env = { ...(await createEnv()), SPOOL_PATH: join(process.execPath, 'spool.db') }
    await assert.rejects(startProcess(env), { code: 78, stderr: /SPOOL_PATH must name a file/ })
  })
})
