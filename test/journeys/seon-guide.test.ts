import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer, type TestServer } from '../helpers/server.ts'
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
      const url = new URL(route.request().url())
      if (url.pathname === '/guide') return route.fulfill({ contentType: 'text/html', body: GUIDE_PAGE })
      if (url.pathname === '/sdk.js') return route.fulfill({ contentType: 'text/javascript', body: await readSdk() })
      if (url.hostname.endsWith('.seon.io')) return route.fulfill(await fromSandbox(server, route.request()))
      if (url.hostname !== '127.0.0.1' && url.protocol.startsWith('http')) elsewhere.push(url.origin)
      return route.continue()
    })
    await page.goto(`${server.url}/guide`)
    await page.getByRole('button', { name: 'Verify' }).click()
    await walkFlow(flowFrame(page), 'approved')
    await awaitStatus(server, 'hedy-4', ['approved'])
    assert.deepEqual(elsewhere, [])
    await context.close()
  })
})

function readSdk(): Promise<string> {
  return readFile(new URL('../../node_modules/@seontechnologies/seon-orchestration/index.es.js', import.meta.url), 'utf8')
}

/** Both of SEON's hosts are played by the sandbox. */
async function fromSandbox(
  server: TestServer,
  request: { url(): string; method(): string; headers(): Record<string, string>; postData(): string | null },
) {
  const { pathname, search } = new URL(request.url())
  const body = request.postData()
  const response = await fetch(`${server.sandbox.url}${pathname}${search}`, {
    method: request.method(),
    headers: request.headers(),
    ...(body === null ? {} : { body }),
  })
  return {
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: Buffer.from(await response.arrayBuffer()),
  }
}
