import { after, before } from 'node:test'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium } from './chromium.ts'

/** One Chromium for a suite; each call is a new profile. Permissions for camera and pop-ups are as in a new browser. */
export function useBrowser(): (options?: BrowserContextOptions) => Promise<BrowserContext> {
  let browser: Browser | undefined
  before(async () => {
    const executablePath = await ensureChromium(console.error)
    browser = await chromium.launch({ executablePath, chromiumSandbox: false, args: CHROMIUM_ARGS })
  })
  after(() => browser?.close())
  return async (options) => {
    if (browser === undefined) throw new Error('the browser is not up')
    const context = await browser.newContext(options)
    // Far above what any step takes here, far below the runner's own patience.
    context.setDefaultTimeout(10_000)
    return context
  }
}
