import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import puppeteer, { type Browser, type Page } from 'puppeteer-core'
import { CHROMIUM_ARGS, ensureChromium } from '../../helpers/chromium.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { startSite } from '../../helpers/site.ts'
import { awaitStatus, readVerifications, sitePage } from '../steps.ts'

// The browser's back/forward cache, which keeps a page as it is and thaws it: playwright-core cannot follow that.

/** What both test libraries switch off. */
const OWN_ARGS = ['--disable-back-forward-cache']
const LIMIT_MS = 10_000

const server = await startSandboxServer()
await server.control('/settings', { webhookDelayMs: 0 })
const site = await startSite({
  '/ada-1': sitePage(server.url, 'user-id="ada-1"'),
  '/ada-2': sitePage(server.url, 'user-id="ada-2"'),
  '/ada-3': sitePage(server.url, 'user-id="ada-3" mode="inline"'),
  '/elsewhere': '<!doctype html><title>Elsewhere</title><h1>Elsewhere</h1>',
})

/** Leaves the page and comes back to it as it was, or fails. */
async function leaveAndReturn(page: Page): Promise<void> {
  await page.evaluate(() => {
    addEventListener('pageshow', ({ persisted }) => Object.assign(window, { wasThawed: persisted }), { once: true })
  })
  await page.goto(`${site}/elsewhere`)
  await page.goBack()
  await page.waitForFunction(() => 'wasThawed' in window)
  assert.equal(await page.evaluate(() => Reflect.get(window, 'wasThawed')), true, 'the browser kept the page')
}

const press = (page: Page) => page.locator('>>> button.primary').click()

/** SEON's page, once its first step can be taken. */
async function findFlow(page: Page) {
  const handle = await page.waitForSelector('iframe[data-testid=seon-idv-iframe]')
  const flow = await handle?.contentFrame()
  assert.ok(flow)
  return flow
}

const awaitWords = (page: Page, words: string) => page.locator(`>>> ::-p-text(${words})`).wait()

describe('a page that comes out of the back/forward cache', () => {
  let browser: Browser
  before(async () => {
    browser = await puppeteer.launch({
      executablePath: await ensureChromium(console.error),
      args: CHROMIUM_ARGS,
      ignoreDefaultArgs: OWN_ARGS,
    })
  })
  after(() => browser.close())

  async function open(userId: string): Promise<Page> {
    const page = await browser.newPage()
    page.setDefaultTimeout(LIMIT_MS)
    await page.goto(`${site}/${userId}`)
    await page.locator('>>> button.primary').wait()
    return page
  }

  it('offers to start as before', async () => {
    const page = await open('ada-1')
    await leaveAndReturn(page)
    await press(page)
    const flow = await findFlow(page)
    await flow.locator('[data-testid=skip]').click()
    await flow.locator('[data-testid=end-approved]').click()
    await awaitWords(page, 'Your identity is confirmed')
    await page.close()
  })

  for (const userId of ['ada-2', 'ada-3']) {
    it(`goes on in the middle of the verification (${userId === 'ada-3' ? 'inline' : 'full screen'})`, async () => {
      const page = await open(userId)
      await press(page)
      await (await findFlow(page)).locator('[data-testid=skip]').click()
      await awaitStatus(server, userId, ['started'])
      await leaveAndReturn(page)
      const found = (await readVerifications(server)).find((each) => each.userId === userId)
      await server.control(`/runs/${found?.vendorId}/end`, { end: 'approved' })
      // What the server says comes through a connection that the browser has cut in between.
      await page.waitForFunction(() => document.querySelector('seon-verify')?.status === 'approved')
      await page.evaluate(() => document.querySelector('seon-verify')?.close())
      await awaitWords(page, 'Your identity is confirmed')
      await page.close()
    })
  }
})
