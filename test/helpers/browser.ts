import { after, afterEach, before } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from 'playwright-core'
import { CHROMIUM_ARGS, ensureChromium, ensureHeadlessShell } from './chromium.ts'

/** Far above what any step takes here, far below the runner's own patience, ms. */
const STEP_MS = 10_000

/**
 * Chromium now and then never answers to closing a profile whose page is just being loaded, and then the profile goes
 * with the browser, ms.
 */
const CLOSE_MS = 3000

async function launch(whole: boolean): Promise<Browser> {
  const executablePath = await (whole ? ensureChromium : ensureHeadlessShell)(console.error)
  return chromium.launch({ executablePath, chromiumSandbox: false, args: CHROMIUM_ARGS })
}

/**
 * One Chromium for a suite; each call is a new profile, which is gone after the test. Permissions for camera and pop-ups
 * are as in a new browser. `whole`: the browser as visitors have it, rather than the shell that shows the same pages.
 */
export function useBrowser({ whole = false } = {}): (options?: BrowserContextOptions) => Promise<BrowserContext> {
  let browser: Browser | undefined
  const open = new Set<BrowserContext>()
  before(async () => {
    browser = await launch(whole)
  })
  afterEach(async () => {
    const closed = Promise.all([...open].map((context) => context.close()))
    open.clear()
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })])
  })
  after(() => browser?.close())
  return async (options) => {
    if (browser === undefined) throw new Error('the browser is not up')
    const context = await browser.newContext(options)
    context.setDefaultTimeout(STEP_MS)
    open.add(context)
    return context
  }
}

/**
 * One Chromium and one profile for a suite, which fetches and compiles each file once; each call is a new tab, which is
 * gone after the test.
 */
export function useTabs(options: BrowserContextOptions = {}): () => Promise<Page> {
  let browser: Browser | undefined
  let context: BrowserContext | undefined
  before(async () => {
    browser = await launch(false)
    context = await browser.newContext(options)
    context.setDefaultTimeout(STEP_MS)
  })
  afterEach(async () => {
    const closed = Promise.all((context?.pages() ?? []).map((page) => page.close()))
    await Promise.race([closed, sleep(CLOSE_MS, undefined, { ref: false })])
  })
  after(() => browser?.close())
  return async () => {
    if (context === undefined) throw new Error('the browser is not up')
    return context.newPage()
  }
}
