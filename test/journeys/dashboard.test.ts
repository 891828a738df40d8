import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { useBrowser } from '../helpers/browser.ts'
import { startCuttableNetwork } from '../helpers/cuttable.ts'
import { listen, stop } from '../helpers/listen.ts'
import { startSandboxServer, type TestServer } from '../helpers/server.ts'
import { openDashboard, readVerifications, rowOf } from './steps.ts'

/** What an operator's browser must never say: it would be a rule of the page's own policy broken, or a fault in the page. */
function watchForFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const isNetwork = message.text().startsWith('Failed to load resource') || message.text().includes('WebSocket')
    if (message.type() === 'error' && !isNetwork) faults.push(message.text())
  })
  return faults
}

async function begin(server: TestServer, userId: string): Promise<{ statusToken: string }> {
  const response = await fetch(`${server.url}/api/init-verification`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, email: 'ada@example.com', phoneNumber: '+36205550199' }),
  })
  assert.equal(response.status, 200)
  const body: unknown = await response.json()
  assert.ok(typeof body === 'object' && body !== null && 'statusToken' in body && typeof body.statusToken === 'string')
  return { statusToken: body.statusToken }
}

async function hint(server: TestServer, { statusToken }: { statusToken: string }, event: string): Promise<void> {
  const response = await fetch(`${server.url}/api/progress`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${statusToken}` },
    body: JSON.stringify({ event }),
  })
  assert.equal(response.status, 204)
}

/** Rows and figures as a person reads them; times aside, as two pages are never drawn in the same moment. */
async function readScreen(page: Page): Promise<unknown> {
  const rows = await page
    .getByRole('row')
    .filter({ has: page.locator('sv-status') })
    .all()
  const figures = await page.locator('.figure').allInnerTexts()
  const shown = await Promise.all(
    rows.map(async (row) => [await row.locator('sv-status').innerText(), await row.locator('.user').innerText()]),
  )
  return { rows: shown.map((row) => row.join()).toSorted((a, b) => a.localeCompare(b)), figures }
}

const NO_LIMITS = { INIT_LIMITS: 'address=10000/m,user=10000/m' }

describe('the dashboard', () => {
  const newContext = useBrowser()

  it('says that it is cut off while it is, and shows what a fresh one shows once it is back', async () => {
    const network = await startCuttableNetwork()
    // Its own port must be known beforehand, as its address is the network's.
    const taken = createServer()
    const own = await listen(taken)
    await stop(taken)
    network.lead(own)
    const server = await startSandboxServer({ ...NO_LIMITS, PORT: new URL(own).port, PUBLIC_URL: network.url })
    after(() => network.close())
    // High enough for every row of it, as rows far from the screen are not in the page.
    const context = await newContext({ viewport: { width: 1280, height: 1600 } })
    const dashboard = await openDashboard(context, server)
    const faults = watchForFaults(dashboard)
    const early = await begin(server, 'user-early')
    await rowOf(dashboard, 'user-early').getByText('Created').waitFor()

    network.cut()
    const direct = { ...server, url: own }
    await dashboard.locator('.pill[data-kind=reconnecting]').waitFor()
    await hint(direct, early, 'started')
    for (let each = 0; each < 20; each++) await hint(direct, await begin(direct, `user-${each}`), 'started')
    assert.equal(await rowOf(dashboard, 'user-early').getByText('Created').count(), 1)
    network.mend()

    await dashboard.locator('.pill[data-kind=live]').waitFor({ timeout: 40_000 })
    await rowOf(dashboard, 'user-early').getByText('Started').waitFor()
    const fresh = await context.newPage()
    await fresh.goto(`${network.url}/dashboard`)
    await rowOf(fresh, 'user-early').waitFor()
    assert.deepEqual(await readScreen(dashboard), await readScreen(fresh))
    assert.deepEqual(faults, [])
  })

  it('shows the door to every tab of a session that was signed out, and nothing of what it showed', async () => {
    const server = await startSandboxServer()
    const context = await newContext()
    const one = await openDashboard(context, server)
    const other = await context.newPage()
    await other.goto(`${server.url}/dashboard`)
    await other.locator('.pill[data-kind=live]').waitFor()
    await begin(server, 'user-7')
    await rowOf(other, 'user-7').waitFor()
    await one.getByRole('button', { name: 'Settings and sign out' }).click()
    await one.getByRole('button', { name: 'Sign out', exact: true }).click()
    await one.getByLabel('Admin token').waitFor()
    await other.getByText('Your session has ended').waitFor()
    assert.equal(await other.getByText('user-7').count(), 0)
  })

  it('is walked by keyboard alone: search, rows, detail, deliveries, and back', async () => {
    const server = await startSandboxServer()
    const context = await newContext({ viewport: { width: 1440, height: 900 } })
    const dashboard = await openDashboard(context, server)
    const faults = watchForFaults(dashboard)
    await begin(server, 'user-1')
    await hint(server, await begin(server, 'user-2'), 'started')
    await rowOf(dashboard, 'user-2').getByText('Started').waitFor()

    await dashboard.keyboard.press('/')
    await dashboard.keyboard.type('user-1')
    await dashboard.keyboard.press('Enter')
    await rowOf(dashboard, 'user-2').waitFor({ state: 'detached' })
    assert.ok(!dashboard.url().includes('user-1'), 'a searched name never stands in the address')
    await dashboard.keyboard.press('Escape')
    await rowOf(dashboard, 'user-2').waitFor()
    await dashboard.keyboard.press('Escape')

    await dashboard.keyboard.press('j')
    await dashboard.keyboard.press('Enter')
    await dashboard.getByText('Visitor began').waitFor()
    await dashboard.keyboard.press('j')
    await dashboard.getByText('Visitor began').waitFor({ state: 'detached' })
    await dashboard.locator('sv-verification-facts').getByText('user-1').waitFor()
    await dashboard.reload()
    await dashboard.locator('sv-verification-facts').getByText('user-1').waitFor()
    await dashboard.keyboard.press('Escape')
    await dashboard.locator('sv-verification-panel').waitFor({ state: 'detached' })

    await dashboard.keyboard.press('?')
    await dashboard.getByRole('heading', { name: 'Keyboard shortcuts' }).waitFor()
    await dashboard.keyboard.press('Escape')
    await dashboard.getByRole('link', { name: 'Deliveries' }).press('Enter')
    await dashboard.getByText('No deliveries yet').waitFor()
    await dashboard.goBack()
    await rowOf(dashboard, 'user-2').waitFor()
    assert.deepEqual(faults, [])
  })

  it('processes a delivery again, after it has said what would change', async () => {
    const server = await startSandboxServer()
    const context = await newContext({ viewport: { width: 1440, height: 900 } })
    const dashboard = await openDashboard(context, server)
    const faults = watchForFaults(dashboard)
    await begin(server, 'user-8')
    const [verification] = await readVerifications(server)
    await server.control(`/runs/${verification?.vendorId}/end`, { end: 'approved' })
    await rowOf(dashboard, 'user-8').getByText('Approved').waitFor()
    await rowOf(dashboard, 'user-8').click()
    await dashboard.locator('sv-timeline').getByRole('link', { name: 'Delivery' }).last().click()
    const panel = dashboard.locator('sv-delivery-panel')
    await panel.getByRole('button', { name: 'Show what would change' }).click()
    await panel.getByText('1 delivery would change 0 verifications.').waitFor()
    await panel.getByRole('button', { name: 'Process again' }).click()
    await panel.getByText('1 delivery processed again; 0 verifications changed.').waitFor()
    await panel.getByRole('link', { name: verification?.id ?? 'none' }).click()
    await dashboard.locator('sv-verification-facts').getByText('user-8').waitFor()
    assert.deepEqual(faults, [])
  })

  it('lists a delivery that was refused, with why', async () => {
    const server = await startSandboxServer()
    const context = await newContext({ viewport: { width: 360, height: 740 } })
    const dashboard = await openDashboard(context, server)
    const answer = await fetch(`${server.url}/webhooks/seon`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'seon-signature': 'a'.repeat(64) },
      body: JSON.stringify({
        event: 'orchestration/workflow_execution_finished',
        data: { user_full_name: '<b>Ada</b>' },
      }),
    })
    assert.equal(answer.status, 401)
    await dashboard.getByRole('link', { name: 'Deliveries' }).click()
    const row = dashboard.getByRole('row').filter({ hasText: 'Quarantined' })
    await row.click()
    const panel = dashboard.locator('sv-delivery-panel')
    await panel.getByText('fits none of the secrets').waitFor()
    assert.equal(await panel.getByText('<b>Ada</b>').count(), 0, 'a body is not shown before it is asked for')
    await panel.getByRole('button', { name: 'Show the raw body' }).click()
    await panel.getByText('<b>Ada</b>').waitFor()
    await dashboard.keyboard.press('Escape')
    await panel.waitFor({ state: 'detached' })
  })
})
