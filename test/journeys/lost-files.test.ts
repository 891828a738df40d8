import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../helpers/browser.ts'
import { awaitEvent, flowFrame, openSite, readEvents, verifyButton, walkFlow } from './steps.ts'

// Chromium before 156 asks no second time for a module that has failed, as long as the page lives; a network blinks, and a deploy takes a second.

const NEEDED = ['attempt-run', 'orchestration', 'moments', 'en', 'status-socket', 'receipt-keeper']

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

  it('is asked for again, each that a verification needs', async () => {
    const { page, element } = await open('user-id="alan-4" name="verification"')
    const asked = new Map<string, number>()
    await page.route('**/chunks/*.js*', (route) => {
      const file = /([a-z-]+)-[\w-]{8}\.js/.exec(route.request().url())?.[1] ?? ''
      const times = (asked.get(file) ?? 0) + 1
      asked.set(file, times)
      return NEEDED.includes(file) && times === 1 ? route.abort('connectionreset') : route.continue()
    })
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await element.getByText('Your identity is confirmed').waitFor()
    await page.waitForFunction(() => document.querySelector('seon-verify')?.value)
    for (const file of NEEDED) assert.ok((asked.get(file) ?? 0) > 1, file)
  })
})
