import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { buildIfStale } from '../../client/build.ts'
import { API_TOKEN, startBank } from '../helpers/bank.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { unverified } from './cases/unverified.ts'
import { verified } from './cases/verified.ts'
import { startChromium, startFirefox } from './puppeteer-visitor.ts'
import { CASES_SCRIPT, serveCases } from './serve-cases.ts'
import { awaitTrue, type Visitor } from './visitor.ts'
import { startWebKit } from './webkit-visitor.ts'

// `npm run test:browsers`: the element in the engines that visitors have. Apart from `npm test`, as it installs browsers.

const ENGINES: Readonly<Record<string, () => Promise<Visitor>>> = {
  Chromium: startChromium,
  Firefox: startFirefox,
  WebKit: startWebKit,
}

const asked = process.env['BROWSERS']?.split(',')

await buildIfStale()

for (const [engine, start] of Object.entries(ENGINES)) {
  if (asked && !asked.includes(engine)) continue
  test(`<seon-verify> in ${engine}`, async (context) => {
    const server = await startSandboxServer({ API_TOKEN })
    const bank = await startBank(server, { head: CASES_SCRIPT, extend: serveCases })
    const visitor = await start()
    after(() => visitor.close())
    const run = (kind: string, name: string) => visitor.evaluate(`window.run.${kind}(${JSON.stringify(name)})`)

    await visitor.open(bank)
    await awaitTrue(visitor, 'window.run && customElements.get("seon-verify")')
    for (const name of Object.keys(unverified)) {
      await context.test(name, async () => assert.equal(await run('runUnverified', name), null))
    }

    await context.test('has its visitor verified by SEON’s real SDK, and tells the result', async () => {
      await visitor.open(bank)
      await awaitTrue(visitor, 'window.run && document.querySelector("seon-verify:defined")')
      assert.equal(await visitor.evaluate('document.forms[0].checkValidity()'), false)
      await visitor.click('element', '[part~=start]')
      await visitor.click('flow', '[data-testid=begin]')
      for (let step = 0; step < 3; step += 1) await visitor.click('flow', '[data-testid=continue]')
      await visitor.click('flow', '[data-testid=end-approved]')
      await awaitTrue(visitor, 'document.querySelector("seon-verify").status === "approved"')
      await awaitTrue(visitor, `!document.querySelector('dialog')`)
      await awaitTrue(
        visitor,
        `document.querySelector('seon-verify').shadowRoot.textContent.includes('Your identity is confirmed')`,
      )
      await awaitTrue(visitor, 'document.activeElement === document.querySelector("seon-verify")')
    })
    for (const name of Object.keys(verified)) {
      await context.test(name, async () => assert.equal(await run('runVerified', name), null))
    }
    await context.test('opens the account by its receipt', async () => {
      await awaitTrue(visitor, 'document.querySelector("seon-verify").value')
      await visitor.click('page', 'form > button')
      await awaitTrue(visitor, 'document.querySelector("h1")?.textContent === "Opened for ada-1: Ada Example"')
    })
  })
}
