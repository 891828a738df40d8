import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import type { Frame, Page } from 'playwright-core'
import { useTabs } from '../../../helpers/browser.ts'
import { startSandboxServer } from '../../../helpers/server.ts'
import { startSite } from '../../../helpers/site.ts'
import { awaitStatus } from '../../steps.ts'
import { takeCondition } from './take-condition.ts'

/** What a page is made of. */
export interface Materials {
  /** Our server's address. */
  server: string
  /** Script tags: the module, and the loader for plain scripts. */
  module: string
  classic: string
  /** The element, of a user whom nobody else has. */
  element: string
  userId: string
  /** What the page has of its own, with listeners that count what they hear in `heard`. */
  own: string
}

export interface PageCase {
  /** What a page it is. */
  name: string
  html: (materials: Materials) => string
  /** Further pages of the same site, by path. */
  more?: (materials: Materials) => Record<string, string>
  /** What its script or its visitor does before the click. */
  prepare?: (page: Page, materials: Materials) => Promise<unknown>
  /** Where the element stands; default: the page itself. */
  findFrame?: (page: Page) => Frame
  /** From the start to SEON's first step; default: a click on the button. */
  open?: (page: Page, frame: Frame) => Promise<void>
  /** While SEON's page is open; what it does itself counts as the page's own condition. */
  meanwhile?: (page: Page, frame: Frame) => Promise<void>
  /** What happened meanwhile has ended the verification, and the visitor starts another. */
  again?: boolean
  /** What the page does to itself in `meanwhile`, in the words of `takeCondition`. */
  changes?: string[]
  /** Whether the page's own controls can be reached afterwards; default: true. */
  usesOwn?: boolean
  /** Anything more to say about the page afterwards. */
  check?: (page: Page, materials: Materials) => Promise<unknown>
}

const OWN = `<h1>Open an account</h1>
  <p><a href="#terms">Terms</a> <label>Name <input id="own-input" value="Ada"></label>
  <button id="own-button" type="button">Count</button></p>
  <script>
    var heard = { click: 0, keydown: 0, focusin: 0, errors: [] };
    document.getElementById('own-button').onclick = function () { heard.click++ };
    document.getElementById('own-input').onkeydown = function () { heard.keydown++ };
    document.getElementById('own-input').onfocus = function () { heard.focusin++ };
    window.onerror = function (message) { heard.errors.push(String(message)) };
    window.onunhandledrejection = function (event) { heard.errors.push(String(event.reason)) };
  </script>
  <p style="height: 1500px" id="terms">Long terms</p>`

/**
 * One test a page: the verification completes on it, and the page is afterwards as it was before the click. Called at the
 * top of a file, whose one server and one browser they share. `deviceHash`: SEON's SDK examines the browser, too, which
 * takes it a second.
 */
export async function describePages(
  title: string,
  cases: readonly PageCase[],
  { deviceHash = false } = {},
): Promise<void> {
  const server = await startSandboxServer()
  await server.control('/settings', { webhookDelayMs: 0, deviceHash })
  const visits = cases.map((pageCase, index) => ({
    pageCase,
    path: `/${index}`,
    materials: describeMaterials(server.url, `ada-${index}`),
  }))
  const pages: Record<string, string> = {}
  for (const { pageCase, path, materials } of visits) {
    Object.assign(pages, pageCase.more?.(materials), { [path]: pageCase.html(materials) })
  }
  const site = await startSite(pages)

  describe(title, () => {
    const newTab = useTabs({ viewport: { width: 1000, height: 800 } })
    for (const { pageCase, path, materials } of visits) {
      it(pageCase.name, async () => {
        const page = await newTab()
        await page.goto(`${site}${path}`)
        await complete(page, pageCase, {
          ...materials,
          awaitStarted: () => awaitStatus(server, materials.userId, ['started']),
        })
        await pageCase.check?.(page, materials)
        await awaitStatus(server, materials.userId, pageCase.again ? ['approved', 'started'] : ['approved'])
      })
    }
  })
}

function describeMaterials(server: string, userId: string): Materials {
  return {
    server,
    userId,
    module: `<script type="module" src="${server}/seon-verify.js"></script>`,
    classic: `<script src="${server}/seon-verify.classic.js"></script>`,
    element: `<seon-verify user-id="${userId}"></seon-verify>`,
    own: OWN,
  }
}

async function complete(
  page: Page,
  pageCase: PageCase,
  { awaitStarted, ...materials }: Materials & { awaitStarted: () => Promise<void> },
): Promise<void> {
  await pageCase.prepare?.(page, materials)
  const frame = pageCase.findFrame?.(page) ?? page.mainFrame()
  const start = frame.locator('seon-verify button.primary').first()
  await start.waitFor()
  await start.scrollIntoViewIfNeeded()
  const listChanges = await takeCondition(frame)
  if (pageCase.open) await pageCase.open(page, frame)
  else await start.click()
  const flow = frame.frameLocator('[data-testid=seon-idv-iframe]')
  await flow.getByTestId('skip').locator('visible=true').click()
  const inline = await isInline(frame)
  if (!inline) assert.deepEqual(await measureFlow(frame), await measureWindow(frame))
  // A second click before the server knows that the first run was begun goes on with that one.
  if (pageCase.again) await awaitStarted()
  await pageCase.meanwhile?.(page, frame)
  if (pageCase.again) {
    await frame.locator('seon-verify button.primary').first().click()
    await flow.getByTestId('skip').locator('visible=true').click()
  }
  await flow.getByTestId('end-approved').click()
  await awaitEnd(frame)
  const changes = await listChanges()
  const unplanned = changes.filter((change) => !EXPECTED.test(change) && !(inline && ROOM.test(change)))
  assert.deepEqual(unplanned, pageCase.changes ?? [])
  if (pageCase.usesOwn !== false) await useOwn(frame)
}

/** SEON's device check knows a browser again by these. */
const EXPECTED = /^cookie: was , is \w+=\w+$|^local storage: was 0, is 1$/
/** The room of an inline frame goes with it once there is nothing left to do. */
const ROOM = /^scroll:|^element \d+ <[\w-]+> at:/

function isInline(frame: Frame): Promise<boolean> {
  return frame.locator('seon-verify [data-testid=seon-idv-iframe]').isVisible()
}

function measureFlow(frame: Frame): Promise<number[]> {
  return frame.locator('[data-testid=seon-idv-iframe]').evaluate((node) => {
    const { x, y, width, height } = node.getBoundingClientRect()
    return [x, y, width, height]
  })
}

function measureWindow(frame: Frame): Promise<number[]> {
  return frame.evaluate(() => [0, 0, innerWidth, innerHeight])
}

/** The end of the verification, and of all that was on the page for it. */
async function awaitEnd(frame: Frame): Promise<void> {
  const element = await frame.locator('seon-verify').first().elementHandle()
  await frame.waitForFunction((node) => {
    const isLeft = [document, node].some((root) => root?.querySelector('[id^=seon-verify-]'))
    return node && 'phase' in node && node.phase === 'decided' && !isLeft
  }, element)
}

/** The page’s own controls and listeners work, and nothing has failed in it. */
async function useOwn(frame: Frame): Promise<void> {
  await frame.locator('#own-button').click()
  await frame.locator('#own-input').focus()
  await frame.locator('#own-input').press('a')
  const heard = await frame.evaluate(() => Reflect.get(window, 'heard'))
  assert.deepEqual(heard, { click: 1, keydown: 1, focusin: 1, errors: [] })
}
