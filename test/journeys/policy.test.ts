import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { describePagePolicy, formatPolicy, type PagePolicyOptions } from '../../server/page-policy.ts'
import { useBrowser } from '../helpers/browser.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { startSite } from '../helpers/site.ts'
import { awaitEvent, flowFrame, followEvents, readEvents } from './steps.ts'

type Directives = Record<string, string[]>

const server = await startSandboxServer()
await server.control('/settings', { webhookDelayMs: 0, deviceHash: true })
const sandbox = server.sandbox.url
const sockets = server.url.replace(/^http/, 'ws')
const dns = 'https://*.seondnsresolve.com'
const own = { server: server.url, sockets, pages: sandbox } satisfies PagePolicyOptions

const NONCE = 'r4nd0mByTheServer'

/** Nothing is allowed but what is listed. */
const page = (userId: string, mode: string, directives: Directives) => {
  const policy = formatPolicy({ 'default-src': ["'none'"], 'base-uri': ["'none'"], ...directives })
  return `<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${policy}">
    <title>Strict</title><script type="module" nonce="${NONCE}" src="${server.url}/seon-verify.js"></script>
    <seon-verify user-id="${userId}" mode="${mode}"></seon-verify></html>`
}

/** All that works: the three ways to let scripts in, each with and without Trusted Types, and each mode. */
const ALLOWED: readonly [string, Omit<PagePolicyOptions, keyof typeof own>, string][] = [
  ['addresses', {}, 'fullscreen'],
  ['addresses and Trusted Types', { trustedTypes: true }, 'inline'],
  ['a nonce', { scripts: { nonce: NONCE } }, 'popup'],
  ['a nonce and Trusted Types', { scripts: { nonce: NONCE }, trustedTypes: true }, 'fullscreen'],
  ['a nonce that scripts pass on', { scripts: { nonce: NONCE, strictDynamic: true } }, 'inline'],
  [
    'a nonce that scripts pass on and Trusted Types',
    { scripts: { nonce: NONCE, strictDynamic: true }, trustedTypes: true },
    'popup',
  ],
]

/** What is missing; what the page is told of it: an error, or else words in the console, ours or the browser's. */
const FORBIDDEN: readonly [string, Directives, { code: string; directive: string } | RegExp][] = [
  [
    'the files beside the script',
    { 'script-src': [`${server.url}/seon-verify.js`] },
    { code: 'script_blocked', directive: 'script-src-elem' },
  ],
  ['our server', { 'connect-src': [sandbox, dns, sockets] }, { code: 'connect_blocked', directive: 'connect-src' }],
  [
    'SEON’s service',
    { 'connect-src': [server.url, sockets, dns] },
    { code: 'connect_blocked', directive: 'connect-src' },
  ],
  ['SEON’s page', { 'frame-src': [] }, { code: 'frame_blocked', directive: 'frame-src' }],
  ['sockets', { 'connect-src': [server.url, sandbox, dns] }, /\(connect-src\) keeps out ws:/],
  ['workers', { 'worker-src': [] }, /\(worker-src\) keeps out blob/],
  ['pictures in data', { 'img-src': [] }, /Loading the image 'data:[^]*img-src/],
  [
    'SEON’s device check',
    { 'connect-src': [server.url, sockets, sandbox] },
    /\(connect-src\) keeps out https:.*seondnsresolve/,
  ],
]

const pages: Record<string, string> = {}
ALLOWED.forEach(([, options, mode], index) => {
  pages[`/${index}`] = page(`ada-${index}`, mode, describePagePolicy({ ...own, ...options }))
})
FORBIDDEN.forEach(([, directives], index) => {
  pages[`/without-${index}`] = page(`bob-${index}`, 'fullscreen', { ...describePagePolicy(own), ...directives })
})
const site = await startSite(pages)

const Violations = z.array(z.string())

/**
 * Notes what the policy stops. SEON's device check tries an event attribute on purpose, and goes on without what Trusted
 * Types keep from it.
 */
async function noteViolations(visited: Page): Promise<void> {
  await visited.addInitScript(() => {
    const violations: string[] = []
    Object.assign(window, { violations })
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI, sample }) => {
      if (['script-src-attr', 'require-trusted-types-for'].includes(effectiveDirective)) return
      violations.push(`${effectiveDirective} ${blockedURI} ${sample}`)
    })
  })
}

describe('a strict content security policy', () => {
  const newContext = useBrowser()
  const open = async (path: string) => {
    const visited = await (await newContext()).newPage()
    const words: string[] = []
    visited.on('console', (message) => words.push(message.text()))
    await noteViolations(visited)
    await visited.goto(`${site}${path}`)
    await followEvents(visited)
    return { page: visited, words, start: visited.locator('seon-verify button.primary') }
  }

  ALLOWED.forEach(([name, , mode], index) => {
    it(`lets everything through (${mode}) with exactly what it must allow, by ${name}`, async () => {
      const { page: visited, start } = await open(`/${index}`)
      const popup = mode === 'popup' ? visited.waitForEvent('popup') : null
      await start.click()
      const flow = popup ? await popup : flowFrame(visited)
      await flow.getByTestId('skip').locator('visible=true').click()
      await flow.getByTestId('end-approved').click()
      await visited.getByText('Your identity is confirmed').waitFor()
      assert.deepEqual(Violations.parse(await visited.evaluate(() => Reflect.get(window, 'violations'))), [])
    })
  })

  FORBIDDEN.forEach(([name, , told], index) => {
    it(`says which directive keeps out ${name}`, async () => {
      const { page: visited, words, start } = await open(`/without-${index}`)
      await start.click()
      if (told instanceof RegExp) {
        const flow = flowFrame(visited)
        await flow.getByTestId('skip').locator('visible=true').click()
        await flow.getByTestId('end-approved').click()
        await visited.getByText('Your identity is confirmed').waitFor()
        assert.match(words.join('\n'), told)
      } else {
        await awaitEvent(visited, 'closed')
        const error = (await readEvents(visited)).find((event) => event.name === 'error')
        assert.deepEqual(error?.detail, told)
      }
    })
  })
})
