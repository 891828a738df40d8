import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { awaitStatus, openDashboard, readVerifications, rowOf } from '../steps.ts'
import { begin, watchForFaults } from './steps.ts'

/** An invented visitor whose id names a person. */
const VISITOR = 'noor.visitor@example.net'
const MASKED = 'n•••@e•••'

describe('the page of a user', () => {
  const newContext = useBrowser()

  it('shows the user’s verifications, transactions, list entries and AML alerts, and whose they are to an admin who asks', async () => {
    const server = await startSandboxServer()
    await server.control('/settings', { webhookDelayMs: 0 })
    await begin(server, 'somebody-else')
    await begin(server, VISITOR)
    const [first] = await readVerifications(server)
    await server.control(`/runs/${first?.vendorId}/end`, { end: 'declined' })
    await awaitStatus(server, VISITOR, ['declined'])
    await begin(server, VISITOR)
    const tell = (event: string, status: string, more: object = {}) =>
      server.control('/trigger', { event, status, userId: VISITOR, ...more })
    await tell('transaction/processed', 'REVIEW')
    await tell('transaction:status_update', 'DECLINE')
    // The second entry of the batch is about another user.
    await tell('lists:blacklist-whitelist', 'blacklist', { count: 2 })
    await tell('aml:person_updates', 'REOPENED')

    const context = await newContext({ viewport: { width: 1440, height: 1000 } })
    const page = await openDashboard(context, server)
    const faults = watchForFaults(page)
    await rowOf(page, MASKED).filter({ hasText: 'Created' }).click()
    await page.getByRole('link', { name: 'All about this user' }).click()
    await page.getByRole('heading', { level: 1, name: 'User' }).waitFor()

    const user = page.locator('sv-user')
    const entries = user.locator('.entry')
    const kind = (name: string) => user.getByRole('button', { name: new RegExp(`^${name} *\\d+$`) })
    await entries.filter({ hasText: 'AML alert' }).filter({ hasText: 'REOPENED: pep, sanctionlist' }).waitFor()
    await entries.filter({ hasText: 'List entry' }).filter({ hasText: 'user_id: blacklist' }).waitFor()
    await entries
      .filter({ hasText: 'transaction/processed' })
      .filter({ hasText: 'Step of a verification' })
      .first()
      .waitFor()
    await entries.filter({ hasText: 'transaction:status_update' }).filter({ hasText: 'DECLINE' }).waitFor()
    const awaitNo = (other: string) => entries.filter({ hasText: other }).first().waitFor({ state: 'detached' })
    await kind('Verifications').click()
    await awaitNo('AML alert')
    assert.deepEqual(await entries.locator('sv-status .badge').allInnerTexts(), ['Created', 'Declined'])
    await kind('AML').click()
    await awaitNo('SEON verification')
    assert.equal(await entries.count(), 1)

    // What happens meanwhile comes by itself.
    await kind('Lists').click()
    await awaitNo('AML alert')
    assert.equal(await entries.count(), 1)
    await tell('lists:customlist', 'vip_list')
    await entries.filter({ hasText: 'user_id: vip_list' }).waitFor()

    await user.getByText(MASKED).waitFor()
    assert.equal(await page.getByText(VISITOR).count(), 0)
    await user.getByRole('button', { name: 'Show' }).click()
    await user.getByText(VISITOR).waitFor()
    await user.getByRole('button', { name: 'Hide' }).click()
    await user.getByText(MASKED).waitFor()
    assert.match(JSON.stringify(await server.ask('/api/audit?action=user_revealed')), /"operator":"administrator"/)

    await page.getByRole('link', { name: 'Back to the verification' }).click()
    await page.locator('sv-verification-facts').getByText(MASKED).waitFor()
    assert.deepEqual(faults, [])
    await context.close()
  })
})
