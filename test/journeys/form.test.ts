import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { API_TOKEN, startBank } from '../helpers/bank.ts'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { flowFrame, verifyButton, walkFlow } from './steps.ts'

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
