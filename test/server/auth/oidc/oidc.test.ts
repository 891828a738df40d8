import assert from 'node:assert/strict'
import { beforeEach, describe, it } from 'node:test'
import { type CookieBrowser, createCookieBrowser } from '../../../helpers/cookie-browser.ts'
import { CLIENT, signInAtProvider, startOpenIdProvider } from '../../../helpers/openid-provider.ts'
import { startSandboxServer } from '../../../helpers/server.ts'

describe('sign-in by OpenID Connect', async () => {
  let clock = 0
  const provider = await startOpenIdProvider()
  const server = await startSandboxServer(
    {
      OIDC_ISSUER: provider.issuer,
      OIDC_CLIENT_ID: CLIENT.id,
      OIDC_CLIENT_SECRET: CLIENT.secret,
      OIDC_ADMINS: 'Ada@example.com',
      OIDC_VIEWERS: 'group:support',
    },
    { now: () => Date.now() + clock },
  )
  beforeEach(() => {
    clock = 0
    provider.serve(server.url)
  })

  const visitProvider = (browser: CookieBrowser, login: string, change?: (url: URL) => void) =>
    signInAtProvider(browser, { server: server.url, provider: provider.issuer, login, change })

  /** Where the callback leads: `/dashboard`, or why not. */
  async function comeBack(browser: CookieBrowser, callback: URL): Promise<string> {
    const response = await browser.sendFromElsewhere(callback.href)
    const { pathname, search } = new URL(response.headers.get('location') ?? '', server.url)
    assert.deepEqual([response.status, pathname], [303, '/dashboard'])
    assert.equal(response.headers.get('referrer-policy'), 'no-referrer')
    assert.equal(response.headers.get('cache-control'), 'no-store')
    return search
  }

  async function whoIs(browser: CookieBrowser): Promise<string> {
    const response = await browser.send(`${server.url}/api/session`)
    if (!response.ok) return String(response.status)
    const { operator, role }: { operator: string; role: string } = JSON.parse(await response.text())
    return `${operator} ${role}`
  }

  it('gives each the role that the rules name, and keeps who is in none out', async () => {
    const outcomes: [login: string, search: string, who: string][] = [
      ['ada', '', 'ada@example.com admin'],
      ['ben', '', 'ben@example.org viewer'],
      ['eve', '?sign-in=refused', '401'],
      ['mallory', '?sign-in=refused', '401'],
    ]
    for (const [login, search, who] of outcomes) {
      const browser = createCookieBrowser()
      assert.equal(await comeBack(browser, await visitProvider(browser, login)), search, login)
      assert.equal(await whoIs(browser), who)
    }
    const seen = new Set<string>()
    const { items } = JSON.parse(JSON.stringify(await server.ask('/api/audit')))
    for (const { action, operator, detail } of items) seen.add(`${action} ${operator} ${detail.role ?? detail.way}`)
    assert.deepEqual(
      [...seen],
      ['sign_in_refused null openid', 'signed_in ben@example.org viewer', 'signed_in ada@example.com admin'],
    )
    for (const secret of ['example.net', CLIENT.secret, 'code=']) assert.ok(!server.readLog().includes(secret), secret)
  })

  it('asks for a code with PKCE, state and nonce, new ones each time, for exactly its own address', async () => {
    const ask = async () => {
      const { response } = await createCookieBrowser().walk(`${server.url}/api/session/oidc`, () => true)
      return new URL(response.headers.get('location') ?? '').searchParams
    }
    const [one, other] = [await ask(), await ask()]
    assert.equal(one.get('response_type'), 'code')
    assert.equal(one.get('redirect_uri'), `${server.url}/api/session/oidc/callback`)
    assert.equal(one.get('code_challenge_method'), 'S256')
    for (const name of ['state', 'nonce', 'code_challenge']) {
      assert.match(one.get(name) ?? '', /^[\w-]{43}$/)
      assert.notEqual(one.get(name), other.get(name))
    }
  })

  it('lets the session cookie go nowhere else, and the other one no further than the way back', async () => {
    const browser = createCookieBrowser()
    const begun = await browser.send(`${server.url}/api/session/oidc`)
    const [waiting = ''] = begun.headers.getSetCookie()
    assert.match(
      waiting,
      /^__Host-seon-verify-sign-in=[\w-]{43}; Max-Age=600; Path=\/; .*HttpOnly; Secure; SameSite=Lax$/,
    )
    const response = await browser.send((await visitProvider(browser, 'ada')).href)
    const [session = ''] = response.headers.getSetCookie()
    assert.match(session, /^__Host-seon-verify=[\w-]{43}; Path=\/; Expires=.*; HttpOnly; Secure; SameSite=Strict$/)
  })

  it('begins where it will end: whoever typed localhost goes on at the public address', async () => {
    const typed = server.url.replace('127.0.0.1', 'localhost')
    const { response } = await createCookieBrowser().walk(`${typed}/api/session/oidc`, () => true)
    assert.equal(response.headers.get('location'), `${server.url}/api/session/oidc`)
    const browser = createCookieBrowser()
    const { url } = await browser.walk(`${typed}/api/session/oidc`, (to) => to.origin === provider.issuer)
    assert.equal(url.searchParams.get('redirect_uri'), `${server.url}/api/session/oidc/callback`)
  })

  const meddled: [name: string, change: (callback: URL) => void, search: string][] = [
    ['another state', ({ searchParams }) => searchParams.set('state', 'x'.repeat(43)), 'expired'],
    ['no state', ({ searchParams }) => searchParams.delete('state'), 'expired'],
    ['two states', ({ searchParams }) => searchParams.append('state', 'y'), 'expired'],
    ['another code', ({ searchParams }) => searchParams.set('code', 'x'.repeat(43)), 'expired'],
    ['no code', ({ searchParams }) => searchParams.delete('code'), 'failed'],
    ['another provider’s answer', ({ searchParams }) => searchParams.set('iss', 'https://evil.example'), 'failed'],
    ['nobody’s answer', ({ searchParams }) => searchParams.delete('iss'), 'failed'],
    [
      'a refusal of the provider’s',
      ({ searchParams }) => (searchParams.delete('code'), searchParams.set('error', 'access_denied')),
      'cancelled',
    ],
    [
      'an error of the provider’s',
      ({ searchParams }) => (searchParams.delete('code'), searchParams.set('error', 'server_error')),
      'failed',
    ],
  ]
  for (const [name, change, reason] of meddled) {
    it(`signs nobody in on ${name}`, async () => {
      const browser = createCookieBrowser()
      const callback = await visitProvider(browser, 'ada')
      change(callback)
      assert.equal(await comeBack(browser, callback), `?sign-in=${reason}`)
      assert.equal(await whoIs(browser), '401')
    })
  }

  const meddledBefore: [name: string, change: (url: URL) => void, reason: string][] = [
    ['an ID token for another nonce', ({ searchParams }) => searchParams.set('nonce', 'another'), 'failed'],
    [
      'a code for another verifier',
      ({ searchParams }) => searchParams.set('code_challenge', 'x'.repeat(43)),
      'expired',
    ],
  ]
  for (const [name, change, reason] of meddledBefore) {
    it(`signs nobody in on ${name}`, async () => {
      const browser = createCookieBrowser()
      assert.equal(await comeBack(browser, await visitProvider(browser, 'ada', change)), `?sign-in=${reason}`)
      assert.equal(await whoIs(browser), '401')
    })
  }

  it('takes an answer once, from the browser that asked, within ten minutes', async () => {
    const browser = createCookieBrowser()
    const callback = await visitProvider(browser, 'ada')
    const thief = createCookieBrowser()
    assert.equal(await comeBack(thief, callback), '?sign-in=expired')
    await thief.send(`${server.url}/api/session/oidc`)
    assert.equal(await comeBack(thief, callback), '?sign-in=expired')
    assert.equal(await whoIs(thief), '401')
    assert.equal(await comeBack(browser, callback), '')
    assert.equal(await comeBack(browser, callback), '?sign-in=expired')

    const late = createCookieBrowser()
    const waiting = await visitProvider(late, 'ada')
    clock = 10 * 60_000
    assert.equal(await comeBack(late, waiting), '?sign-in=expired')
  })

  it('does not take one sign-in’s code for another’s', async () => {
    const [one, other] = [createCookieBrowser(), createCookieBrowser()]
    const [mine, theirs] = [await visitProvider(one, 'ada'), await visitProvider(other, 'ben')]
    theirs.searchParams.set('code', mine.searchParams.get('code') ?? '')
    assert.equal(await comeBack(other, theirs), '?sign-in=expired')
    assert.equal(await whoIs(other), '401')
  })

  it('lets a browser’s tabs sign in side by side', async () => {
    const browser = createCookieBrowser()
    const [one, other] = [await visitProvider(browser, 'ada'), await visitProvider(browser, 'ada')]
    assert.equal(await comeBack(browser, one), '')
    assert.equal(await comeBack(browser, other), '')
  })

  it('ends the session that the browser had, and no other', async () => {
    const [browser, other] = [createCookieBrowser(), createCookieBrowser()]
    for (const each of [browser, other]) await comeBack(each, await visitProvider(each, 'ada'))
    const old = { headers: { cookie: browser.cookies(server.url) } }
    await comeBack(browser, await visitProvider(browser, 'ada'))
    assert.equal((await fetch(`${server.url}/api/session`, old)).status, 401)
    for (const each of [browser, other]) assert.equal(await whoIs(each), 'ada@example.com admin')
  })

  it('says where to sign out at the provider, too', async () => {
    const browser = createCookieBrowser()
    await comeBack(browser, await visitProvider(browser, 'ada'))
    const response = await browser.send(`${server.url}/api/session`, {
      method: 'DELETE',
      headers: { origin: server.url },
    })
    const { signOutUrl }: { signOutUrl: string } = JSON.parse(await response.text())
    const { origin, searchParams } = new URL(signOutUrl)
    assert.equal(origin, provider.issuer)
    assert.equal(searchParams.get('post_logout_redirect_uri'), `${server.url}/dashboard`)
    assert.equal(await whoIs(browser), '401')
    const asked = await browser.walk(signOutUrl)
    assert.equal(asked.response.status, 200)
    assert.match(await asked.response.text(), /sign-out|logout/i)
  })

  it('starts without its provider, says that it is away, and finds it once it is back', async () => {
    provider.stop()
    const config = { OIDC_ISSUER: provider.issuer, OIDC_CLIENT_ID: CLIENT.id, OIDC_CLIENT_SECRET: CLIENT.secret }
    const early = await startSandboxServer({ ...config, OIDC_VIEWERS: '@example.com' })
    const begin = async () => {
      const response = await fetch(`${early.url}/api/session/oidc`, { redirect: 'manual' })
      return new URL(response.headers.get('location') ?? '', early.url)
    }
    assert.equal((await begin()).search, '?sign-in=unreachable')
    assert.deepEqual(await (await fetch(`${early.url}/api/session/ways`)).json(), {
      provider: new URL(provider.issuer).host,
    })
    provider.serve(server.url)
    assert.equal((await begin()).origin, provider.issuer)
  })

  it('says that the provider is away where it goes while somebody is there', async () => {
    const browser = createCookieBrowser()
    const callback = await visitProvider(browser, 'ada')
    provider.stop()
    assert.equal(await comeBack(browser, callback), '?sign-in=unreachable')
    assert.equal(await whoIs(browser), '401')
  })

  it('is led to by people, not by pictures on a page', async () => {
    const response = await fetch(`${server.url}/api/session/oidc`, {
      headers: { 'sec-fetch-dest': 'image' },
      redirect: 'manual',
    })
    assert.deepEqual([response.status, response.headers.get('set-cookie')], [403, null])
  })

  it('is not there where it is not set up', async () => {
    const without = await startSandboxServer()
    const at = (path: string) => fetch(`${without.url}${path}`, { redirect: 'manual' })
    assert.deepEqual(await (await at('/api/session/ways')).json(), { provider: null })
    for (const path of ['/api/session/oidc', '/api/session/oidc/callback?code=x&state=y']) {
      const response = await at(path)
      assert.equal(response.status, 303)
      assert.match(response.headers.get('location') ?? '', /^\/dashboard\?sign-in=(failed|expired)$/)
    }
  })
})
