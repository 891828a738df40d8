import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messages } from '../../../client/dashboard/messages.ts'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { openDashboard, rowOf } from '../steps.ts'
import { begin } from './steps.ts'

/** Chromium before it fetches no module again that has failed once: there the page has to be loaded again, as it says. */
const FETCHES_AGAIN = 156

describe('a file of the dashboard that does not get through', () => {
  const newContext = useBrowser()

  it('is said in its place, and asked for again until it is there, without a reload where the browser fetches it again', async () => {
    const server = await startSandboxServer()
    await begin(server, 'customer-3')
    await begin(server, 'customer-4')
    const context = await newContext({ viewport: { width: 1440, height: 900 } })
    const mustReload = Number.parseInt(context.browser()?.version() ?? '', 10) < FETCHES_AGAIN
    let isAway = true
    await context.route(/\/assets\/elements-[\w-]+\.js/, (route) =>
      isAway ? route.abort('connectionreset') : route.continue(),
    )
    const page = await openDashboard(context, server)
    await page.evaluate(() => Object.assign(window, { isSame: true }))
    const comeBack = async () => {
      isAway = false
      if (mustReload) await page.getByRole('button', { name: messages.app.reload }).click()
    }

    await rowOf(page, 'customer-3').getByRole('link').click()
    const gone = page.getByText(messages.app.viewFailed)
    await gone.waitFor()
    await comeBack()
    await page.locator('sv-verification-facts').getByText('customer-3').first().waitFor()
    await rowOf(page, 'customer-4').getByRole('link').click()
    await page.locator('sv-verification-facts').getByText('customer-4').first().waitFor()

    isAway = true
    await page.getByRole('link', { name: 'Overview' }).click()
    await gone.waitFor()
    await comeBack()
    await page.locator('sv-overview .figure').first().waitFor()
    await page.locator('sv-overview canvas').first().waitFor()
    assert.equal(await gone.count(), 0)
    assert.equal(await page.evaluate(() => 'isSame' in window), !mustReload)
  })
})
