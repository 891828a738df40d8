import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer, type TestServer } from '../../helpers/server.ts'
import { awaitStatus, openDashboard, readVerifications, rowOf } from '../steps.ts'
import { begin, hint, openTab, watchForFaults } from './steps.ts'

async function startServer(): Promise<TestServer> {
  const server = await startSandboxServer({ INIT_LIMITS: 'address=10000/m,user=10000/m' })
  await server.control('/settings', { webhookDelayMs: 0 })
  return server
}

async function end(server: TestServer, userId: string, how: 'approved' | 'declined'): Promise<void> {
  const found = (await readVerifications(server)).find((each) => each.userId === userId)
  await server.control(`/runs/${found?.vendorId}/end`, { end: how })
  await awaitStatus(server, userId, [how])
}

describe('an overview and a list that two operators look at', () => {
  const newContext = useBrowser()
  it('teaches the first step, then moves with what happens, for both at once', async () => {
    const server = await startServer()
    const near = await newContext({ viewport: { width: 1440, height: 1000 } })
    const far = await newContext({ viewport: { width: 1440, height: 1000 }, colorScheme: 'dark' })
    const one = await openDashboard(near, server)
    const other = await openDashboard(far, server)
    const faults = [one, other].map(watchForFaults)
    for (const page of [one, other]) {
      await page.getByRole('link', { name: 'Overview' }).click()
      await page.getByText('Once people verify, this page shows').waitFor()
    }
    await begin(server, 'user-1')
    await begin(server, 'user-2')
    await end(server, 'user-1', 'approved')
    for (const page of [one, other]) {
      await page.locator('sv-main-figures').getByText('100%').waitFor()
      await page.locator('sv-decisions-chart canvas').waitFor()
    }
    await end(server, 'user-2', 'declined')
    for (const page of [one, other]) await page.locator('sv-main-figures').getByText('50%').waitFor()

    // The chart's figures are there for whoever does not see it; and nothing of one operator's look is the other's.
    await one.getByRole('button', { name: 'Show as a table' }).press('Enter')
    const row = one.locator('sv-decisions-chart tbody tr')
    assert.deepEqual((await row.locator('td').allInnerTexts()).slice(0, 4), ['1', '0', '1', '2'])
    assert.equal(await other.locator('sv-decisions-chart canvas').count(), 1)
    await one.getByRole('button', { name: '30 d' }).click()
    await one.waitForURL(/period=month/)
    await one.reload()
    assert.equal(await one.getByRole('button', { name: '30 d' }).getAttribute('aria-pressed'), 'true')
    await one.locator('sv-decisions-chart').getByText('by the day (UTC)').waitFor()

    // A figure leads to its rows.
    await one.getByRole('button', { name: /^Declined/ }).click()
    await rowOf(one, 'user-2').waitFor()
    assert.equal(await rowOf(one, 'user-1').count(), 0)
    assert.deepEqual(faults.flat(), [])
  })

  it('finds an e-mail address without writing it anywhere, and keeps what it found current', async () => {
    const server = await startServer()
    const context = await newContext({ viewport: { width: 1440, height: 900 } })
    const dashboard = await openDashboard(context, server)
    const faults = watchForFaults(dashboard)
    const addresses: string[] = []
    dashboard.on('request', (request) => addresses.push(request.url()))
    const kim = await begin(server, 'user-kim', 'kim@example.com')
    await begin(server, 'user-lee', 'lee@example.com')
    await dashboard.keyboard.press('/')
    await dashboard.keyboard.type('Kim@Example.com')
    await dashboard.keyboard.press('Enter')
    await rowOf(dashboard, 'user-lee').waitFor({ state: 'detached' })
    await rowOf(dashboard, 'user-kim').getByText('Created').waitFor()
    await hint(server, kim, 'started')
    await rowOf(dashboard, 'user-kim').getByText('Started').waitFor()
    // Rows do not carry their address: whether these two belong is asked of the server.
    await begin(server, 'user-other', 'other@example.com')
    await begin(server, 'user-kim-again', 'kim@example.com')
    await rowOf(dashboard, 'user-kim-again').waitFor()
    assert.equal(await rowOf(dashboard, 'user-other').count(), 0)
    assert.deepEqual(
      [dashboard.url(), ...addresses].filter((each) => /kim/i.test(each)),
      [],
    )
    await dashboard.keyboard.press('Escape')
    await rowOf(dashboard, 'user-other').waitFor()
    assert.deepEqual(faults, [])
  })

  it('keeps a list in its order while rows move, and gives it back by its address and its name', async () => {
    const server = await startServer()
    const context = await newContext({ viewport: { width: 1440, height: 900 } })
    const dashboard = await openDashboard(context, server)
    const faults = watchForFaults(dashboard)
    const first = await begin(server, 'user-first')
    await begin(server, 'user-second')
    await dashboard.getByLabel('Newest first').selectOption({ label: 'Last changed first' })
    await rowOf(dashboard, 'user-second').waitFor()
    await hint(server, first, 'started')
    await rowOf(dashboard, 'user-first').getByText('Started').waitFor()
    const order = async () => {
      const box = async (user: string) => (await rowOf(dashboard, user).boundingBox())?.y ?? Number.NaN
      return (await box('user-first')) < (await box('user-second'))
    }
    assert.ok(await order(), 'what changed last stands first')
    await dashboard.getByLabel('Status', { exact: true }).selectOption('Started')
    await rowOf(dashboard, 'user-second').waitFor({ state: 'detached' })
    await dashboard.getByRole('button', { name: 'Views' }).click()
    await dashboard.getByLabel('Name of this view').fill('Begun last')
    await dashboard.getByRole('button', { name: 'Save' }).click()
    await dashboard.keyboard.press('Escape')
    const shared = new URL(dashboard.url()).search
    await dashboard.getByRole('button', { name: 'Clear filters' }).click()
    await rowOf(dashboard, 'user-second').waitFor()
    await dashboard.getByRole('button', { name: 'Views' }).click()
    await dashboard.getByRole('link', { name: 'Begun last' }).click()
    await rowOf(dashboard, 'user-second').waitFor({ state: 'detached' })
    assert.equal(new URL(dashboard.url()).search, shared)
    const colleague = await openTab(context, server, shared)
    await rowOf(colleague, 'user-first').waitFor()
    assert.deepEqual(faults, [])
  })

  it('keeps the list where it is when the first filter is set, however wide the screen is', async () => {
    const server = await startServer()
    await begin(server, 'user-first')
    const dashboard = await openDashboard(await newContext(), server)
    const top = async () => (await rowOf(dashboard, 'user-first').boundingBox())?.y
    for (const width of [360, 768, 1100, 1280, 1440, 1920]) {
      await dashboard.setViewportSize({ width, height: 900 })
      await rowOf(dashboard, 'user-first').waitFor()
      const before = await top()
      const fold = dashboard.getByRole('button', { name: /^Filters/ })
      const isFolded = await fold.isVisible()
      if (isFolded) await fold.click()
      await dashboard.getByLabel('Status', { exact: true }).selectOption('Created')
      if (isFolded) await fold.click()
      const clear = dashboard.getByRole('button', { name: 'Clear filters' })
      await clear.waitFor()
      assert.equal(await top(), before, `at ${width} px`)
      await clear.click()
      await clear.waitFor({ state: 'hidden' })
      assert.equal(await top(), before, `cleared, at ${width} px`)
    }
  })

  it('keeps the row that is opened under the pointer, and all as it was once it is closed', async () => {
    const server = await startServer()
    await begin(server, 'user-first')
    const dashboard = await openDashboard(await newContext(), server)
    const row = rowOf(dashboard, 'user-first')
    const top = async () => (await row.boundingBox())?.y
    for (const width of [1100, 1280, 1440, 1600]) {
      await dashboard.setViewportSize({ width, height: 900 })
      await row.waitFor()
      const before = await top()
      await row.click()
      await dashboard.locator('sv-panel[beside]').waitFor()
      assert.equal(await top(), before, `at ${width} px`)
      await dashboard.keyboard.press('Escape')
      await dashboard.locator('sv-panel').waitFor({ state: 'detached' })
      assert.equal(await top(), before, `closed, at ${width} px`)
    }
  })
})
