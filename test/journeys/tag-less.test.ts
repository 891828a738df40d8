import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'
import { flowFrame, verifyButton, walkFlow } from './steps.ts'

const DIV =
  '<div data-seon-verify data-user-id="ada-1" data-mode="inline"><b data-slot="hint">Bring your passport</b></div>'

describe('a site whose editor keeps no unknown tags', () => {
  const newContext = useBrowser()

  for (const [name, script] of [
    ['the module', '<script type="module" src="SERVER/seon-verify.js"></script>'],
    ['the classic script in the head', '<script src="SERVER/seon-verify.classic.js"></script>'],
    [
      'both, the module twice',
      '<script type="module" src="SERVER/seon-verify.js"></script><script src="SERVER/seon-verify.classic.js"></script><script type="module" src="SERVER/seon-verify.js?v=2"></script>',
    ],
  ] as const) {
    it(`has its visitor verified in a div, with ${name}`, async () => {
      const server = await startSandboxServer()
      const page = await (await newContext()).newPage()
      const errors: Error[] = []
      page.on('pageerror', (error) => errors.push(error))
      const html = `<!doctype html><title>Site</title>${script.replaceAll('SERVER', server.url)}<main>${DIV}</main>`
      await page.goto(await startSite({ '/': html }))
      await page.getByText('Bring your passport').waitFor()
      await verifyButton(page).click()
      await walkFlow(flowFrame(page), 'approved')
      await page.locator('seon-verify').getByText('Your identity is confirmed').waitFor()
      assert.equal(await page.locator('div[data-seon-verify] > seon-verify').count(), 1)
      assert.deepEqual(errors, [])
    })
  }

  it('meets a div that comes when the page is long there', async () => {
    const server = await startSandboxServer()
    const page = await (await newContext()).newPage()
    const scripts: string[] = []
    page.on('request', (request) => scripts.push(new URL(request.url()).pathname))
    const script = `<script type="module" src="${server.url}/seon-verify.js"></script>`
    await page.goto(await startSite({ '/': `<!doctype html><title>Site</title><main></main>${script}` }))
    await page.waitForFunction(() => customElements.get('seon-verify') !== undefined)
    assert.ok(!scripts.some((path) => path.includes('fill-divs')), 'nothing more is loaded without one')
    await page.evaluate((div) => document.querySelector('main')?.insertAdjacentHTML('beforeend', div), DIV)
    await verifyButton(page).waitFor()
  })
})
