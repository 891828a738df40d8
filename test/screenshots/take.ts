import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildIfStale } from '../../client/build.ts'
import { readConfig } from '../../server/config/config.ts'
import { createLog } from '../../server/log.ts'
import { startServer } from '../../server/server.ts'
import { CHROMIUM_ARGS, ensureChromium } from '../helpers/chromium.ts'
import { endFlow, flowFrame, openDashboard, type SandboxServer, verifyButton } from '../journeys/steps.ts'
import { fillWeek } from './fill-week.ts'

// `npm run screenshots`: the README's pictures, made anew from the running whole. People and their ids are invented.

const folder = fileURLToPath(new URL('.', import.meta.url))

async function shoot(page: Page, name: string): Promise<void> {
  // What glows for a second because it has just changed is not what a still picture is about.
  await page.waitForTimeout(1500)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

/** The address, the picture's name, and what must be there before it is taken. */
const VIEWS = [
  [
    '',
    'dashboard',
    async (page: Page) => {
      await page.getByRole('row').filter({ hasText: 'FH-' }).click()
      await page.getByText('Timeline').first().waitFor()
    },
  ],
  ['?view=overview', 'overview', (page: Page) => page.locator('.u-over').waitFor()],
  ['?view=deliveries', 'deliveries', (page: Page) => page.getByRole('row').nth(3).waitFor()],
  ['?view=sandbox', 'sandbox', (page: Page) => page.getByRole('heading', { name: 'Send an event' }).waitFor()],
] as const

async function shootDashboard(
  browser: Browser,
  { url, sandbox, now }: SandboxServer & { now: () => number },
  colorScheme: 'light' | 'dark',
): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme })
  await context.clock.install({ time: now() })
  const page = await openDashboard(context, { url, sandbox })
  // The README shows the first two in its reader's scheme, the others small and light.
  for (const [query, name, awaitView] of colorScheme === 'light' ? VIEWS : VIEWS.slice(0, 2)) {
    await page.goto(`${url}/dashboard${query}`)
    await awaitView(page)
    await shoot(page, `${name}-${colorScheme}`)
  }
  await context.close()
}

async function main(): Promise<void> {
  await buildIfStale()
  const data = await mkdtemp(join(tmpdir(), 'seon-verify-screenshots-'))
  const config = readConfig({
    PORT: '0',
    DATABASE_URL: `sqlite:${join(data, 'sandbox.db')}`,
    INIT_LIMITS: 'address=1000/m,user=5/m',
    WORKFLOWS: 'business:6a3b9e0e-55cb-4a5e-9c1e-0f0d4b8e2a11',
  })
  let aheadMs = 0
  const now = () => Date.now() + aheadMs
  const server = await startServer({ config, log: createLog('silent'), now })
  const browser = await chromium.launch({
    executablePath: await ensureChromium(console.error),
    chromiumSandbox: false,
    args: CHROMIUM_ARGS,
  })
  try {
    const { sandbox } = server
    if (sandbox === null) throw new Error('pictures are taken of the sandbox')
    await fillWeek({ server: server.url, sandbox: sandbox.url, advance: (ms) => (aheadMs += ms) })
    const context = await browser.newContext({ viewport: { width: 1280, height: 860 } })
    const page = await context.newPage()
    await page.goto(server.url)
    await shoot(page, 'demo-light')
    await verifyButton(page).click()
    await flowFrame(page).getByTestId('begin').click()
    await shoot(page, 'flow-light')
    await endFlow(flowFrame(page), 'approved')
    await page.locator('seon-verify').getByText('Your identity is confirmed').waitFor()
    await context.close()
    for (const scheme of ['light', 'dark'] as const) await shootDashboard(browser, { ...server, sandbox, now }, scheme)
  } finally {
    await browser.close()
    await server.close()
    await rm(data, { recursive: true, force: true })
  }
}

await main()
