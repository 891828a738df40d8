import assert from 'node:assert/strict'
import { after, afterEach, before, beforeEach, describe, it } from 'node:test'
import { type Browser, type BrowserContext, chromium, type FrameLocator, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, ensureHeadlessShell } from '../../helpers/chromium.ts'
import { type Receiver, type RunningSandbox, startReceiver, startSandbox, WORKFLOW } from './helpers/start-sandbox.ts'
import { type Site, startSite } from './helpers/start-site.ts'

declare global {
  interface Window {
    said: string[]
    config: Record<string, unknown>
    ready: boolean
  }
}

async function walk(view: Page | FrameLocator) {
  await view.getByTestId('begin').click()
  for (const screen of ['document', 'selfie', 'liveness'])
    await view.locator(`[data-for=${screen}]`).getByTestId('continue').click()
  await view.locator('[data-screen=ends]').waitFor()
}

describe('hosted page under the real SDK', () => {
  let receiver: Receiver
  let running: RunningSandbox
  let site: Site
  let browser: Browser
  let context: BrowserContext
  let page: Page
  let requested: string[]

  before(async () => {
    receiver = await startReceiver()
    running = await startSandbox({ webhookBase: receiver.url })
    site = await startSite()
    browser = await chromium.launch({
      executablePath: await ensureHeadlessShell(console.error),
      chromiumSandbox: false,
      args: CHROMIUM_ARGS,
    })
  })
  after(async () => {
    await browser.close()
    await site.close()
    await running.close()
    await receiver.close()
  })

  beforeEach(async () => {
    receiver.received.length = 0
    await running.control('/settings', { deviceHash: false, webhookDelayMs: 0, webhookFirst: false })
    context = await browser.newContext()
    requested = []
    context.on('request', (request) => requested.push(request.url()))
    page = await context.newPage()
  })

  afterEach(() => context.close())

  async function start(config: Record<string, unknown> = {}) {
    const data = await running.startRun()
    await page.goto(site.url)
    await page.waitForFunction(() => window.ready)
    const full = { token: data.token, seon_test_iframe_url_override: running.url, ...config }
    await page.evaluate((value) => (window.config = value), full)
    await page.click('#go')
    return data
  }

  const frame = (): FrameLocator => page.frameLocator('[data-testid=seon-idv-iframe]')
  const said = () => page.evaluate(() => window.said)
  const hears = (word: string) => page.waitForFunction((one) => window.said.includes(one), word)

  it('goes through every step and the webhook says approved; nothing leaves this machine', async () => {
    const { executionId } = await start()
    await walk(frame())
    await frame().getByTestId('end-approved').click()
    await hears('closed')
    assert.deepEqual(await said(), ['opened', 'started', 'completed:success', 'closed'])
    await receiver.waitFor(5)
    assert.deepEqual(receiver.received.map(({ body }) => body.event).toSorted(), [
      'idv/session_finished',
      'idv/session_finished',
      'orchestration/workflow_execution_finished',
      'transaction/processed',
      'transaction/processed',
    ])
    const finished = receiver.received.find(({ body }) => body.event.endsWith('execution_finished'))
    assert.deepEqual(finished?.body.data, { id: executionId, workflow: WORKFLOW, status: 'APPROVED' })

    const foreign = requested.filter((url) => !url.startsWith('data:') && new URL(url).hostname !== '127.0.0.1')
    assert.deepEqual(foreign, [])
    assert.ok(requested.some((url) => url.endsWith('/flow/client-init')))
  })

  for (const [end, event, status] of [
    ['review', 'completed:pending', 'REVIEW'],
    ['declined', 'completed:failed', 'DECLINED'],
    ['abandoned', 'cancelled', 'ABANDONED'],
  ] as const) {
    it(`tells ${event} and sends ${status} when the person ends it ${end}`, async () => {
      await start()
      await frame().locator('[data-for=welcome]').getByTestId('skip').click()
      await frame().getByTestId(`end-${end}`).click()
      await hears('closed')
      assert.deepEqual(await said(), ['opened', 'started', event, 'closed'])
      await receiver.waitFor(end === 'abandoned' ? 2 : 5)
      const finished = receiver.received.find(({ body }) => body.event.endsWith('execution_finished'))
      assert.equal(finished?.body.data['status'], status)
    })
  }

  it('is cancelled by its button, by its corner and by Escape, and then sends nothing', async () => {
    await start()
    await frame().locator('[data-for=welcome]').getByTestId('skip').click()
    await frame().getByTestId('end-cancelled').click()
    await hears('closed')
    await start({ renderingMode: 'inline', containerId: 'box' })
    await frame().getByTestId('close').click()
    await hears('closed')
    const { executionId } = await start()
    await frame().getByTestId('begin').focus()
    await page.keyboard.press('Escape')
    await hears('closed')
    assert.deepEqual(await said(), ['opened', 'cancelled', 'closed'])
    assert.equal(running.sandbox.runs.findByExecution(executionId)?.status, 'CANCELLED')
    assert.deepEqual(receiver.received, [])
  })

  it('can be walked through with the keyboard alone', async () => {
    await start()
    await frame().getByTestId('begin').focus()
    await page.keyboard.press('Enter')
    for (const screen of ['document', 'selfie', 'liveness']) {
      await frame().locator(`[data-screen=${screen}] [data-for=${screen}] h1:focus`).waitFor()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
    }
    await frame().locator('[data-for=ends] h1:focus').waitFor()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await hears('completed:success')
  })

  it('tells each error code, stays open and can be tried again', async () => {
    await start()
    const codes = [1, 2, 3, 4, 5, 6].map((n) => `error_code_${n}`)
    for (const code of [...codes, 'unknown']) {
      await frame().locator('[data-for=welcome]').getByTestId('skip').click()
      await frame().getByTestId(`error-${code}`).click()
      await hears(`error:${code}`)
      await frame().getByTestId('retry').click()
    }
    assert.ok(!(await said()).includes('closed'))
  })

  it('runs in a popup, which the SDK closes', async () => {
    const opened = context.waitForEvent('page')
    await start({ renderingMode: 'popup' })
    const popup = await opened
    await walk(popup)
    const closed = popup.waitForEvent('close')
    await popup.getByTestId('end-approved').click()
    await closed
    await hears('completed:success')
  })

  it('decides even if the tab is closed right after the click', async () => {
    await running.control('/settings', { webhookDelayMs: 200 })
    await start()
    await frame().locator('[data-for=welcome]').getByTestId('skip').click()
    await frame().getByTestId('end-declined').click()
    await page.close()
    await receiver.waitFor(5)
  })

  it('sends the webhooks before completed when told so', async () => {
    await running.control('/settings', { webhookFirst: true })
    await start()
    await frame().locator('[data-for=welcome]').getByTestId('skip').click()
    await frame().getByTestId('end-approved').click()
    await hears('completed:success')
    assert.equal(receiver.received.length, 5)
  })

  it('asks the SDK for a device hash only when that is switched on', async () => {
    await running.control('/settings', { deviceHash: true })
    // The SDK's agent calls out for its hash: those calls end here.
    await context.route(
      (url) => url.hostname !== '127.0.0.1',
      (route) => route.abort(),
    )
    const { executionId } = await start()
    await frame().getByTestId('begin').click()
    await frame().locator('[data-screen=document]').waitFor({ timeout: 20_000 })
    assert.equal(running.sandbox.runs.findByExecution(executionId)?.deviceHash, true)
    assert.ok(requested.some((url) => url.endsWith('/flow/device-hash')))
  })

  it('opens no run twice', async () => {
    const { token } = await start()
    await frame().locator('[data-for=welcome]').getByTestId('skip').click()
    await frame().getByTestId('end-approved').click()
    await hears('closed')
    await page.evaluate((value) => (window.config = { ...window.config, token: value }), token)
    await page.click('#go')
    await hears('threw:Failed to initialize client: 401 Unauthorized')
  })

  it('lets a frame whose run has ended meanwhile be closed', async () => {
    const { executionId } = await start()
    await frame().getByTestId('begin').waitFor()
    await running.control(`/runs/${executionId}/end`, { end: 'declined' })
    await frame().getByTestId('begin').click()
    await frame().locator('[data-screen=used]').waitFor()
    await frame().getByTestId('close').click()
    await hears('closed')
    assert.deepEqual(await said(), ['opened', 'error:error_code_3', 'cancelled', 'closed'])
  })

  it("works with SEON's own hosts and no override, where a test routes them here", async () => {
    const { token } = await running.startRun()
    for (const host of ['idv-transfer.seon.io', 'orchestration-eu.seon.io'])
      await context.route(`https://${host}/**`, async (route) => {
        const { pathname } = new URL(route.request().url())
        await route.fulfill({
          response: await route.fetch({ url: running.url + pathname, headers: { ...route.request().headers(), host } }),
        })
      })
    await page.goto(site.url)
    await page.waitForFunction(() => window.ready)
    await page.evaluate((value) => (window.config = { token: value }), token)
    await page.click('#go')
    await walk(frame())
    await frame().getByTestId('end-approved').click()
    await hears('completed:success')
  })

  it('takes language, direction and theme from the start call', async () => {
    const theme = { dark: { baseAccent: 'rgb(1, 2, 3)', baseOnAccent: 'url(https://example.com)' } }
    await start({ language: 'ae', theme })
    const html = frame().locator('html')
    assert.equal(await html.getAttribute('dir'), 'rtl')
    assert.equal(await html.getAttribute('data-scheme'), 'dark')
    const begin = frame().getByTestId('begin')
    assert.equal(await begin.evaluate((button) => getComputedStyle(button).backgroundColor), 'rgb(1, 2, 3)')
    assert.ok(!requested.some((url) => url.includes('example.com')))
  })
})
