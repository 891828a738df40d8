import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { openDashboard, readVerifications, rowOf } from '../steps.ts'
import { watchForFaults } from './steps.ts'

describe('the sandbox in the dashboard', () => {
  const newContext = useBrowser()

  it('starts, decides, forges and puts the clock ahead, and the other views show what came of it', async () => {
    const server = await startSandboxServer()
    const context = await newContext({ viewport: { width: 1440, height: 1000 } })
    const page = await openDashboard(context, server)
    const faults = watchForFaults(page)
    await page.getByRole('link', { name: 'Sandbox' }).click()

    // By keyboard alone: Enter in the form sends it.
    await page.getByLabel('User id').fill('customer-7')
    await page.getByLabel('User id').press('Enter')
    await page.getByRole('status').getByText('200 · Taken').waitFor()
    const [started] = await readVerifications(server)
    assert.equal(started?.userId, 'customer-7')
    assert.equal(started?.status, 'approved')

    await page.getByLabel('Result').selectOption('DECLINED')
    await page.getByLabel('How it arrives').selectOption({ label: 'With a wrong signature' })
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('status').getByText('401 · Refused').waitFor()
    assert.equal((await readVerifications(server))[0]?.status, 'approved', 'a forged decline changes nothing')

    await page.getByLabel('How it arrives').selectOption({ label: 'A minute late, after what follows' })
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('status').getByText('Held back').waitFor()
    await page.getByRole('button', { name: '+ 1 min' }).click()
    await page.getByRole('cell', { name: '200 · Taken' }).nth(1).waitFor()
    await page.locator('sv-sandbox-clock').getByText('1 min ahead').waitFor()

    await page.getByRole('link', { name: 'Deliveries' }).click()
    await page.getByRole('link', { name: 'Wrong signature' }).waitFor()
    await page.getByRole('link', { name: 'Verifications' }).click()
    await rowOf(page, 'customer-7').getByText('Declined').waitFor()

    // From a verification back to the sandbox, about that one.
    await rowOf(page, 'customer-7').click()
    await page.getByRole('link', { name: 'Send an event about it' }).click()
    await page.getByLabel('About').locator('option:checked', { hasText: 'customer-7' }).waitFor({ state: 'attached' })
    assert.deepEqual(faults, [])
    await context.close()
  })
})
