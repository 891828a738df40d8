import { type Browser, ElementHandle, type Frame, launch, type Page } from 'puppeteer-core'
import { CHROMIUM_ARGS, ensureChromium } from '../helpers/chromium.ts'
import { ensureProgram } from './ensure-program.ts'
import { awaitSome, FLOW, finding, PATIENCE_MS, type Visitor } from './visitor.ts'

/** By Chrome's own protocol. */
export async function startChromium(): Promise<Visitor> {
  const executablePath = await ensureChromium(console.error)
  return toVisitor(await launch({ browser: 'chrome', executablePath, args: CHROMIUM_ARGS }))
}

/** By WebDriver BiDi, the only one that puppeteer speaks with Firefox. FIREFOX_PATH, else Debian's firefox-esr. */
export async function startFirefox(): Promise<Visitor> {
  const executablePath = await ensureProgram({
    given: process.env['FIREFOX_PATH'],
    places: ['/usr/bin/firefox-esr', '/usr/bin/firefox', '/Applications/Firefox.app/Contents/MacOS/firefox'],
    packages: ['firefox-esr'],
    otherwise: 'Install Firefox (Debian: sudo apt-get install firefox-esr) or set FIREFOX_PATH.',
  })
  return toVisitor(await launch({ browser: 'firefox', executablePath }))
}

async function toVisitor(browser: Browser): Promise<Visitor> {
  const page = await browser.newPage()
  page.setDefaultTimeout(PATIENCE_MS)
  return {
    open: async (url) => void (await page.goto(url)),
    evaluate: (expression) => page.evaluate(expression),
    async click(place, selector) {
      const element = await awaitSome(`${selector} (${place})`, async () => {
        const frame = place === 'flow' ? await findFlow(page) : page.mainFrame()
        // A page or frame that is just being left has nothing.
        const found = await frame?.evaluateHandle(finding(place, selector)).catch(() => undefined)
        return found instanceof ElementHandle ? found : null
      })
      await element.click()
    },
    close: () => browser.close(),
  }
}

async function findFlow(page: Page): Promise<Frame | null> {
  return (await page.$(FLOW))?.contentFrame() ?? null
}
