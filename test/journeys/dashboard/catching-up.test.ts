import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { useBrowser } from '../../helpers/browser.ts'
import { type CuttableNetwork, startCuttableNetwork } from '../../helpers/cuttable.ts'
import { listen, stop } from '../../helpers/listen.ts'
import { openDatabases, type TestDatabases, withoutPostgres } from '../../helpers/postgres.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { openDashboard, rowOf } from '../steps.ts'
import { awaitSameScreen, begin, hint, openTab, watchForFaults } from './steps.ts'

const NO_LIMITS = { INIT_LIMITS: 'address=100000/m,user=100000/m' }

/** What the feed hands over one by one; whoever missed more gets a snapshot instead. */
const STRETCH = 20

/** Its own port must be known beforehand, as what it answers under is the network's address. */
async function reservePort(): Promise<string> {
  const taken = createServer()
  const own = await listen(taken)
  await stop(taken)
  return own
}

/** The browser's own word that a network is back: pages try at once, rather than within half a minute. */
async function comeBack(...pages: readonly Page[]): Promise<void> {
  for (const page of pages) {
    await page.evaluate(() => dispatchEvent(new Event('online')))
    await page.locator('.pill[data-kind=live]').waitFor()
  }
}

describe('a dashboard that was cut off', () => {
  const newContext = useBrowser()
  let network: CuttableNetwork
  before(async () => {
    network = await startCuttableNetwork()
  })
  after(() => network.close())

  it('says so, and afterwards shows what a fresh one shows, however much was missed', async () => {
    const own = await reservePort()
    network.lead(own)
    const server = await startSandboxServer(
      { ...NO_LIMITS, PORT: new URL(own).port, PUBLIC_URL: network.url },
      { stretchSize: STRETCH },
    )
    const context = await newContext({ viewport: { width: 1280, height: 1600 } })
    const list = await openDashboard(context, server)
    const overview = await openTab(context, server, '?view=overview')
    const faults = [list, overview].map(watchForFaults)
    const direct = { url: own }
    const early = await begin(direct, 'user-early')
    await rowOf(list, 'user-early').getByText('Created').waitFor()

    network.cut()
    for (const page of [list, overview]) await page.locator('.pill[data-kind=reconnecting]').waitFor()
    await hint(direct, early, 'started')
    for (let each = 0; each <= STRETCH; each++) await begin(direct, `user-${each}`)
    const late = await begin(direct, 'user-late')
    await hint(direct, late, 'started')
    assert.equal(await rowOf(list, 'user-early').getByText('Created').count(), 1, 'what it held stays, marked as old')
    network.mend()

    await comeBack(list, overview)
    await rowOf(list, 'user-late').getByText('Started').waitFor()
    await awaitSameScreen(list, await openTab(context, server))
    await awaitSameScreen(overview, await openTab(context, server, '?view=overview'))
    assert.deepEqual(faults.flat(), [])
  })

  it('does so after a restart of its server', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seon-verify-restart-'))
    after(() => rm(folder, { recursive: true, force: true }))
    const own = await reservePort()
    network.lead(own)
    const env = {
      ...NO_LIMITS,
      DATABASE_URL: `sqlite:${join(folder, 'sandbox.db')}`,
      PORT: new URL(own).port,
      PUBLIC_URL: network.url,
    }
    const first = await startSandboxServer(env)
    const context = await newContext({ viewport: { width: 1280, height: 1600 } })
    const dashboard = await openDashboard(context, first)
    const faults = watchForFaults(dashboard)
    const visitor = await begin({ url: own }, 'user-1')
    await rowOf(dashboard, 'user-1').getByText('Created').waitFor()

    await first.close()
    await dashboard.locator('.pill:is([data-kind=reconnecting], [data-kind=connecting])').waitFor()
    const second = await startSandboxServer(env)
    await hint({ url: own }, visitor, 'started')
    await begin({ url: own }, 'user-2')
    await comeBack(dashboard)
    await rowOf(dashboard, 'user-1').getByText('Started').waitFor()
    await rowOf(dashboard, 'user-2').waitFor()
    await awaitSameScreen(dashboard, await openTab(context, second))
    assert.deepEqual(faults, [])
  })
})

describe('a dashboard of two nodes on PostgreSQL', { skip: withoutPostgres }, () => {
  const newContext = useBrowser()
  let network: CuttableNetwork
  let postgres: TestDatabases
  before(async () => {
    network = await startCuttableNetwork()
    postgres = await openDatabases()
  })
  after(async () => {
    await network.close()
    await postgres.remove()
  })

  it('goes on with the other node where the first left off', async () => {
    const databaseUrl = await postgres.createDatabase()
    const ports = [await reservePort(), await reservePort()]
    const [one, other] = await Promise.all(
      ports.map((own) =>
        startSandboxServer({
          ...NO_LIMITS,
          DATABASE_URL: databaseUrl,
          PORT: new URL(own).port,
          PUBLIC_URL: network.url,
        }),
      ),
    )
    const [near = '', far = ''] = ports
    assert.ok(one && other)
    network.lead(near)
    const context = await newContext({ viewport: { width: 1280, height: 1600 } })
    const dashboard = await openDashboard(context, one)
    const faults = watchForFaults(dashboard)
    const visitor = await begin({ url: far }, 'user-1')
    await rowOf(dashboard, 'user-1').getByText('Created').waitFor()

    network.cut()
    await dashboard.locator('.pill[data-kind=reconnecting]').waitFor()
    await hint({ url: near }, visitor, 'started')
    await begin({ url: near }, 'user-2')
    network.lead(far)
    network.mend()
    await comeBack(dashboard)
    await rowOf(dashboard, 'user-1').getByText('Started').waitFor()
    await rowOf(dashboard, 'user-2').waitFor()
    await begin({ url: near }, 'user-3')
    await rowOf(dashboard, 'user-3').waitFor()
    await awaitSameScreen(dashboard, await openTab(context, one))
    assert.deepEqual(faults, [])
  })
})
