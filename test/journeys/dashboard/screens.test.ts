import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { z } from 'zod'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer, type TestServer } from '../../helpers/server.ts'
import { openDashboard, readVerifications } from '../steps.ts'
import { begin, hint, watchForFaults } from './steps.ts'

const Findings = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ html: z.string() })) }))

/** What axe finds wrong on a page, by rule. */
async function findBarriers(page: Page, axe: string, options: { runOnly?: string[] }): Promise<string[]> {
  await page.evaluate(axe)
  const found = await page.evaluate(
    `axe.run(document, ${JSON.stringify(options)}).then(({ violations }) => violations)`,
  )
  return Findings.parse(found).map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 160)).join(' ')}`)
}

/** Every place that the keyboard comes to on a page, by Tab alone, until it begins again. */
async function walkByTab(page: Page): Promise<string[]> {
  const places: string[] = []
  for (let step = 0; step < MOST_STEPS; step++) {
    await page.keyboard.press('Tab')
    const place = await page.evaluate(() => {
      let at = document.activeElement
      while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
      if (!at || at === document.body) return null
      const { outlineStyle, outlineWidth } = getComputedStyle(at)
      const isSeen = outlineStyle !== 'none' && outlineWidth !== '0px'
      const ringed = isSeen || at.matches('[role=grid], :has(:focus-visible), main')
      return `${at.tagName} ${at.getAttribute('aria-label') ?? at.textContent.trim().slice(0, 40)}${ringed ? '' : ' (no ring)'}`
    })
    if (place === null) return places
    places.push(place)
  }
  return places
}

/** Far above what any screen has. */
const MOST_STEPS = 120

/** A server with something on every screen, and the screens' addresses. */
async function startServer(): Promise<{ server: TestServer; screens: Readonly<Record<string, string>> }> {
  const server = await startSandboxServer({ INIT_LIMITS: 'address=10000/m,user=10000/m' })
  await server.control('/settings', { webhookDelayMs: 0 })
  await hint(server, await begin(server, 'user-2'), 'started')
  await begin(server, 'Kontoeröffnungsverifizierungsberechtigte-1')
  const [verification] = await readVerifications(server)
  await server.control(`/runs/${verification?.vendorId}/end`, { end: 'declined' })
  await fetch(`${server.url}/webhooks/seon`, { method: 'POST', body: '{}' })
  const screens = {
    Overview: '?view=overview',
    Verifications: '',
    'a verification': `?open=${verification?.id}`,
    Deliveries: '?view=deliveries',
    Sandbox: '?view=sandbox',
    Operators: '?view=operators',
    User: `?view=user&of=${verification?.id}`,
  }
  return { server, screens }
}

/** Loads a screen anew and waits until all of it is there. */
async function show(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.pill[data-kind=live]').waitFor()
  const outlines = page.locator('sv-skeleton:visible, sv-overview-skeleton:visible')
  await outlines.first().waitFor({ state: 'detached' })
}

async function readOverhang(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
}

describe('every screen of the dashboard', () => {
  const newContext = useBrowser()

  it('stands in nobody’s way, and is walked by Tab, always seen where one is, and never a trap', async () => {
    const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
    const { server, screens } = await startServer()
    const page = await openDashboard(await newContext({ viewport: { width: 1280, height: 900 } }), server)
    const faults = watchForFaults(page)
    for (const [name, search] of Object.entries(screens)) {
      await show(page, `${server.url}/dashboard${search}`)
      assert.deepEqual(await findBarriers(page, axe, {}), [], name)
      assert.ok((await readOverhang(page)) <= 0, name)
      const places = await walkByTab(page)
      const without = places.filter((place) => place.endsWith('(no ring)'))
      assert.deepEqual(without, [], name)
      assert.ok(places.length < MOST_STEPS, `${name}: ${places.slice(-8).join(' · ')}`)
      assert.ok(places[0]?.startsWith('A Skip to content'), `${name}: ${places.join(' · ')}`)
    }
    assert.deepEqual(faults, [])
  })

  it('fits a phone in the dark, and can be read there', async () => {
    const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
    const { server, screens } = await startServer()
    const context = await newContext({ colorScheme: 'dark', viewport: { width: 360, height: 740 } })
    const page = await openDashboard(context, server)
    for (const [name, search] of Object.entries(screens)) {
      await show(page, `${server.url}/dashboard${search}`)
      // What is said and how it is built is the same as on a wide screen.
      assert.deepEqual(await findBarriers(page, axe, { runOnly: ['color-contrast'] }), [], name)
      const overhang = await readOverhang(page)
      assert.ok(overhang <= 0, `${name} is ${overhang} px wider than its window`)
    }
  })
})
