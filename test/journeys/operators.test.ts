import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import type { BrowserContext, Page } from 'playwright-core'
import { useBrowser } from '../helpers/browser.ts'
import { CLIENT, startOpenIdProvider } from '../helpers/openid-provider.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { ask } from '../helpers/visitor.ts'
import { rowOf } from './steps.ts'

/** An invented visitor whose id names a person. */
const VISITOR = 'noor.visitor@example.net'
const MASKED = 'n•••@e•••'

describe('operators', async () => {
  const newContext = useBrowser()
  const provider = await startOpenIdProvider()
  const server = await startSandboxServer({
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_ADMINS: 'ada@example.com',
    OIDC_VIEWERS: 'group:support',
  })
  const door = new RegExp(`Sign in with ${new URL(provider.issuer).host}`)
  beforeEach(() => provider.serve(server.url))

  /** From the dashboard's door through the provider's own pages. */
  async function enter(context: BrowserContext, login: string, view = 'verifications'): Promise<Page> {
    const page = await context.newPage()
    await page.goto(`${server.url}/dashboard?view=${view}`)
    await page.getByRole('link', { name: door }).click()
    await page.locator('[name=login]').fill(login)
    await page.locator('[name=password]').fill('any')
    await page.locator('[type=submit]').click()
    await page.getByRole('button', { name: 'Continue' }).click()
    await page.waitForURL(`${server.url}/dashboard**`)
    return page
  }

  /** Everything that the server says to these pages, but for the answers to reveals. */
  function listen(context: BrowserContext, heard: string[]): void {
    context.on('response', (response) => {
      if (!response.url().includes('/api/') || response.url().endsWith('/api/reveals')) return
      // A page that has gone on meanwhile keeps no bodies.
      response.text().then(
        (text) => heard.push(text),
        () => undefined,
      )
    })
    context.on('page', (page) => {
      page.on('websocket', (socket) => socket.on('framereceived', ({ payload }) => heard.push(String(payload))))
    })
  }

  const open = async (page: Page, view: string) => {
    await page.getByRole('link', { name: view, exact: true }).click()
    await page.getByRole('heading', { level: 1, name: view }).waitFor()
  }

  it('reveal on the record if they are admins; nothing that is masked reaches their pages otherwise', async () => {
    const started = await ask(server, '/api/init-verification', { userId: VISITOR })
    assert.ok(started)

    const heard: string[] = []
    const viewers = await newContext({ viewport: { width: 1440, height: 900 } })
    listen(viewers, heard)
    const ben = await enter(viewers, 'ben')
    await open(ben, 'Verifications')
    await rowOf(ben, MASKED).click()
    const benFacts = ben.locator('sv-verification-facts')
    await benFacts.getByText(MASKED).waitFor()
    assert.equal(await benFacts.getByRole('button', { name: 'Show' }).count(), 0)

    const admins = await newContext({ viewport: { width: 1440, height: 900 } })
    const heardUnasked: string[] = []
    listen(admins, heardUnasked)
    const ada = await enter(admins, 'ada')
    await open(ada, 'Verifications')
    await rowOf(ada, MASKED).click()
    const facts = ada.locator('sv-verification-facts')
    await facts.getByText(MASKED).waitFor()
    const recorded = ada.waitForResponse((response) => response.url().endsWith('/api/reveals'))
    await facts.getByRole('button', { name: 'Show' }).click()
    await facts.getByText(VISITOR).waitFor()
    assert.equal((await recorded).status(), 200)
    await facts.getByRole('button', { name: 'Hide' }).click()
    await facts.getByText(MASKED).waitFor()

    await open(ada, 'Operators')
    await ada.getByRole('listitem').filter({ hasText: 'Revealed a user id' }).waitFor()
    await ada.getByText('ben@example.org').first().waitFor()
    assert.equal(await ada.getByText(VISITOR).count(), 0)

    await open(ben, 'Operators')
    await ben.getByText('Only admins see what operators did.').waitFor()
    assert.equal(await ben.getByText('ada@example.com').count(), 0)
    for (const texts of [heard, heardUnasked]) {
      assert.ok(texts.some((text) => text.includes(MASKED)))
      assert.ok(!texts.some((text) => text.includes(VISITOR)))
    }
  })

  it('see the door within a second once an admin has ended their session', async () => {
    const ben = await enter(await newContext(), 'ben')
    await ben.locator('.pill[data-kind=live]').waitFor()
    const ada = await enter(await newContext({ viewport: { width: 1440, height: 900 } }), 'ada', 'operators')
    await open(ada, 'Operators')
    const session = ada.getByRole('listitem').filter({ hasText: 'ben@example.org' }).first()
    await session.getByRole('button', { name: /^End the session of ben@example.org/ }).click()
    const gone = ben.getByText('Your session has ended').waitFor()
    await ada.getByRole('button', { name: 'End it now' }).click()
    await ada.getByText('The session was ended.').waitFor()
    const ended = Date.now()
    await gone
    assert.ok(Date.now() - ended < 1000, `${Date.now() - ended} ms`)
    await ada.getByRole('listitem').filter({ hasText: 'Ended a session' }).waitFor()
  })

  it('are told in words when they may not come in, and when the provider is away', async () => {
    const stranger = await enter(await newContext(), 'eve')
    await stranger.getByText('nobody has given you access').waitFor()
    assert.equal(new URL(stranger.url()).search, '')
    provider.stop()
    const early = await startSandboxServer({
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_ADMINS: 'ada@example.com',
    })
    await stranger.goto(`${early.url}/dashboard`)
    await stranger.getByRole('link', { name: door }).click()
    await stranger.getByText('does not answer').waitFor()
    await stranger.getByText('Use the admin token instead').click()
    await stranger.getByLabel('Admin token').fill(early.sandbox.adminToken)
    await stranger.getByRole('button', { name: 'Sign in', exact: true }).click()
    await stranger.locator('.pill[data-kind=live]').waitFor()
  })

  it('are signed out at the provider, too', async () => {
    const ada = await enter(await newContext({ viewport: { width: 1440, height: 900 } }), 'ada')
    await ada.getByRole('button', { name: 'Settings and sign out' }).click()
    await ada.getByRole('button', { name: 'Sign out', exact: true }).click()
    await ada.waitForURL(`${provider.issuer}/**`)
    await ada.getByRole('button', { name: /yes/i }).click()
    await ada.waitForURL(`${server.url}/dashboard`)
    await ada.getByRole('link', { name: door }).click()
    await ada.locator('[name=login]').waitFor()
  })
})
