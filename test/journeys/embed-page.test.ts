import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer, type TestServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'
import { API_TOKEN, ask, signUserToken, USER_TOKEN_SECRET } from '../helpers/visitor.ts'
import { readVerifications, walkFlow } from './steps.ts'

const ALLOW = 'camera; microphone; clipboard-write; geolocation; fullscreen'
const Messages = z.array(z.looseObject({ type: z.string() }))

/** A site that can have nothing but an iframe, and a script beside it; `configure` is what the script says. */
function framingPage(server: string, configure: Record<string, unknown>): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Open an account</title>
    <h1>Open an account</h1>
    <iframe id="verify" title="Identity verification" src="${server}/embed?language=en" allow="${ALLOW}"
      style="width: 600px; height: 200px; border: 0"></iframe>
    <script>
      const frame = document.getElementById('verify')
      window.messages = []
      frame.addEventListener('load', () => frame.contentWindow.postMessage(${JSON.stringify(configure)}, '${server}'))
      addEventListener('message', async ({ source, origin, data }) => {
        if (source !== frame.contentWindow || origin !== '${server}') return
        messages.push(data)
        if (data.type === 'seon-verify-height') frame.style.height = data.height + 'px'
        if (data.type === 'seon-verify-token-wanted') {
          const userToken = await askBackEnd()
          frame.contentWindow.postMessage({ type: 'seon-verify-token', id: data.id, userToken }, '${server}')
        }
      })
    </script></html>`
}

/** Site and server know each other's origin, whichever was there first. */
async function startBoth(env: Readonly<Record<string, string>> = {}) {
  const pages: Record<string, string> = {}
  const site = await startSite(pages)
  const server = await startSandboxServer({ ALLOWED_ORIGINS: site, API_TOKEN, ...env })
  return { pages, site, server }
}

const readMessages = async (page: Page) =>
  Messages.parse(await page.evaluate(() => ('messages' in window ? window.messages : [])))

/** Waits for a message of that type, and gives the newest. */
async function awaitMessage(page: Page, type: string, name?: string) {
  await page.waitForFunction(
    ([wanted, event]) =>
      'messages' in window &&
      Array.isArray(window.messages) &&
      window.messages.some((each) => each.type === wanted && (event === undefined || each.name === event)),
    [type, name] as const,
  )
  return (await readMessages(page)).findLast(
    (each) => each.type === type && (name === undefined || each['name'] === name),
  )
}

const frameOf = (page: Page) => page.frameLocator('#verify')
const buttonIn = (page: Page) =>
  frameOf(page).locator('seon-verify').getByRole('button', { name: 'Verify your identity' })
const flowIn = (page: Page) => frameOf(page).frameLocator('[data-testid=seon-idv-iframe]')

const redeem = (server: TestServer, receipt: unknown, userId: string, origin: string) =>
  ask(server, '/api/receipts/redeem', { receipt, userId, origin }, { bearer: API_TOKEN, origin: null })

describe('the embed page', () => {
  const newContext = useBrowser()

  it('verifies in an iframe, grows with it, and hands the page events and a receipt of its own', async () => {
    const { pages, site, server } = await startBoth()
    pages['/'] = framingPage(server.url, { type: 'seon-verify-configure', userId: 'ada-1', email: 'ada@example.com' })
    const context = await newContext()
    const page = await context.newPage()
    await page.goto(site)
    await awaitMessage(page, 'seon-verify-configured')
    await awaitMessage(page, 'seon-verify-height')
    await buttonIn(page).click()
    await flowIn(page).getByTestId('begin').waitFor()
    const allowed = await Promise.all(
      page
        .frames()
        .slice(1)
        .map((frame) =>
          frame.evaluate(() => {
            const policy: unknown = Reflect.get(document, 'featurePolicy')
            const allows: unknown = typeof policy === 'object' && policy ? Reflect.get(policy, 'allowsFeature') : null
            return typeof allows === 'function'
              ? ['camera', 'microphone'].map((name) => allows.call(policy, name))
              : null
          }),
        ),
    )
    assert.deepEqual(allowed, [
      [true, true],
      [true, true],
    ])
    const [flow] = await Promise.all([page.locator('#verify').boundingBox(), flowIn(page).getByTestId('begin').hover()])
    assert.ok((flow?.height ?? 0) > 600, 'from the 200 px that the site gave it to all that it needs')
    await walkFlow(flowIn(page), 'approved')
    await awaitMessage(page, 'seon-verify-event', 'completed')
    await frameOf(page).getByText('Your identity is confirmed').waitFor()
    const told = await awaitMessage(page, 'seon-verify-receipt')
    const names = (await readMessages(page)).map((each) => each['name']).filter((name) => name !== undefined)
    assert.deepEqual(
      names.filter((name) => name !== 'status'),
      ['opened', 'started', 'completed', 'closed'],
    )
    const redeemed = await redeem(server, told?.['receipt'], 'ada-1', site)
    assert.deepEqual([redeemed.status, redeemed.body['origin']], [200, site], 'it is bound to the page around')
    const { length } = await readMessages(page)
    await page.evaluate((server_) => {
      document.querySelector('iframe')?.contentWindow?.postMessage({ type: 'seon-verify-receipt-used' }, server_)
    }, server.url)
    await page.waitForFunction(
      (from) =>
        'messages' in window &&
        Array.isArray(window.messages) &&
        window.messages.slice(from).some((each) => each.type === 'seon-verify-receipt' && each.receipt),
      length,
    )
    const next = await awaitMessage(page, 'seon-verify-receipt')
    assert.equal((await redeem(server, next?.['receipt'], 'ada-1', site)).status, 200, 'the next form has its own')
  })

  it('asks the page around it for a user token, also after a reload, which finds the verification again', async () => {
    const { pages, site, server } = await startBoth({ USER_TOKEN_SECRET })
    const page = await (await newContext()).newPage()
    await page.exposeFunction('askBackEnd', () => signUserToken('rosa-5'))
    pages['/'] = framingPage(server.url, { type: 'seon-verify-configure', userId: 'rosa-5', asksForToken: true })
    await page.goto(site)
    await awaitMessage(page, 'seon-verify-configured')
    await buttonIn(page).click()
    await awaitMessage(page, 'seon-verify-token-wanted')
    await walkFlow(flowIn(page), 'approved')
    await frameOf(page).getByText('Your identity is confirmed').waitFor()
    assert.deepEqual(
      (await readVerifications(server)).map(({ userId }) => userId),
      ['rosa-5'],
    )
    await page.reload()
    await frameOf(page).getByText('Your identity is confirmed').waitFor()
    const told = await awaitMessage(page, 'seon-verify-receipt')
    assert.equal((await redeem(server, told?.['receipt'], 'rosa-5', site)).status, 200)
  })

  it('is framed by pages that may embed, and by no others', async () => {
    const { server } = await startBoth()
    const configure = { type: 'seon-verify-configure', userId: 'ada-1' }
    const foreign = await startSite({ '/': framingPage(server.url, configure) })
    const page = await (await newContext()).newPage()
    const refusal = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'))
    await page.goto(foreign)
    await refusal
    assert.equal(await frameOf(page).locator('seon-verify').count(), 0)
    assert.deepEqual(await readMessages(page), [])
  })

  it('listens to the page around it alone, and to nothing that it does not understand', async () => {
    const { pages, site, server } = await startBoth()
    // A frame beside it, of the same origin as the page, and messages of the page itself that are none.
    pages['/beside'] = `<!doctype html><title>Beside</title><script>
      const send = (data) => parent.frames[0].postMessage(data, '*')
      send({ type: 'seon-verify-configure', userId: 'mallory' })
      for (const data of [null, 7, 'seon-verify-configure', [], {}, { type: 'seon-verify-configure' }]) send(data)
      parent.postMessage('sent', '*')</script>`
    pages['/'] = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Open an account</title>
      <iframe id="verify" title="v" src="${server.url}/embed?language=en&user-id=mallory" allow="${ALLOW}"></iframe>
      <script>
        window.messages = []
        addEventListener('message', ({ data }) => messages.push(typeof data === 'string' ? { type: data } : data))
      </script></html>`
    const page = await (await newContext()).newPage()
    await page.goto(site)
    await page.evaluate(async () => {
      const beside = document.createElement('iframe')
      beside.src = '/beside'
      document.body.append(beside)
      const { contentWindow } = document.querySelector('iframe') ?? {}
      for (const userId of ['', 7, null, ['x'], { x: 1 }])
        contentWindow?.postMessage({ type: 'seon-verify-configure', userId }, '*')
      contentWindow?.postMessage({ type: 'seon-verify-token', id: 1, userToken: 'x' }, '*')
    })
    await awaitMessage(page, 'sent')
    assert.equal(await buttonIn(page).isDisabled(), true, 'nobody has said who is verified')
    await page.evaluate(() =>
      document
        .querySelector('iframe')
        ?.contentWindow?.postMessage({ type: 'seon-verify-configure', userId: 'ada-1' }, '*'),
    )
    await awaitMessage(page, 'seon-verify-configured')
    await buttonIn(page).click()
    await flowIn(page).getByTestId('begin').waitFor()
    assert.deepEqual(
      (await readVerifications(server)).map(({ userId }) => userId),
      ['ada-1'],
    )
  })
})
