import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { messages } from '../../../client/dashboard/messages.ts'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { openDashboard, rowOf } from '../steps.ts'
import { begin } from './steps.ts'

describe('a file of the dashboard that does not get through', () => {
  const newContext = useBrowser()

  it('is said in its place, and asked for again until it is there, without a reload', async () => {
    const server = await startSandboxServer()
    await begin(server, 'customer-3')
    const context = await newContext({ viewport: { width: 1440, height: 900 } })
    const asked = new Map<string, number>()
    let isAway = true
    await context.route(/\/assets\/(?:elements|feed-socket)-[\w-]+\.js/, (route) => {
      const [, file = ''] = /assets\/(elements|feed-socket)/.exec(route.request().url()) ?? []
      const times = (asked.get(file) ?? 0) + 1
      asked.set(file, times)
      const isLost = file === 'elements' ? isAway : times === 1
      return isLost ? route.abort('connectionreset') : route.continue()
    })
    const page = await openDashboard(context, server)
    assert.equal(asked.get('feed-socket'), 2)
    await page.evaluate(() => Object.assign(window, { isSame: true }))

    await rowOf(page, 'customer-3').click()
    const gone = page.getByText(messages.app.viewFailed)
    await gone.waitFor()
    isAway = false
    await page.locator('sv-verification-facts').waitFor()

    isAway = true
    await page.getByRole('link', { name: 'Overview' }).click()
    await gone.waitFor()
    isAway = false
    await page.locator('sv-overview .figure').first().waitFor()
    assert.equal(await gone.count(), 0)
    assert.equal(await page.evaluate(() => 'isSame' in window), true)
  })
})
