import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright-core'
import { buildIfStale } from '../../client/build.ts'
import { readConfig } from '../../server/config.ts'
import { createLog } from '../../server/log.ts'
import { startServer } from '../../server/server.ts'
import { CHROMIUM_ARGS, ensureChromium } from '../helpers/chromium.ts'
import { endFlow, flowFrame, openDashboard, type SandboxServer, verifyButton } from '../journeys/steps.ts'

// `npm run screenshots`: the README's pictures, made anew from the running whole. People and their ids are invented.

const folder = fileURLToPath(new URL('.', import.meta.url))

/** Who has been here before the visitor of the demo page, and what became of it. */
const CUSTOMERS = [
  ['customer-1042', 'approved'],
  ['customer-1043', 'approved'],
  ['customer-1044', 'review'],
  ['customer-1045', 'approved'],
  ['customer-1046', 'declined'],
  ['customer-1047', 'approved'],
  ['customer-1048', 'abandoned'],
  ['customer-1049', 'approved'],
  ['customer-1050', 'review'],
  ['customer-1051', null],
] as const

async function post(url: string, body: unknown): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${url}: ${response.status} ${await response.text()}`)
  return response.json()
}

async function readRuns(sandbox: string): Promise<{ executionId: string; userId: string }[]> {
  const answer: unknown = await (await fetch(`${sandbox}/control/runs`)).json()
  if (typeof answer !== 'object' || answer === null || !('runs' in answer) || !Array.isArray(answer.runs)) return []
  return answer.runs
}

async function fill(server: string, sandbox: string): Promise<void> {
  await post(`${sandbox}/control/settings`, { webhookDelayMs: 0 })
  for (const [userId] of CUSTOMERS) await post(`${server}/api/init-verification`, { userId })
  const runs = await readRuns(sandbox)
  for (const [userId, end] of CUSTOMERS) {
    const run = runs.find((each) => each.userId === userId)
    if (end !== null) await post(`${sandbox}/control/runs/${run?.executionId}/end`, { end })
  }
}

async function shoot(page: Page, name: string): Promise<void> {
  // What glows for a second because it has just changed is not what a still picture is about.
  await page.waitForTimeout(1500)
  await page.screenshot({ path: join(folder, `${name}.png`) })
}

async function shootDashboard(browser: Browser, server: SandboxServer, colorScheme: 'light' | 'dark'): Promise<void> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, colorScheme })
  const page = await openDashboard(context, server)
  await page.getByRole('row').filter({ hasText: 'FH-' }).click()
  await page.getByText('Timeline').first().waitFor()
  await shoot(page, `dashboard-${colorScheme}`)
  await context.close()
}

async function main(): Promise<void> {
  await buildIfStale()
  const data = await mkdtemp(join(tmpdir(), 'seon-verify-screenshots-'))
  const config = readConfig({ PORT: '0', DATABASE_URL: `sqlite:${join(data, 'sandbox.db')}` })
  const server = await startServer({ config, log: createLog('silent') })
  const browser = await chromium.launch({
    executablePath: await ensureChromium(console.error),
    chromiumSandbox: false,
    args: CHROMIUM_ARGS,
  })
  try {
    const { sandbox } = server
    if (sandbox === null) throw new Error('pictures are taken of the sandbox')
    await fill(server.url, sandbox.url)
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
    for (const scheme of ['light', 'dark'] as const) await shootDashboard(browser, { ...server, sandbox }, scheme)
  } finally {
    await browser.close()
    await server.close()
    await rm(data, { recursive: true, force: true })
  }
}

await main()
