import assert from 'node:assert/strict'
import { readdir } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { readIntegrity, renderPinnedScript } from '../../client/integrity.ts'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'
import { awaitEvent, flowFrame, followEvents, verifyButton } from './steps.ts'

const dist = fileURLToPath(new URL('../../dist', import.meta.url))
const server = await startSandboxServer()
await server.control('/settings', { webhookDelayMs: 0 })

const page = (script: string) =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Pinned</title>${script}<seon-verify user-id="ada-1"></seon-verify></html>`

const pinned = renderPinnedScript(server.url, await readIntegrity(dist))
const site = await startSite({
  '/pinned': page(pinned),
  '/loose': page(`<script type="module" src="${server.url}/seon-verify.js"></script>`),
})

/** Somebody has got at a file on its way to the visitor. */
function tamper(visited: Page, file: RegExp): Promise<unknown> {
  return visited.route(file, async (route) => {
    const response = await route.fetch()
    await route.fulfill({ response, body: `window.tampered = true;${await response.text()}` })
  })
}

const isTampered = (visited: Page) => visited.evaluate(() => 'tampered' in window)

describe('a page that pins the element’s files', () => {
  const newContext = useBrowser()

  it('finds the hashes of all of them beside the script, from any origin', async () => {
    const response = await fetch(`${server.url}/seon-verify.integrity.json`)
    assert.equal(response.headers.get('access-control-allow-origin'), '*')
    const served = z.record(z.string(), z.string()).parse(await response.json())
    assert.deepEqual(served, await readIntegrity(dist))
    const chunks = (await readdir(`${dist}/chunks`)).map((name) => `chunks/${name}`)
    assert.deepEqual(Object.keys(served).toSorted(), [...chunks, 'seon-verify.classic.js', 'seon-verify.js'].toSorted())
  })

  it('works as long as no byte is another', async () => {
    const visited = await (await newContext()).newPage()
    await visited.goto(`${site}/pinned`)
    await verifyButton(visited).click()
    const flow = flowFrame(visited)
    await flow.getByTestId('skip').locator('visible=true').click()
    await flow.getByTestId('end-declined').click()
    await visited.getByText('We could not confirm your identity').waitFor()
  })

  for (const file of ['attempt-run', 'orchestration']) {
    it(`runs nothing of a file that is fetched later and was tampered with (${file})`, async () => {
      const tampered = new RegExp(`/chunks/${file}-`)
      const visited = await (await newContext()).newPage()
      await tamper(visited, tampered)
      await visited.goto(`${site}/pinned`)
      await followEvents(visited)
      await verifyButton(visited).click()
      await awaitEvent(visited, 'error')
      assert.equal(await isTampered(visited), false)

      await visited.goto(`${site}/loose`)
      await verifyButton(visited).click()
      await visited.waitForFunction(() => 'tampered' in window)
    })
  }

  it('runs nothing of a script that was tampered with', async () => {
    const visited = await (await newContext()).newPage()
    await tamper(visited, /\/seon-verify\.js$/)
    const refused = visited.waitForEvent('console', (message) => message.text().includes('integrity'))
    await visited.goto(`${site}/pinned`)
    await refused
    assert.equal(await isTampered(visited), false)
  })
})
