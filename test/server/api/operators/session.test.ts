import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { startSandboxServer } from '../../../helpers/server.ts'

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

describe('/api/session', async () => {
  const server = await startSandboxServer()
  const { adminToken, signInUrl } = server.sandbox

  function signIn(token: unknown, headers: Record<string, string> = {}, to = server.url): Promise<Response> {
    return fetch(`${to}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: to, 'user-agent': FIREFOX, ...headers },
      body: JSON.stringify({ token }),
    })
  }
  const cookieOf = (response: Response) => response.headers.get('set-cookie')?.split(';')[0] ?? ''
  const whoIs = async (cookie: string, at = server.url) =>
    (await fetch(`${at}/api/session`, { headers: { cookie } })).status

  it('trades the admin token for a cookie that scripts and other sites never see', async () => {
    const response = await signIn(adminToken)
    assert.equal(response.status, 204)
    assert.match(
      response.headers.get('set-cookie') ?? '',
      /^__Host-seon-verify=[\w-]{43}; Path=\/; Expires=[^;]+; HttpOnly; Secure; SameSite=Strict$/,
    )
    const session = await fetch(`${server.url}/api/session`, { headers: { cookie: cookieOf(response) } })
    assert.deepEqual(await session.json(), {
      operator: 'administrator',
      role: 'admin',
      environment: 'sandbox',
      warnings: [],
      workflows: [{ id: '00000000-0000-4000-8000-000000000001', name: null }],
    })
    assert.equal(session.headers.get('cache-control'), 'no-store')
  })

  it('knows the device again by browser and system, and keeps no more of it', async () => {
    const cookie = cookieOf(await signIn(adminToken))
    const listed = await (await fetch(`${server.url}/api/sessions`, { headers: { cookie } })).text()
    assert.match(listed, /"device":"Firefox, Linux"/)
    assert.ok(!listed.includes('Gecko'))
  })

  it('leaves no session behind in a browser that signs in again', async () => {
    const first = cookieOf(await signIn(adminToken))
    const second = cookieOf(await signIn(adminToken, { cookie: first }))
    assert.notEqual(second, first)
    assert.deepEqual([await whoIs(first), await whoIs(second)], [401, 200])
  })

  it('is no door for other pages, whatever they know', async () => {
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      const response = await signIn(adminToken, headers)
      assert.deepEqual([response.status, response.headers.get('set-cookie')], [403, null], JSON.stringify(headers))
    }
    assert.equal((await signIn(adminToken, { 'content-type': 'text/plain' })).status, 415)
    const cookie = cookieOf(await signIn(adminToken))
    const end = (origin: string) =>
      fetch(`${server.url}/api/session`, { method: 'DELETE', headers: { cookie, origin } })
    assert.equal((await end('https://evil.example')).status, 403)
    assert.equal(await whoIs(cookie), 200)
    assert.equal((await end(server.url)).status, 204)
    assert.equal(await whoIs(cookie), 401)
  })

  it('lets whoever started the sandbox in by its link, once', async () => {
    const follow = () => fetch(signInUrl, { redirect: 'manual' })
    const first = await follow()
    assert.deepEqual([first.status, first.headers.get('location')], [303, '/dashboard'])
    assert.equal(await whoIs(cookieOf(first)), 200)
    const second = await follow()
    assert.deepEqual([second.status, second.headers.get('location')], [303, '/dashboard?sign-in=link_used'])
    assert.equal(cookieOf(second), '')
  })

  it('records who came in, and how', async () => {
    const text = JSON.stringify(await server.ask('/api/audit?action=signed_in'))
    assert.match(text, /"operator":"administrator"/)
    for (const way of ['token', 'link']) assert.match(text, new RegExp(`"way":"${way}"`))
    assert.ok(!text.includes(adminToken))
  })

  it('refuses wrong tokens, and after ten of them to listen', async () => {
    const other = await startSandboxServer()
    // What other sites' pages make a browser send are nobody's tries.
    for (let each = 0; each < 12; each++) {
      assert.equal((await signIn('wrong', { origin: 'https://evil.example' }, other.url)).status, 403)
    }
    const wrong = [undefined, '', 'wrong', `${other.sandbox.adminToken}x`, other.sandbox.adminToken.slice(1), ['x'], 7]
    for (const token of wrong) {
      const response = await signIn(token, {}, other.url)
      assert.ok([400, 401].includes(response.status), String(token))
      assert.equal(response.headers.get('set-cookie'), null)
    }
    for (let each = wrong.length; each < 10; each++) assert.equal((await signIn('wrong', {}, other.url)).status, 401)
    assert.match(
      JSON.stringify(await other.ask('/api/audit?action=sign_in_refused')),
      /^\{"items":\[\{[^{}]*"operator":null,[^{}]*"detail":\{"way":"token","times":6\}\}\],"next":null\}$/,
    )
    const late = await signIn(other.sandbox.adminToken, {}, other.url)
    assert.deepEqual([late.status, late.headers.get('retry-after')], [429, '900'])
    assert.equal(late.headers.get('set-cookie'), null)
  })
})
