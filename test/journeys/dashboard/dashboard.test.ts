import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { openDashboard, readVerifications, rowOf } from '../steps.ts'
import { begin, hint, watchForFaults } from './steps.ts'

describe('the dashboard', () => {
  const newContext = useBrowser()

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

  it('gives the list back as it was left: what was searched for, and how far it was scrolled', async () => {
    const server = await startSandboxServer({ INIT_LIMITS: 'address=10000/m,user=10000/m' })
    const dashboard = await openDashboard(await newContext({ viewport: { width: 1440, height: 900 } }), server)
    for (let each = 0; each < 60; each++) await begin(server, `user-${each}`)
    await rowOf(dashboard, 'user-59').waitFor()

    await dashboard.evaluate(() => scrollTo({ top: 1200 }))
    await rowOf(dashboard, 'user-20').click()
    await dashboard.getByRole('link', { name: 'All about this user' }).click()
    await dashboard.getByText('Last heard of').waitFor()
    await dashboard.goBack()
    await dashboard.waitForFunction(() => scrollY === 1200)
    await rowOf(dashboard, 'user-20').waitFor()
    await dashboard.keyboard.press('Escape')

    await dashboard.keyboard.press('/')
    await dashboard.keyboard.type('user-7')
    await dashboard.getByText('1 verification, that is all').waitFor()
    await dashboard.keyboard.press('ArrowDown')
    await dashboard.keyboard.press('Enter')
    await dashboard.getByRole('link', { name: 'All about this user' }).click()
    await dashboard.getByText('Last heard of').waitFor()
    await dashboard.goBack()
    await dashboard.getByText('1 verification, that is all').waitFor()
    assert.equal(await dashboard.getByRole('searchbox').inputValue(), 'user-7')
    await rowOf(dashboard, 'user-7').waitFor()
  })

  it('copies whole ids, by pointer and by key, says so, and opens nothing', async () => {
    const server = await startSandboxServer()
    const context = await newContext({ viewport: { width: 1440, height: 900 } })
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const dashboard = await openDashboard(context, server)
    for (const user of ['user-1', 'user-2']) {
      await begin(server, user)
      await rowOf(dashboard, user).waitFor()
    }
    const idOf = async (user: string) =>
      (await readVerifications(server)).find(({ userId }) => userId === user)?.vendorId
    const read = () => dashboard.evaluate(() => navigator.clipboard.readText())
    const id = rowOf(dashboard, 'user-1').locator('.id-button')

    await id.hover()
    await dashboard.locator('sv-tooltip', { hasText: `${await idOf('user-1')}` }).waitFor()
    await id.click()
    await rowOf(dashboard, 'user-1').locator('.id-button.said').waitFor()
    assert.equal(await read(), await idOf('user-1'))
    await dashboard.keyboard.press('j')
    await dashboard.keyboard.press('c')
    await rowOf(dashboard, 'user-2').locator('.id-button.said').waitFor()
    assert.equal(await read(), await idOf('user-2'))
    await dashboard.locator('sv-announcer').getByText('Copied').waitFor({ state: 'attached' })
    assert.ok(!dashboard.url().includes('open='))
  })

  it('says beside the list, or over it, that a detail could not be fetched, and lets one go back', async () => {
    const server = await startSandboxServer()
    for (const width of [1440, 390]) {
      const context = await newContext({ viewport: { width, height: 800 } })
      // What the list needs comes with the page; the detail's files are asked for after it.
      await context.route(/\/assets\/(?!index|personal|feed|verification|rolldown)[^/]+\.js$/, (route) => route.abort())
      const dashboard = await openDashboard(context, server)
      await begin(server, `user-${width}`)
      await rowOf(dashboard, `user-${width}`).click()
      await dashboard.getByRole('alert').getByText('This page could not be loaded').waitFor()
      const box = await dashboard.getByRole('alert').boundingBox()
      assert.ok(box && box.y < 800, `in sight at ${width} px`)
      await dashboard.keyboard.press('Escape')
      await dashboard.getByRole('alert').waitFor({ state: 'detached' })
      assert.ok(!dashboard.url().includes('open='))
    }
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
