import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { SignJWT } from 'jose'
import { readConfig } from '../../server/config/config.ts'
import { createLog } from '../../server/log.ts'
import { createSandbox } from '../../server/sandbox/sandbox.ts'
import { startServer } from '../../server/server.ts'
import { useBrowser } from '../helpers/browser.ts'
import { forward } from '../helpers/forward.ts'
import { listen, stop } from '../helpers/listen.ts'
import { startSite } from '../helpers/site.ts'
import {
  awaitEvent,
  flowFrame,
  followEvents,
  openDashboard,
  readEvents,
  rowOf,
  verifyButton,
  walkFlow,
} from './steps.ts'

const WORKFLOW_ID = '6f1f7a5e-0f6c-4c53-9a55-1a2f1b9f7c01'
const USER_TOKEN_SECRET = 'a-secret-that-only-tests-know-32-characters'
const ADMIN_TOKEN = 'an-admin-token-that-only-tests-know'

/** A server with an account at a vendor: SEON's API is played by a sandbox that the server knows nothing of. */
async function startLive() {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-live-'))
  let url = ''
  const sandbox = createSandbox({
    webhookBase: () => url,
    apiKey: 'live-key',
    workflows: [{ id: WORKFLOW_ID, name: 'Onboarding' }],
    secrets: { seon: 'live-webhook-secret', fraudLicenseKey: 'x', incodeClientId: 'x', incodeClientSecret: 'x' },
  })
  const seon = createServer(sandbox.app)
  const seonUrl = await listen(seon)
  // Its port must be known beforehand, as PUBLIC_URL says it.
  const taken = createServer()
  const publicUrl = await listen(taken)
  await stop(taken)

  const pages: Record<string, string> = {}
  const site = await startSite(pages)
  const config = readConfig({
    PORT: new URL(publicUrl).port,
    HOST: '127.0.0.1',
    PUBLIC_URL: publicUrl,
    DATABASE_URL: `sqlite:${join(folder, 'live.db')}`,
    SEON_API_KEY: 'live-key',
    SEON_BASE_URL: `${seonUrl}/orchestration-api`,
    WORKFLOW_ID,
    SEON_WEBHOOK_SECRET: 'live-webhook-secret',
    ADMIN_TOKEN,
    ALLOWED_ORIGINS: site,
    USER_TOKEN_SECRET,
  })
  const server = await startServer({ config, log: createLog('silent') })
  url = server.url
  after(async () => {
    await sandbox.close()
    await server.close()
    await stop(seon)
    await rm(folder, { recursive: true, force: true })
  })
  return { server, seonUrl, site, pages }
}

function signUserToken(userId: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience('seon-verify')
    .setJti(randomUUID())
    .setExpirationTime('5 min')
    .sign(new TextEncoder().encode(USER_TOKEN_SECRET))
}

describe('live', () => {
  const newContext = useBrowser({ whole: true })

  it('takes the same path to SEON: user token, SEON’s own hosts, no word of a sandbox', async () => {
    const { server, seonUrl, site, pages } = await startLive()
    assert.equal(server.sandbox, null)
    pages['/'] = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Open an account</title>
      <script type="module" src="${server.url}/seon-verify.js"></script><seon-verify user-id="rosa-5"></seon-verify>`
    const context = await newContext()
    const seonHosts = new Set<string>()
    await context.route(/^https:\/\/[^/]*\.seon\.io\//, async (route) => {
      const { hostname, pathname } = new URL(route.request().url())
      seonHosts.add(hostname)
      await route.fulfill(await forward(`${seonUrl}${pathname}`, route.request()))
    })
    const dashboard = await openDashboard(context, { url: server.url, sandbox: { adminToken: ADMIN_TOKEN } })
    await dashboard.getByText('Live', { exact: true }).first().waitFor()

    const page = await context.newPage()
    await page.goto(site)
    await followEvents(page)
    // Nobody's word but the back end's says who is verified.
    await verifyButton(page).click()
    await awaitEvent(page, 'error')
    const refusal = (await readEvents(page)).find((event) => event.name === 'error')
    assert.deepEqual(refusal?.detail, { code: 'user_token_missing' })

    const token = await signUserToken('rosa-5')
    await page.locator('seon-verify').evaluate((element, value) => element.setAttribute('user-token', value), token)
    const answer = page.waitForResponse(
      (response) => response.url().endsWith('/api/init-verification') && response.ok(),
    )
    await verifyButton(page).click()
    const body: unknown = await (await answer).json()
    assert.deepEqual(Object.keys(Object(body)).toSorted(), ['statusToken', 'token'])
    await walkFlow(flowFrame(page), 'approved')
    await page.locator('seon-verify').getByText('Your identity is confirmed').waitFor()
    await rowOf(dashboard, 'rosa-5').getByText('Approved').waitFor()
    assert.ok(seonHosts.has('idv-transfer.seon.io'), 'the SDK asked SEON itself')
  })

  it('a page of another origin gets nothing', async () => {
    const { server } = await startLive()
    const foreign = await startSite({
      '/': `<!doctype html><html lang="en"><meta charset="utf-8"><title>Elsewhere</title>
        <script type="module" src="${server.url}/seon-verify.js"></script>
        <seon-verify user-id="rosa-5" user-token="${await signUserToken('rosa-5')}"></seon-verify>`,
    })
    const context = await newContext()
    const page = await context.newPage()
    await page.goto(foreign)
    await followEvents(page)
    await verifyButton(page).click()
    await awaitEvent(page, 'error')
    const list = await fetch(`${server.url}/api/verifications`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
    assert.deepEqual(await list.json(), { items: [], next: null })
  })
})
