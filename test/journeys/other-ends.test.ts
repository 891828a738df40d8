import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../helpers/browser.ts'
import {
  awaitEvent,
  awaitStatus,
  flowFrame,
  openDashboard,
  openSite,
  readDetail,
  readEvents,
  readVerifications,
  rowOf,
  verifyButton,
  walkFlow,
} from './steps.ts'

describe('other ends than approved', () => {
  const newContext = useBrowser()

  const open = (attributes = 'user-id="grace-2"') => openSite(newContext, attributes)

  it('review, then a person at the vendor overrules to declined: page and dashboard follow', async () => {
    const { server, context, page, element } = await open()
    const dashboard = await openDashboard(context, server)
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'review')
    await element.getByText('We are taking a second look').waitFor()
    await rowOf(dashboard, 'grace-2').getByText('Review').waitFor()

    const [verification] = await readVerifications(server)
    await server.control(`/runs/${verification?.vendorId}/status`, { status: 'DECLINED' })
    await element.getByText('We could not confirm your identity').waitFor()
    await rowOf(dashboard, 'grace-2').getByText('Declined').waitFor()

    await server.control(`/runs/${verification?.vendorId}/status`, { status: 'APPROVED' })
    await element.getByText('Your identity is confirmed').waitFor()
    await rowOf(dashboard, 'grace-2').getByText('Approved').waitFor()
  })

  it('declined', async () => {
    const { server, page, element } = await open()
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'declined')
    await element.getByText('We could not confirm your identity').waitFor()
    assert.equal((await readVerifications(server))[0]?.status, 'declined')
    const outcome = (await readEvents(page)).find((event) => event.name === 'completed')
    assert.deepEqual(outcome?.detail, { status: 'failed' })
  })

  it('cancelled, then started again: a verification of its own, which is approved', async () => {
    const { server, page, element } = await open()
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'cancelled')
    await awaitEvent(page, 'closed')
    await awaitStatus(server, 'grace-2', ['cancelled'])
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await element.getByText('Your identity is confirmed').waitFor()
    await awaitStatus(server, 'grace-2', ['approved', 'cancelled'])
  })

  it('an error of the SDK: a timeline entry that moves nothing, and the visitor can try again', async () => {
    const { server, page } = await open()
    await verifyButton(page).click()
    const flow = flowFrame(page)
    await flow.getByTestId('begin').click()
    for (let step = 0; step < 3; step++) await flow.getByTestId('continue').locator('visible=true').click()
    await flow.getByTestId('error-error_code_3').click()
    await awaitEvent(page, 'error')
    const error = (await readEvents(page)).find((event) => event.name === 'error')
    assert.deepEqual(error?.detail, { code: 'sdk_error_code_3' })
    const [verification] = await readVerifications(server)
    const detail = await readDetail(server, verification?.id ?? '')
    assert.equal(detail.status, 'started')
    assert.ok(detail.timeline.some((entry) => entry.kind === 'hint' && entry.event === 'error'))
  })
})
