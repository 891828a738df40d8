import assert from 'node:assert/strict'
import { request } from 'node:http'
import { json } from 'node:stream/consumers'
import { after, before, describe, it } from 'node:test'
import { type RunningSandbox, startSandbox } from './helpers/start-sandbox.ts'

describe('what the SDK calls', () => {
  let running: RunningSandbox
  before(async () => {
    running = await startSandbox()
  })
  after(() => running.close())

  /** `fetch` does not let a caller set `Host`. */
  function get(path: string, host: string): Promise<unknown> {
    const { promise, resolve, reject } = Promise.withResolvers<unknown>()
    request(`${running.url}${path}`, { headers: { host } }, (response) => resolve(json(response)))
      .on('error', reject)
      .end()
    return promise
  }

  it('names itself as the region of its tokens, by the name it was called', async () => {
    const { port } = new URL(running.url)
    assert.deepEqual(await get('/regions.json', `localhost:${port}`), {
      sandbox: { orchestration: `http://localhost:${port}` },
    })
    assert.deepEqual(await get('/regions.json', 'idv-transfer.seon.io'), { sandbox: { orchestration: running.url } })
  })

  it('lets every origin through the preflight and answers the page to open', async () => {
    const { token } = await running.startRun()
    const preflight = await fetch(`${running.url}/flow/client-init`, {
      method: 'OPTIONS',
      headers: { origin: 'https://shop.example', 'access-control-request-method': 'POST' },
    })
    assert.equal(preflight.status, 204)
    assert.equal(preflight.headers.get('access-control-allow-origin'), '*')
    assert.match(preflight.headers.get('access-control-allow-headers') ?? '', /authorization/)

    const init = await fetch(`${running.url}/flow/client-init`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ sdkTheme: undefined, language: 'de', platform: 'WEB' }),
    })
    const answer: unknown = await init.json()
    assert.ok(typeof answer === 'object' && answer !== null && 'targetUrl' in answer)
    const page = await fetch(String(answer.targetUrl))
    const html = await page.text()
    assert.match(html, /<html lang="de" dir="ltr">/)
    assert.match(html, /SANDBOX/)
    assert.ok(!html.includes(token))
    assert.equal(page.headers.get('x-frame-options'), null)
  })

  it('refuses a wrong token, and a page that nobody opened', async () => {
    for (const path of ['/flow/client-init', '/flow/device-hash'])
      for (const authorization of ['', 'Bearer sandbox:other', 'Basic x']) {
        const response = await fetch(running.url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization },
          body: '{"deviceHash":"x"}',
        })
        assert.equal(response.status, 401)
      }
    assert.equal((await fetch(`${running.url}/flow/nothing`)).status, 404)
    assert.equal((await fetch(`${running.url}/flow/nothing/begin`, { method: 'POST' })).status, 404)
  })
})
