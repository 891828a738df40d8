import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { createRequire } from 'node:module'
import { after, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { SignJWT } from 'jose'
import type { Page } from 'playwright-core'
import { build, type Plugin } from 'vite'
import { z } from 'zod'
import { useBrowser } from '../helpers/browser.ts'
import { listen, stop } from '../helpers/listen.ts'
import { startSandboxServer } from '../helpers/server.ts'
import { flowFrame } from '../journeys/steps.ts'

const pages = fileURLToPath(new URL('pages/', import.meta.url))
const tsc = fileURLToPath(new URL('../../node_modules/.bin/tsc', import.meta.url))
const SECRET = 'shared-with-the-site-0123456789abcdef'

interface SvelteCompiler {
  compile: (source: string, options: Readonly<Record<string, string>>) => { js: { code: string } }
}

/** Svelte's own; the frameworks are installed beside this file, where the project's type check does not look. */
const compileSvelte: Plugin = {
  name: 'compile-svelte',
  transform(code, id) {
    if (!id.endsWith('.svelte')) return null
    const { compile }: SvelteCompiler = createRequire(import.meta.url)('svelte/compiler')
    return { code: compile(code, { generate: 'client', filename: id, css: 'injected' }).js.code, map: null }
  },
}

async function bundle(entry: string): Promise<string> {
  const result = await build({
    root: pages,
    configFile: false,
    logLevel: 'warn',
    plugins: [compileSvelte],
    define: {
      'process.env.NODE_ENV': '"production"',
      __VUE_OPTIONS_API__: 'true',
      __VUE_PROD_DEVTOOLS__: 'false',
      __VUE_PROD_HYDRATION_MISMATCH_DETAILS__: 'false',
    },
    build: { write: false, lib: { entry: `${pages}${entry}`, formats: ['es'], fileName: 'page' } },
  })
  const [output] = Array.isArray(result) ? result : [result]
  assert.ok(output && 'output' in output)
  return output.output[0].code
}

/** The site of a page: its script, and user tokens for whoever is signed in. */
async function startSite(script: string): Promise<string> {
  const server = await startSandboxServer({ USER_TOKEN_SECRET: SECRET })
  await server.control('/settings', { webhookDelayMs: 0 })
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Account</title>
    <script type="module" src="${server.url}/seon-verify.js"></script><script type="module" src="/page.js"></script><body></html>`
  const site = createServer(({ url = '/' }, response) => {
    if (url === '/page.js') response.setHeader('content-type', 'text/javascript').end(script)
    else if (url.startsWith('/token/')) void sign(url.slice('/token/'.length)).then((token) => response.end(token))
    else response.setHeader('content-type', 'text/html').end(html)
  })
  after(() => stop(site))
  return listen(site)
}

function sign(user: string): Promise<string> {
  return new SignJWT()
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(user)
    .setAudience('seon-verify')
    .setJti(crypto.randomUUID())
    .setExpirationTime('5 min')
    .sign(new TextEncoder().encode(SECRET))
}

const Noted = z.array(z.tuple([z.string(), z.unknown()]))
const readNoted = async (page: Page) => Noted.parse(await page.evaluate(() => Reflect.get(window, 'noted')))
const steer = (page: Page, step: string) => page.evaluate(`window.steering.${step}`)

it('has types that hold under those of React, Vue and Svelte', async () => {
  await promisify(execFile)(tsc, ['-p', pages]).catch(({ stdout }: { stdout: string }) => assert.fail(stdout))
})

for (const [name, entry] of [
  ['React', 'react.tsx'],
  ['Vue', 'vue.ts'],
  ['Svelte', 'svelte.ts'],
] as const) {
  describe(`on a page made with ${name}`, () => {
    const newContext = useBrowser()
    const users = ['fw-1', 'fw-2'].map((user) => `#${user}`)

    const open = async () => {
      const page = await (await newContext()).newPage()
      const errors: Error[] = []
      page.on('pageerror', (error) => errors.push(error))
      await page.goto(await startSite(await bundle(entry)))
      const element = page.locator(`${users[0]} seon-verify`)
      const start = element.locator('button.primary')
      await start.waitFor()
      return { page, errors, element, start }
    }

    it('takes attributes, properties and functions as what they are', async () => {
      const { page, element, errors } = await open()
      const taken = await element.evaluate((node) => {
        const names = ['userId', 'required', 'inputs', 'theme']
        return {
          ...Object.fromEntries(names.map((property) => [property, Reflect.get(node, property)])),
          getUserToken: typeof Reflect.get(node, 'getUserToken'),
          written: node.getAttributeNames().filter((attribute) => /inputs|theme|token/i.test(attribute)),
        }
      })
      assert.deepEqual(taken, {
        userId: 'fw-1',
        required: true,
        inputs: { userFullname: 'Ada Example' },
        theme: { light: { baseAccent: '#225577' } },
        getUserToken: 'function',
        written: [],
      })
      await steer(page, 'render()')
      await page.getByText('Count 1').first().waitFor()
      assert.deepEqual(errors, [])
    })

    it('goes on while its list is rendered anew, and gives its form a receipt', async () => {
      const { page, element, start, errors } = await open()
      await start.click()
      const flow = flowFrame(page)
      await flow.getByTestId('skip').locator('visible=true').click()
      await steer(page, 'render()')
      await steer(page, 'reorder()')
      await page.waitForFunction(() => document.querySelector('form')?.id === 'fw-2')
      await flow.getByTestId('end-approved').click()
      await element.getByText('Your identity is confirmed').waitFor()
      await page.waitForFunction(() => document.querySelector<HTMLInputElement>('#fw-1 seon-verify')?.value)
      await page.locator('#fw-1').getByRole('button', { name: 'Send' }).click()
      await page.waitForFunction(() => Reflect.get(window, 'noted').some(([what]: [string]) => what === 'sent'))
      const noted = await readNoted(page)
      assert.ok(noted.some(([what, status]) => what === 'fw-1' && status === 'approved'))
      const [, sent] = noted.find(([what]) => what === 'sent') ?? []
      assert.match(z.object({ receipt: z.string() }).parse(sent).receipt, /^[\w-]+\.[\w-]+\.[\w-]+$/)
      assert.deepEqual(errors, [])
    })

    it('leaves nothing behind when it is taken off the page in the middle of it', async () => {
      const { page, start, errors } = await open()
      await start.click()
      await flowFrame(page).getByTestId('skip').locator('visible=true').click()
      await steer(page, 'show(false)')
      await page.locator('dialog').waitFor({ state: 'detached' })
      assert.equal(await page.evaluate(() => getComputedStyle(document.documentElement).overflow), 'visible')
      await steer(page, 'show(true)')
      await start.click()
      await flowFrame(page).getByTestId('skip').locator('visible=true').waitFor()
      assert.deepEqual(errors, [])
    })
  })
}

it('lists its packages by exact versions, and no registry', async () => {
  const lock = await readFile(new URL('package-lock.json', import.meta.url), 'utf8')
  const manifest = await readFile(new URL('package.json', import.meta.url), 'utf8')
  assert.doesNotMatch(lock, /"resolved"|registry/)
  const { dependencies } = z.object({ dependencies: z.record(z.string(), z.string()) }).parse(JSON.parse(manifest))
  for (const version of Object.values(dependencies)) assert.match(version, /^\d+\.\d+\.\d+$/)
})
