import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer } from 'node:http'
import { after, describe, it } from 'node:test'
import express from 'express'
import { requireVerified } from '../../../server/receipts/require-verified.ts'
import { listen, stop } from '../../helpers/listen.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { API_TOKEN, approve, decide, OTHER_SHOP, SHOP, takeReceipt } from '../../helpers/visitor.ts'

/** A site's back end: whoever is signed in (here: a header) opens an account with a form. */
async function startSite(options: { server: string; apiToken?: string; field?: string }): Promise<string> {
  const app = express()
  const opened = express.Router()
  opened.use(
    requireVerified({
      apiToken: API_TOKEN,
      userId: (request) => request.get('x-session-user') ?? '',
      // Any address of the page.
      origin: `${SHOP}/`,
      ...options,
    }),
    (_request, response) => response.json({ opened: response.locals['verification'].userId }),
  )
  app.use('/form', express.urlencoded({ extended: false }), opened)
  app.use('/json', express.json(), opened)
  app.use('/no-parser', opened)
  app.use(
    '/own-answer',
    express.urlencoded({ extended: false }),
    requireVerified({
      apiToken: API_TOKEN,
      userId: () => 'ada-1',
      origin: SHOP,
      onRefused: ({ error }, _request, response) => void response.status(422).send(`Please verify first (${error}).`),
      ...options,
    }),
  )
  app.use(((error, _request, response, _next) => {
    response.status(500).json({ error: error instanceof TypeError ? 'type' : 'other' })
  }) satisfies express.ErrorRequestHandler)
  const site = createServer(app)
  const url = await listen(site)
  after(() => stop(site))
  return url
}

// Outside of the suite: what a hook starts ends with the hook.
const server = await startSandboxServer({
  API_TOKEN,
  ALLOWED_ORIGINS: `${SHOP},${OTHER_SHOP}`,
  INIT_LIMITS: 'address=1000/m,user=1000/m',
})
const site = await startSite({ server: server.url })
const ada = await approve(server, 'ada-1')

describe('requireVerified', () => {
  async function post(url: string, fields: Record<string, string>, user = 'ada-1'): Promise<[number, unknown]> {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams(fields),
      headers: { 'x-session-user': user },
    })
    return [response.status, await response.json()]
  }
  const postForm = (fields: Record<string, string>, user?: string) => post(`${site}/form`, fields, user)

  it('lets a form with a receipt through, once', async () => {
    const receipt = await takeReceipt(server, ada)
    const form = { name: 'Ada Example', 'seon-verify': receipt }
    assert.deepEqual(await postForm(form), [200, { opened: 'ada-1' }])
    assert.deepEqual(await postForm(form), [409, { error: 'receipt_used' }])
  })

  it('reads JSON as well, and the field that the site names', async () => {
    const other = await startSite({ server: `${server.url}/`, field: 'identity' })
    const response = await fetch(`${other}/json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-session-user': 'ada-1' },
      body: JSON.stringify({ identity: await takeReceipt(server, ada) }),
    })
    assert.deepEqual([response.status, await response.json()], [200, { opened: 'ada-1' }])
  })

  it('refuses a form without the field, whatever stands there instead', async () => {
    const missing = [403, { error: 'receipt_missing' }]
    assert.deepEqual(await postForm({ name: 'Ada Example' }), missing)
    assert.deepEqual(await postForm({ 'seon-verify': '' }), missing)
    assert.deepEqual(await postForm({ 'seon-verify': 'x'.repeat(5000) }), missing)
    assert.deepEqual(await postForm({ 'seon-verify': 'approved' }), [400, { error: 'receipt_invalid' }])
    assert.deepEqual(await postForm({ 'seon-verify': ada }), [400, { error: 'receipt_invalid' }])
    assert.deepEqual(await post(`${site}/no-parser`, { 'seon-verify': await takeReceipt(server, ada) }), missing)
    const twice = await fetch(`${site}/form`, {
      method: 'POST',
      body: new URLSearchParams([
        ['seon-verify', await takeReceipt(server, ada)],
        ['seon-verify', await takeReceipt(server, ada)],
      ]),
      headers: { 'x-session-user': 'ada-1' },
    })
    assert.deepEqual([twice.status, await twice.json()], missing)
  })

  it('refuses another user’s receipt and another site’s', async () => {
    const receipt = await takeReceipt(server, ada)
    const mismatch = [403, { error: 'receipt_mismatch' }]
    assert.deepEqual(await postForm({ 'seon-verify': receipt }, 'mallory'), mismatch)
    assert.deepEqual(await postForm({ 'seon-verify': await takeReceipt(server, ada, OTHER_SHOP) }), mismatch)
    assert.deepEqual(await postForm({ 'seon-verify': receipt }), [200, { opened: 'ada-1' }])
  })

  it('says where a verification stands that was approved once', async () => {
    const receipt = await takeReceipt(server, await approve(server, 'taken-back'))
    await decide(server, 'taken-back', 'declined')
    const answer = await postForm({ 'seon-verify': receipt }, 'taken-back')
    assert.deepEqual(answer, [409, { error: 'receipt_revoked', status: 'declined' }])
  })

  it('lets the site answer in its own words', async () => {
    const response = await fetch(`${site}/own-answer`, { method: 'POST', body: new URLSearchParams() })
    assert.deepEqual([response.status, await response.text()], [422, 'Please verify first (receipt_missing).'])
  })

  it('lets nobody through where it cannot ask, or does not know for whom', async () => {
    const unavailable = [503, { error: 'unavailable' }]
    const form = { 'seon-verify': await takeReceipt(server, ada) }
    const gone = createServer()
    const nobody = await listen(gone)
    await stop(gone)
    const html = createServer((_request, response) => response.end('<p>200, says the proxy</p>'))
    const proxy = await listen(html)
    after(() => stop(html))
    const liar = createServer((_request, response) =>
      response.end('{"verification":{"status":"declined","userId":"ada-1"}}'),
    )
    const declined = await listen(liar)
    after(() => stop(liar))
    for (const options of [{ server: nobody }, { server: proxy }, { server: declined }]) {
      assert.deepEqual(await post(`${await startSite(options)}/form`, form), unavailable)
    }
    const wrongToken = await startSite({ server: server.url, apiToken: 'not-the-api-token' })
    const warned = once(process, 'warning')
    assert.deepEqual(await post(`${wrongToken}/form`, form), unavailable)
    assert.match(String((await warned)[0]), /\/api\/receipts\/redeem answered 401 unauthorized/)
    assert.deepEqual(await postForm(form, ''), [500, { error: 'type' }])
  })
})
