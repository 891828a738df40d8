import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { describe, it } from 'node:test'
import type { BrowserContextOptions, Page } from 'playwright-core'
import { z } from 'zod'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'
import { flowFrame, sitePage } from './steps.ts'

const AXE = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
const Violations = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ target: z.unknown() })) }))

/** What axe has against every example that there is. */
async function findViolations(page: Page, rules: Readonly<Record<string, { enabled: boolean }>>): Promise<string[]> {
  // Not as a script of the page's: its policy has none of others'.
  await page.evaluate(AXE)
  const violations: unknown = await page.evaluate(
    (how) =>
      Reflect.get(window, 'axe')
        .run('#gallery', { ...how, resultTypes: ['violations'] })
        .then((result: { violations: unknown }) => result.violations),
    { runOnly: TAGS, rules },
  )
  return Violations.parse(violations).flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${JSON.stringify(target)}`),
  )
}

/** Where the focus is, through all shadow roots, as a label that can be compared. */
function readFocus(page: Page): Promise<string> {
  return page.evaluate(() => {
    let node = document.activeElement
    while (node?.shadowRoot?.activeElement) node = node.shadowRoot.activeElement
    return `${node?.localName ?? ''}.${node?.getAttribute('part') ?? ''}`
  })
}

describe('the element for everybody', () => {
  const newContext = useBrowser()

  for (const [name, query, options] of [
    ['light', 'language=en&scheme=light', {}],
    ['dark and German', 'language=de&scheme=dark', {}],
    ['from right to left', 'language=ar&scheme=light', {}],
    ['with forced colours', 'language=en', { forcedColors: 'active' }],
  ] satisfies [string, string, BrowserContextOptions][]) {
    it(`is accessible in every moment, mode, look and language: ${name}`, async () => {
      const server = await startSandboxServer()
      const page = await (await newContext(options)).newPage()
      await page.goto(`${server.url}/examples?${query}`)
      await page.locator('#messages seon-verify-example').getByText('Your account opens on Monday.').waitFor()
      await page.waitForLoadState('networkidle')
      // axe reads the page's colours there and not those that are seen.
      const rules = { 'color-contrast': { enabled: !('forcedColors' in options) } }
      assert.deepEqual(await findViolations(page, rules), [])
    })
  }

  it('loses nothing to a reader’s own spacing at 320 px (WCAG 1.4.10, 1.4.12)', async () => {
    const server = await startSandboxServer()
    const page = await (await newContext({ viewport: { width: 320, height: 640 } })).newPage()
    await page.goto(`${server.url}/examples?language=de`)
    await page.locator('#messages seon-verify-example').getByText('Your account opens on Monday.').waitFor()
    await page.waitForLoadState('networkidle')
    const cut = await page.$$eval('seon-verify-example', (elements) =>
      elements.flatMap((element) => {
        const sheet = new CSSStyleSheet()
        sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
          p { margin-block-end: 2em !important }`)
        const root = element.shadowRoot
        const view = root?.querySelector('.view')
        if (!root || !view) return [element.outerHTML]
        root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
        const [outer, inner] = [element.getBoundingClientRect(), view.getBoundingClientRect()]
        const holds = inner.bottom <= outer.bottom + 1 && element.scrollWidth <= element.clientWidth
        return holds ? [] : [`${element.parentElement?.parentElement?.id}: ${inner.bottom - outer.bottom}`]
      }),
    )
    assert.deepEqual(cut, [])
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320)
  })

  it('is walked through by keyboard alone, and gives the focus back with the result', async () => {
    const server = await startSandboxServer()
    const site = await startSite({ '/': sitePage(server.url, 'user-id="ada-1"') })
    const page = await (await newContext()).newPage()
    await page.goto(site)
    await page.locator('seon-verify').getByRole('button', { name: 'Verify your identity' }).waitFor()
    await page.keyboard.press('Tab')
    assert.equal(await readFocus(page), 'button.button start')
    const flow = flowFrame(page)
    await page.keyboard.press('Enter')
    await flow.getByTestId('begin').waitFor()
    assert.equal(await readFocus(page), 'iframe.', 'the focus goes with the visitor')
    assert.equal(await page.locator('iframe').getAttribute('title'), 'Identity verification by SEON')
    for (const step of ['begin', 'continue', 'continue', 'continue', 'end-approved']) {
      const next = flow.getByTestId(step).locator('visible=true')
      await next.waitFor()
      for (let tabs = 0; tabs < 20 && !(await next.evaluate((node) => node === document.activeElement)); tabs += 1) {
        await page.keyboard.press('Tab')
      }
      await page.keyboard.press('Enter')
    }
    const message = page.locator('seon-verify').getByRole('status')
    await message.getByText('Your identity is confirmed').waitFor()
    assert.equal(await readFocus(page), 'div.message')
    assert.equal(await page.locator('dialog').count(), 0)
  })

  it('is left by Escape outside of SEON’s page, and offers to start again', async () => {
    const server = await startSandboxServer()
    const site = await startSite({ '/': sitePage(server.url, 'user-id="ada-2"') })
    const page = await (await newContext()).newPage()
    await page.goto(site)
    await page.locator('seon-verify').getByRole('button', { name: 'Verify your identity' }).press('Enter')
    await page.locator('dialog[open]').waitFor()
    await page.locator('dialog').focus()
    await page.keyboard.press('Escape')
    await page.locator('dialog').waitFor({ state: 'detached' })
    await page.locator('seon-verify').getByRole('button', { name: 'Start again' }).waitFor()
    assert.match(await readFocus(page), /^(?:div\.message|button\.)/)
  })
})
