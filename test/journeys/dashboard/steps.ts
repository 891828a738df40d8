import assert from 'node:assert/strict'
import type { BrowserContext, Page } from 'playwright-core'
import type { SandboxServer } from '../steps.ts'

// What journeys of operators have in common.

/** What an operator's browser must never say: it would be a rule of the page's own policy broken, or a fault in the page. */
export function watchForFaults(page: Page): string[] {
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    const isNetwork = message.text().startsWith('Failed to load resource') || message.text().includes('WebSocket')
    if (message.type() === 'error' && !isNetwork) faults.push(message.text())
  })
  return faults
}

/** A visitor's start; everybody has the same invented address unless another is given. */
export async function begin(
  server: { url: string },
  userId: string,
  email = 'ada@example.com',
): Promise<{ statusToken: string }> {
  const response = await fetch(`${server.url}/api/init-verification`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ userId, email, phoneNumber: '+36205550199' }),
  })
  assert.equal(response.status, 200)
  const body: unknown = await response.json()
  assert.ok(typeof body === 'object' && body !== null && 'statusToken' in body && typeof body.statusToken === 'string')
  return { statusToken: body.statusToken }
}

/** What the visitor's browser says of itself. */
export async function hint(
  server: { url: string },
  { statusToken }: { statusToken: string },
  event: string,
): Promise<void> {
  const response = await fetch(`${server.url}/api/progress`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${statusToken}` },
    body: JSON.stringify({ event }),
  })
  assert.equal(response.status, 204)
}

/** Rows and figures as a person reads them; times aside, as two pages are never drawn in the same moment. */
export async function readScreen(page: Page): Promise<unknown> {
  return page.evaluate(() => {
    const all = (root: ParentNode, selector: string): Element[] => [
      ...root.querySelectorAll(selector),
      ...[...root.querySelectorAll('*')].flatMap((each) => (each.shadowRoot ? all(each.shadowRoot, selector) : [])),
    ]
    const read = (root: ParentNode, selector: string) =>
      all(root, selector).map((each) => each.textContent.replaceAll(/\s+/g, ' ').trim())
    const rows = all(document, '.row[data-id]').map((row) => [...read(row, '.badge'), ...read(row, '.user')].join())
    return { rows: rows.toSorted((a, b) => a.localeCompare(b)), figures: read(document, '.figure, .bars li') }
  })
}

/** Awaits that two pages show the same, and says what differs where they do not. */
export async function awaitSameScreen(one: Page, other: Page, patience = 10_000): Promise<void> {
  const deadline = Date.now() + patience
  for (;;) {
    const screens = await Promise.all([one, other].map(readScreen))
    if (JSON.stringify(screens[0]) === JSON.stringify(screens[1])) return
    if (Date.now() > deadline) assert.deepEqual(screens[0], screens[1])
    await one.waitForTimeout(100)
  }
}

/** One more tab of an operator who is signed in. */
export async function openTab(context: BrowserContext, server: Pick<SandboxServer, 'url'>, search = ''): Promise<Page> {
  const page = await context.newPage()
  await page.goto(`${server.url}/dashboard${search}`)
  await page.locator('.pill[data-kind=live]').waitFor()
  return page
}
