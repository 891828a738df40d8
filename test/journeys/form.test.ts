import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { after, describe, it } from 'node:test'
import express from 'express'
import type { Page } from 'playwright-core'
import { requireVerified } from 'seon-verify/require-verified'
import { useBrowser } from '../helpers/browser.ts'
import { listen, stop } from '../helpers/listen.ts'
import { startSandboxServer, type TestServer } from '../helpers/server.ts'
import { flowFrame, verifyButton, walkFlow } from './steps.ts'

const API_TOKEN = 'read-only-token-of-a-back-end-0123456789'

/** A bank that opens accounts, as its developers would write it. Who is signed in is the sign-in's business: here Ada. */
async function startBank(server: TestServer): Promise<string> {
  const app = express()
  let origin = ''
  app.get('/', (_request, response) => {
    response.send(`<!doctype html><html lang="en"><meta charset="utf-8"><title>Open an account</title>
      <script type="module" src="${server.url}/seon-verify.js"></script>
      <form method="post" action="/open"><label>Name <input name="holder" value="Ada Example"></label>
      <seon-verify name="seon-verify" required user-id="ada-1"></seon-verify><button>Open my account</button></form>`)
  })
  app.post('/open', express.urlencoded({ extended: false }), (request, response, next) =>
    requireVerified({ server: server.url, apiToken: API_TOKEN, userId: () => 'ada-1', origin })(
      request,
      response,
      next,
    ),
  )
  app.post('/open', (request, response) => {
    const { userId } = response.locals['verification']
    response.send(`<!doctype html><title>Done</title><h1>Opened for ${userId}: ${request.body.holder}</h1>`)
  })
  const site = createServer(app)
  origin = await listen(site)
  after(() => stop(site))
  return origin
}

const send = (page: Page) => page.getByRole('button', { name: 'Open my account' }).click()
const readReceipt = (page: Page) => page.waitForFunction(() => document.querySelector('seon-verify')?.value)

describe('a form with the element in it', () => {
  const newContext = useBrowser()

  it('is not sent before its visitor is verified, and is then taken by the site’s back end', async () => {
    const server = await startSandboxServer({ API_TOKEN })
    const page = await (await newContext()).newPage()
    await page.goto(await startBank(server))
    await verifyButton(page).waitFor()
    await send(page)
    assert.equal(await page.title(), 'Open an account', 'the browser keeps the form back')
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    await readReceipt(page)
    await send(page)
    await page.getByRole('heading', { name: 'Opened for ada-1: Ada Example' }).waitFor()
  })

  it('goes through again with a new receipt when the visitor comes back to it', async () => {
    const server = await startSandboxServer({ API_TOKEN })
    const page = await (await newContext()).newPage()
    await page.goto(await startBank(server))
    await verifyButton(page).click()
    await walkFlow(flowFrame(page), 'approved')
    const first = await (await readReceipt(page)).jsonValue()
    await send(page)
    await page.getByRole('heading', { name: /^Opened/ }).waitFor()
    // What the browser kept for the form is enough, also where the site's data is cleared in between.
    await page.evaluate(() => sessionStorage.clear())
    await page.goBack()
    const second = await (await readReceipt(page)).jsonValue()
    assert.notEqual(second, first)
    await send(page)
    await page.getByRole('heading', { name: /^Opened/ }).waitFor()
  })

  it('gains nothing by taking the element away or writing into its field', async () => {
    const server = await startSandboxServer({ API_TOKEN })
    const bank = await startBank(server)
    const page = await (await newContext()).newPage()
    for (const forged of ['', '<input type="hidden" name="seon-verify" value="a.forged.receipt">']) {
      await page.goto(bank)
      await verifyButton(page).waitFor()
      await page.locator('seon-verify').evaluate((element, html) => {
        const form = element.closest('form')
        element.remove()
        form?.insertAdjacentHTML('beforeend', html)
      }, forged)
      const answer = page.waitForResponse(`${bank}/open`)
      await send(page)
      assert.deepEqual(await (await answer).json(), { error: forged === '' ? 'receipt_missing' : 'receipt_invalid' })
    }
  })
})
