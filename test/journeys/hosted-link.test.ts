import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'
import {
  awaitStatus,
  endFlow,
  flowFrame,
  openDashboard,
  readVerifications,
  rowOf,
  sitePage,
  verifyButton,
  walkFlow,
} from './steps.ts'

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true }
const Link = z.object({ url: z.url(), statusToken: z.string(), expiresAt: z.iso.datetime() })

/** The site's page asks for a link and follows what becomes of it, as the element does with every status token. */
async function makeLink(page: Page, server: string, userId: string): Promise<z.infer<typeof Link>> {
  const link = Link.parse(
    await page.evaluate(
      async ([address, user]) => {
        const response = await fetch(`${address}/api/links`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ userId: user, email: 'ada@example.com' }),
        })
        return response.json()
      },
      [server, userId] as const,
    ),
  )
  await page.evaluate(([key, token]) => sessionStorage.setItem(key, token), [
    `seon-verify ${server} ${userId}`,
    link.statusToken,
  ] as const)
  await page.reload()
  return link
}

const textOf = (page: Page) => page.locator('#text')

describe('a hosted link', () => {
  const newContext = useBrowser()

  it('lets the visitor go on on the phone, while the first page follows', async () => {
    const server = await startSandboxServer()
    const site = await startSite({ '/': sitePage(server.url, 'user-id="ada-1"') })
    const laptop = await newContext()
    const first = await laptop.newPage()
    await first.goto(site)
    const { url } = await makeLink(first, server.url, 'ada-1')
    assert.ok(!/ada|example/.test(url), 'nothing personal in the address')

    const phone = await newContext(PHONE)
    // As on phones of 2021.
    await phone.addInitScript(() => {
      Reflect.deleteProperty(Array.prototype, 'at')
      Reflect.deleteProperty(Object, 'hasOwn')
    })
    const second = await phone.newPage()
    const requests: string[] = []
    second.on('request', (request) => requests.push(`${request.url()} ${request.headers()['referer'] ?? ''}`))
    await second.goto(`${url}?language=en`)
    await textOf(second)
      .getByText(`You began this on ${new URL(site).host}.`)
      .waitFor()
    assert.deepEqual(await readVerifications(server), [], 'an opened link has cost nothing')

    await verifyButton(second).click()
    await flowFrame(second).getByTestId('begin').click()
    await awaitStatus(server, 'ada-1', ['started'])
    await first.waitForFunction(() => document.querySelector('seon-verify')?.status === 'started')
    await endFlow(flowFrame(second), 'approved')
    await textOf(second).getByText('You can close this page').waitFor()
    await second.locator('seon-verify').getByText('Your identity is confirmed').waitFor()
    await first.locator('seon-verify').getByText('Your identity is confirmed').waitFor()
    const code = new URL(url).pathname.slice('/verify/'.length)
    const told = requests.filter((request) => request.includes(code) && !request.startsWith(`${url}?`))
    assert.deepEqual(told, [], 'the code stays in the address bar')

    await second.reload()
    await textOf(second).getByText('You can close this page').waitFor()
    assert.equal(await verifyButton(second).count(), 0)
    await phone.close()
    await laptop.close()
  })

  it('serves one device, and again whoever was interrupted on it', async () => {
    const server = await startSandboxServer()
    const site = await startSite({ '/': sitePage(server.url, 'user-id="bela-2"') })
    const context = await newContext()
    const dashboard = await openDashboard(context, server)
    const first = await context.newPage()
    await first.goto(site)
    const { url } = await makeLink(first, server.url, 'bela-2')

    const phone = await newContext(PHONE)
    const page = await phone.newPage()
    await page.goto(url)
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'cancelled')
    await rowOf(dashboard, 'bela-2').getByText('Cancelled').waitFor()

    const other = await newContext(PHONE)
    const stranger = await other.newPage()
    await stranger.goto(url)
    await textOf(stranger).getByText('This link has been used already').waitFor()
    assert.equal(await verifyButton(stranger).count(), 0)

    await page.reload()
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'review')
    await awaitStatus(server, 'bela-2', ['review', 'cancelled'])
    await first.waitForFunction(() => document.querySelector('seon-verify')?.status === 'review')
    for (const each of [phone, other, context]) await each.close()
  })

  it('says what is wrong with a link that cannot be used, in the visitor’s language', async () => {
    const server = await startSandboxServer()
    const context = await newContext({ ...PHONE, locale: 'ar-EG' })
    const page = await context.newPage()
    await page.goto(`${server.url}/verify/not-a-code`)
    await textOf(page).getByText('لا نعرف هذا الرابط').waitFor()
    assert.deepEqual(
      await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir, document.title]),
      ['ar', 'rtl', 'أكِّد هويتك'],
    )
    await page.goto(`${server.url}/verify/${'A'.repeat(22)}?language=de-AT`)
    await textOf(page).getByText('Diesen Link kennen wir nicht').waitFor()
    assert.equal(await verifyButton(page).count(), 0)
  })
})
