import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../helpers/browser.ts'
import { awaitEvent, flowFrame, openSite, readEvents, verifyButton, walkFlow } from './steps.ts'

// Chromium asks no second time for a module that has failed, as long as the page lives; a network blinks, and a deploy takes a second.

describe('a file of the element that does not get through', () => {
  const newContext = useBrowser()

  const open = (attributes: string) => openSite(newContext, attributes)

  it('spoils one click, not the page: the visitor is told once the network is back, and begins anew', async () => {
    const { context, page, element } = await open('user-id="alan-4"')
    await verifyButton(page).waitFor()
    await context.setOffline(true)
    await verifyButton(page).click()
    await awaitEvent(page, 'error')
    const error = (await readEvents(page)).find((event) => event.name === 'error')
    assert.deepEqual(error?.detail, { code: 'network' })
    await context.setOffline(false)
    await element.getByText('We could not get through').waitFor()
    await page.getByRole('button', { name: 'Start again' }).click()
    await walkFlow(flowFrame(page), 'approved')
    await element.getByText('Your identity is confirmed').waitFor()
  })

  for (const file of ['attempt-run', 'orchestration', 'moments', 'en', 'status-socket', 'receipt-keeper']) {
    it(`is asked for again: ${file}`, async () => {
      const { page, element } = await open('user-id="alan-4" name="verification"')
      let asked = 0
      await page.route(`**/chunks/${file}-*.js*`, (route) =>
        asked++ === 0 ? route.abort('connectionreset') : route.continue(),
      )
      await verifyButton(page).click()
      await walkFlow(flowFrame(page), 'approved')
      await element.getByText('Your identity is confirmed').waitFor()
      await page.waitForFunction(() => document.querySelector('seon-verify')?.value)
      assert.ok(asked > 1)
    })
  }
})
