import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import type { Page } from 'playwright-core'
import { useBrowser } from '../../helpers/browser.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { openDashboard, rowOf } from '../steps.ts'
import { begin, watchForFaults } from './steps.ts'

/** Exports what the list shows and reads the file that the browser saves. */
async function exportList(page: Page, choices: readonly string[]): Promise<{ name: string; text: string }> {
  await page.getByRole('button', { name: 'Export…' }).click()
  for (const choice of choices) await page.getByRole('radio', { name: choice }).check({ force: true })
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Export', exact: true }).click()
  const download = await saved
  await page.getByText('saved to your downloads').waitFor()
  await page.keyboard.press('Escape')
  const text = await readFile(await download.path(), 'utf8')
  return { name: download.suggestedFilename(), text }
}

describe('the export of the list', () => {
  const newContext = useBrowser()

  it('saves what is filtered and searched for, masked or whole, and is on record', async () => {
    const server = await startSandboxServer()
    await begin(server, 'ada@example.com', 'grace@example.com')
    await begin(server, 'customer-7', 'eve@example.com')
    const context = await newContext({ viewport: { width: 1440, height: 900 }, acceptDownloads: true })
    const page = await openDashboard(context, server)
    const faults = watchForFaults(page)
    await rowOf(page, 'customer-7').waitFor()

    const masked = await exportList(page, [])
    assert.match(masked.name, /^verifications-\d{4}-\d\d-\d\dT\d{6}Z\.csv$/)
    assert.equal(masked.text.trimEnd().split('\r\n').length, 3)
    assert.ok(masked.text.includes('a•••@e•••') && masked.text.includes('customer-7'))
    assert.ok(!masked.text.includes('ada@example.com'))

    await page.getByRole('searchbox').fill('ada@example.com')
    await page.getByRole('searchbox').press('Enter')
    await rowOf(page, 'customer-7').waitFor({ state: 'detached' })
    const whole = await exportList(page, ['NDJSON', 'Whole'])
    const lines = whole.text.trimEnd().split('\n')
    assert.equal(lines.length, 1)
    assert.equal(JSON.parse(lines[0] ?? '').userId, 'ada@example.com')

    assert.match(
      JSON.stringify(await server.ask('/api/audit?action=exported')),
      /"whole":true,"rows":1,"searched":true/,
    )
    assert.doesNotMatch(server.readLog(), /ada@example\.com/)
    assert.deepEqual(faults, [])
    await context.close()
  })
})
