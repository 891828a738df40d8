import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { after, describe, it } from 'node:test'
import express from 'express'
import { useBrowser } from '../helpers/browser.ts'
import { forward } from '../helpers/forward.ts'
import { listen, stop } from '../helpers/listen.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { awaitStatus, flowFrame, walkFlow } from './steps.ts'

/** A page as SEON's guide has it: fetch the token from the same origin, hand it to the SDK. No word of ours in it. */
const GUIDE_PAGE = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Guide</title>
<button id="verify">Verify</button>
<script type="module">
  import { SeonOrchestration } from '/sdk.js'
  const response = fetch('/api/init-verification', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ userId: 'hedy-4', email: 'hedy@example.com', phoneNumber: '+36 20 123 4567' }),
  })
  document.querySelector('#verify').addEventListener('click', async () => {
    const { token } = await (await response).json()
    await SeonOrchestration.start({ token })
  })
</script></html>`

describe('the snippet of the guide that SEON gives its customers', () => {
  const newContext = useBrowser()

  it('works unchanged against this server; every request stays on this machine', async () => {
    const server = await startSandboxServer()
    const context = await newContext()
    const page = await context.newPage()
    const elsewhere: string[] = []
    await page.route('**/*', async (route) => {
      const request = route.request()
      const url = new URL(request.url())
      // Both of SEON's hosts are played by the sandbox.
      if (url.hostname.endsWith('.seon.io')) {
        return route.fulfill(await forward(`${server.sandbox.url}${url.pathname}`, request))
      }
      if (url.hostname !== '127.0.0.1' && url.protocol.startsWith('http')) elsewhere.push(url.origin)
      return route.continue()
    })
    await page.goto(await startGuideSite(server.url))
    await page.getByRole('button', { name: 'Verify' }).click()
    await walkFlow(flowFrame(page), 'approved')
    await awaitStatus(server, 'hedy-4', ['approved'])
    assert.deepEqual(elsewhere, [])
  })
})

/** The site of somebody who followed the guide: page and SDK are theirs, `/api` is passed on to this server. */
async function startGuideSite(api: string): Promise<string> {
  const site = express()
  site.get('/', (_request, response) => response.type('html').send(GUIDE_PAGE))
  site.get('/sdk.js', async (_request, response) => response.type('js').send(await readFile(SDK)))
  site.post('/api/init-verification', express.text({ type: () => true }), async (request, response) => {
    const { status, body } = await forward(`${api}/api/init-verification`, {
      method: () => 'POST',
      headers: () => ({ 'content-type': request.get('content-type') ?? '' }),
      postData: () => String(request.body),
    })
    response.status(status).type('json').send(body)
  })
  const server = createServer(site)
  after(() => stop(server))
  return listen(server)
}

const SDK = new URL('../../node_modules/@seontechnologies/seon-orchestration/index.es.js', import.meta.url)
