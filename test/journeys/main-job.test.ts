import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'
import {
  awaitEvent,
  endFlow,
  flowFrame,
  followEvents,
  openDashboard,
  readDetail,
  readEvents,
  readVerifications,
  rowOf,
  sitePage,
  verifyButton,
} from './steps.ts'

describe('the main job', () => {
  const newContext = useBrowser({ whole: true })

  for (const mode of ['fullscreen', 'inline', 'popup'] as const) {
    it(`${mode}: from the click to approved, seen on the page and on an open dashboard`, async () => {
      const server = await startSandboxServer()
      const site = await startSite({ '/': sitePage(server.url, `user-id="ada-1" mode="${mode}"`) })
      const context = await newContext()
      const dashboard = await openDashboard(context, server)
      const page = await context.newPage()
      await page.goto(site)
      await followEvents(page)

      const popup = mode === 'popup' ? page.waitForEvent('popup') : null
      await verifyButton(page).click()
      const flow = popup === null ? flowFrame(page) : await popup
      await rowOf(dashboard, 'ada-1').getByText('Created').waitFor()
      await flow.getByTestId('begin').click()
      await rowOf(dashboard, 'ada-1').getByText('Started').waitFor()
      await endFlow(flow, 'approved')
      await awaitEvent(page, 'closed')
      await page.locator('seon-verify').getByText('Your identity is confirmed').waitFor()
      await rowOf(dashboard, 'ada-1').getByText('Approved').waitFor()

      const [verification, ...others] = await readVerifications(server)
      assert.ok(verification)
      assert.equal(others.length, 0)
      const { timeline, provenance } = await readDetail(server, verification.id)
      const decisive = timeline.find((entry) => entry.event === 'orchestration/workflow_execution_finished')
      assert.equal(decisive?.kind, 'report', 'approved, and only because a webhook said so')
      assert.equal(provenance['status'], decisive?.deliveryId)
      const hints = timeline.filter((entry) => entry.kind === 'hint').map((entry) => entry.event)
      assert.deepEqual(hints, ['opened', 'started', 'completed', 'closed'])
      const names = (await readEvents(page)).map((event) => event.name)
      assert.deepEqual(
        names.filter((name) => name !== 'status'),
        ['opened', 'started', 'completed', 'closed'],
      )
    })
  }
})
