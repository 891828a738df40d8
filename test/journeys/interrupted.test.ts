import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../helpers/browser.ts'
import {
  awaitEvent,
  awaitStatus,
  endFlow,
  flowFrame,
  openDashboard,
  openSite,
  readEvents,
  readVerifications,
  rowOf,
  verifyButton,
  walkFlow,
} from './steps.ts'

describe('interrupted on the way', () => {
  const newContext = useBrowser()

  const open = (attributes = 'user-id="alan-3"') => openSite(newContext, attributes)

  it('the page is reloaded in mid-flow: it finds its verification again and shows what is decided', async () => {
    const { server, page, element } = await open()
    await verifyButton(page).click()
    await flowFrame(page).getByTestId('begin').click()
    await awaitStatus(server, 'alan-3', ['started'])
    await page.reload()
    const [verification] = await readVerifications(server)
    await server.control(`/runs/${verification?.vendorId}/end`, { end: 'approved' })
    await element.getByText('Your identity is confirmed').waitFor()
    await page.reload()
    await element.getByText('Your identity is confirmed').waitFor()
  })

  it('the browser is closed before the end: the webhook decides all the same', async () => {
    const { server, context, page } = await open()
    const watching = await newContext()
    const dashboard = await openDashboard(watching, server)
    await verifyButton(page).click()
    await flowFrame(page).getByTestId('begin').click()
    await rowOf(dashboard, 'alan-3').getByText('Started').waitFor()
    await context.close()
    const [verification] = await readVerifications(server)
    await server.control(`/runs/${verification?.vendorId}/end`, { end: 'approved' })
    await rowOf(dashboard, 'alan-3').getByText('Approved').waitFor()
    await watching.close()
  })

  it('the webhook comes before the browser says that it is through: the decision stays', async () => {
    const { server, page, element } = await open()
    await server.control('/settings', { webhookFirst: true, webhookDelayMs: 0 })
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await awaitEvent(page, 'closed')
    await element.getByText('Your identity is confirmed').waitFor()
    await awaitStatus(server, 'alan-3', ['approved'])
  })

  it('the pop-up is blocked: the visitor is told, and fullscreen works afterwards', async () => {
    const { page, element } = await open('user-id="alan-3" mode="popup"')
    await page.evaluate(() => Object.assign(window, { open: () => null }))
    await verifyButton(page).click()
    await awaitEvent(page, 'error')
    const error = (await readEvents(page)).find((event) => event.name === 'error')
    assert.deepEqual(error?.detail, { code: 'popup_blocked' })
    await element.getByText(/Allow pop-ups/).waitFor()
    await element.evaluate((node) => node.setAttribute('mode', 'fullscreen'))
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await element.getByText('Your identity is confirmed').waitFor()
  })

  it('the network is cut while the verification is asked for: told, and a second try works', async () => {
    const { server, page, element } = await open()
    await page.route('**/api/init-verification', (route) => route.abort('connectionreset'))
    await verifyButton(page).click()
    await awaitEvent(page, 'error')
    const error = (await readEvents(page)).find((event) => event.name === 'error')
    assert.deepEqual(error?.detail, { code: 'network' })
    assert.equal((await readVerifications(server)).length, 0)
    await page.unroute('**/api/init-verification')
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await element.getByText('Your identity is confirmed').waitFor()
  })

  it('the answer to the start is lost on its way: the second click goes on with the same verification', async () => {
    const { server, page, element } = await open()
    let lost = 0
    await page.route('**/api/init-verification', async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue()
      lost += 1
      await route.fetch()
      await route.abort('connectionreset')
    })
    await verifyButton(page).click()
    await awaitEvent(page, 'error')
    await verifyButton(page).click()
    await flowFrame(page).getByTestId('begin').click()
    await endFlow(flowFrame(page), 'approved')
    await element.getByText('Your identity is confirmed').waitFor()
    assert.equal((await readVerifications(server)).length, 1)
  })
})
