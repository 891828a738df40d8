import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { flowFrame, walkFlow } from './steps.ts'

/** What somebody sees of each example: its words, and whether anything sticks out. */
function readExamples(page: Page): Promise<{ id: string; words: string; lang: string; sticksOut: boolean }[]> {
  return page.$$eval('figure', (figures) =>
    figures.map((figure) => {
      const root = figure.querySelector('seon-verify-example')?.shadowRoot
      const words = root?.querySelector('.view')?.textContent.trim() ?? ''
      const lang = root?.querySelector('[lang]')?.getAttribute('lang') ?? ''
      return { id: figure.id, words, lang, sticksOut: figure.scrollWidth > figure.clientWidth }
    }),
  )
}

describe('the page of examples', () => {
  const newContext = useBrowser()

  for (const [language, lang] of [
    ['en', 'en'],
    ['de', 'de'],
    ['hu', 'hu'],
    ['ar', 'ar'],
    ['zh', 'zh-Hans'],
  ] as const) {
    it(`shows every moment on a small phone in ${language}`, async () => {
      const server = await startSandboxServer()
      const page = await (await newContext({ viewport: { width: 320, height: 640 } })).newPage()
      const errors: Error[] = []
      page.on('pageerror', (error) => errors.push(error))
      await page.goto(`${server.url}/examples?language=${language}&scheme=dark`)
      await page.locator('#messages seon-verify-example').getByText('Your account opens on Monday.').waitFor()
      await page.waitForLoadState('networkidle')
      const examples = await readExamples(page)
      assert.equal(new Set(examples.map(({ id }) => id)).size, examples.length, 'one id each')
      for (const { id, words, lang: spoken, sticksOut } of examples) {
        assert.notEqual(words, '', id)
        assert.equal(sticksOut, false, id)
        if (!id.startsWith('lang-')) assert.equal(spoken, lang, id)
      }
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), 320)
      assert.deepEqual(errors, [])
    })
  }

  it('runs the element in the sandbox, as it runs anywhere', async () => {
    const server = await startSandboxServer()
    const page = await (await newContext()).newPage()
    await page.goto(`${server.url}/examples#inline`)
    const inline = page.locator('#inline seon-verify-example')
    await inline.getByRole('button', { name: 'Verify your identity' }).click()
    await walkFlow(flowFrame(page), 'approved')
    await inline.getByText('Your identity is confirmed').waitFor()
  })
})
