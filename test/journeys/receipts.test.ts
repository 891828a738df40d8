import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, describe, it } from 'node:test'
import express from 'express'
import type { Page } from 'playwright-core'
import { requireVerified } from '../../server/receipts/require-verified.ts'
import { useBrowser } from '../helpers/browser.ts'
import { listen, stop } from '../helpers/listen.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { API_TOKEN } from '../helpers/visitor.ts'
import { awaitStatus, flowFrame, verifyButton, walkFlow } from './steps.ts'

/** A bank on an Express server: opens accounts for whoever is signed in (here: the `user` in the address) and verified. */
async function startBank() {
  const app = express()
  const bank = createServer(app)
  const origin = await listen(bank)
  after(() => stop(bank))
  const server = await startSandboxServer({ API_TOKEN, ALLOWED_ORIGINS: origin })
  const userOf = ({ query }: express.Request) => (typeof query['user'] === 'string' ? query['user'] : '')
  app.get('/account', (request, response) => {
    response.send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Open an account</title>
      <script type="module" src="${server.url}/seon-verify.js"></script>
      <form method="post" action="/account?user=${userOf(request)}">
        <label>Nickname <input name="nickname" value="Ada"></label>
        <seon-verify name="seon-verify" user-id="${userOf(request)}"></seon-verify>
        <button id="open">Open my account</button>
      </form></html>`)
  })
  app.post(
    '/account',
    express.urlencoded({ extended: false }),
    requireVerified({ server: server.url, apiToken: API_TOKEN, origin, userId: userOf }),
    (_request, response) => response.send(`<h1>Welcome, ${response.locals['verification'].userId}</h1>`),
  )
  return { origin, server }
}

const open = async (page: Page) => {
  const answer = page.waitForResponse(
    (response) => response.request().method() === 'POST' && response.url().includes('/account'),
  )
  await page.locator('#open').click()
  return (await answer).status()
}

/** The element has a receipt for its form. */
const awaitReceipt = (page: Page) =>
  page.waitForFunction(() => {
    const form = document.querySelector('form')
    const value = form && new FormData(form).get('seon-verify')
    return typeof value === 'string' && value.length > 100
  })

describe('a form with the element', () => {
  const newContext = useBrowser()

  it('is taken from the approved, once, and from nobody else', async () => {
    const { origin } = await startBank()
    const page = await (await newContext()).newPage()
    await page.goto(`${origin}/account?user=ada-1`)
    assert.equal(await open(page), 403, 'unverified')

    await page.goto(`${origin}/account?user=ada-1`)
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await awaitReceipt(page)
    const receipt = await page.evaluate(() =>
      new FormData(document.querySelector('form') ?? undefined).get('seon-verify'),
    )
    assert.equal(await open(page), 200)
    await page.getByRole('heading', { name: 'Welcome, ada-1' }).waitFor()

    // A page that brings its own field in the element's place.
    const forge = async (user: string, value: unknown) => {
      await page.goto(`${origin}/account?user=${user}`)
      await page.evaluate((text) => {
        document.querySelector('seon-verify')?.remove()
        const field = document.createElement('input')
        field.name = 'seon-verify'
        field.value = String(text)
        document.querySelector('form')?.append(field)
      }, value)
      return open(page)
    }
    assert.equal(await forge('ada-1', receipt), 409, 'replayed')
    assert.equal(await forge('ada-1', ''), 403, 'removed')
    assert.equal(await forge('ada-1', 'approved'), 400, 'made up')
  })

  it('is not taken from the declined, nor with another person’s receipt', async () => {
    const { origin, server } = await startBank()
    const page = await (await newContext()).newPage()
    await page.goto(`${origin}/account?user=bela-2`)
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'declined')
    await awaitStatus(server, 'bela-2', ['declined'])
    assert.equal(await open(page), 403)

    await page.goto(`${origin}/account?user=ada-1`)
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await awaitReceipt(page)
    await page.evaluate(() => document.querySelector('form')?.setAttribute('action', '/account?user=mallory'))
    assert.equal(await open(page), 403)
  })
})
