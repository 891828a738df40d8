import type { BrowserContext, FrameLocator, Locator, Page } from 'playwright-core'
import { z } from 'zod'
import { startSandboxServer, type TestServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'

// What journeys have in common: the visitor's steps, the operator's view, and what the API says afterwards.

/** A plain page of a plain site with the element in it; `attributes` are the element's. */
export function sitePage(server: string, attributes: string): string {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>Open an account</title>
    <script type="module" src="${server}/seon-verify.js"></script>
    <main><h1>Open an account</h1><seon-verify ${attributes}></seon-verify></main></html>`
}

/** A server, a site of another origin with the element on it, and a visitor who has just come to it. */
export async function openSite(newContext: () => Promise<BrowserContext>, attributes: string) {
  const server = await startSandboxServer()
  const site = await startSite({ '/': sitePage(server.url, attributes) })
  const context = await newContext()
  const page = await context.newPage()
  await page.goto(site)
  await followEvents(page)
  return { server, context, page, element: page.locator('seon-verify') }
}

/** The element's button that starts. */
export function verifyButton(page: Page): Locator {
  return page.locator('seon-verify').getByRole('button', { name: /^(Verify your identity|Start again)$/ })
}

/** SEON's frame on the page, whatever mode put it there. */
export function flowFrame(page: Page): FrameLocator {
  return page.frameLocator('[data-testid=seon-idv-iframe]')
}

type End = 'approved' | 'review' | 'declined' | 'abandoned' | 'cancelled'

/** From the first step, which is open, to an end of the visitor's choice. */
export async function endFlow(flow: FrameLocator | Page, end: End): Promise<void> {
  for (let step = 0; step < 3; step++) await flow.getByTestId('continue').locator('visible=true').click()
  await flow.getByTestId(`end-${end}`).click()
}

/** Begins and ends the flow that is open. */
export async function walkFlow(flow: FrameLocator | Page, end: End): Promise<void> {
  await flow.getByTestId('begin').click()
  await endFlow(flow, end)
}

const EVENTS = ['opened', 'started', 'completed', 'cancelled', 'error', 'closed', 'status']

/** Notes every event of the element from now on. */
export async function followEvents(page: Page): Promise<void> {
  await page.evaluate((names) => {
    const seen: { name: string; detail: unknown }[] = []
    Object.assign(window, { seen })
    for (const name of names) {
      document.addEventListener(`seon-verify-${name}`, (event) => {
        seen.push({ name, detail: event instanceof CustomEvent ? event.detail : null })
      })
    }
  }, EVENTS)
}

const Events = z.array(z.object({ name: z.string(), detail: z.unknown() }))

/** The events noted so far, without their prefix. */
export async function readEvents(page: Page): Promise<z.infer<typeof Events>> {
  return Events.parse(await page.evaluate(() => ('seen' in window ? window.seen : [])))
}

/** Waits until an event was noted. */
export async function awaitEvent(page: Page, name: string): Promise<void> {
  await page.waitForFunction(
    (wanted) => 'seen' in window && Array.isArray(window.seen) && window.seen.some((each) => each.name === wanted),
    name,
  )
}

/** What an operator has to know to sign in. */
export interface SandboxServer {
  url: string
  sandbox: { adminToken: string }
}

/** The dashboard in a tab of its own, signed in with the admin token. */
export async function openDashboard(context: BrowserContext, server: SandboxServer): Promise<Page> {
  const dashboard = await context.newPage()
  await dashboard.goto(`${server.url}/dashboard`)
  await dashboard.getByLabel('Admin token').fill(server.sandbox.adminToken)
  await dashboard.getByRole('button', { name: 'Sign in' }).click()
  await dashboard.locator('.pill[data-kind=live]').waitFor()
  return dashboard
}

/** A user's row in the dashboard's list. */
export function rowOf(dashboard: Page, userId: string): Locator {
  return dashboard.getByRole('row').filter({ hasText: userId })
}

const VerificationList = z.object({
  items: z.array(z.object({ id: z.string(), vendorId: z.string(), status: z.string(), userId: z.string().nullable() })),
})

export async function readVerifications(server: TestServer) {
  return VerificationList.parse(await server.ask('/api/verifications')).items
}

const Detail = z.object({
  status: z.string(),
  timeline: z.array(
    z.object({
      kind: z.string(),
      source: z.string(),
      event: z.string().optional(),
      status: z.string().optional(),
      deliveryId: z.string().optional(),
    }),
  ),
  provenance: z.record(z.string(), z.string()),
})

export async function readDetail(server: TestServer, id: string) {
  return Detail.parse(await server.ask(`/api/verifications/${id}`))
}

/** Waits until the user's verifications, newest first, stand so. */
export async function awaitStatus(server: TestServer, userId: string, statuses: readonly string[]): Promise<void> {
  const deadline = Date.now() + AWAIT_MS
  for (;;) {
    const all = await readVerifications(server)
    const found = all.filter((each) => each.userId === userId).map((each) => each.status)
    if (found.join() === statuses.join()) return
    if (Date.now() > deadline) throw new Error(`${userId} stands at [${found.join()}], awaited [${statuses.join()}]`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** As long as any step of a journey may take; and how often to look, ms. */
const AWAIT_MS = 10_000
const LOOK_EVERY_MS = 50
