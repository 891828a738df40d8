import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { renderReasons } from '../../client/reasons-table.ts'
import { en } from '../../client/widget/messages/en.ts'
import { readReason } from '../../client/widget/reasons/reasons.ts'
import { ERROR_CODES } from '../../server/protocol.ts'

describe('the catalogue of reasons', () => {
  it('stands in its document as it is in the code', async () => {
    const written = await readFile(new URL('../../client/widget/reasons/reasons.md', import.meta.url), 'utf8')
    assert.equal(written, renderReasons(), 'run: npx -c "node client/reasons-table.ts"')
  })

  it('has every code of the server, and every HTTP status of SEON’s service', () => {
    for (const code of ERROR_CODES) assert.ok(renderReasons().includes(`| \`init_${code}\` `), code)
    assert.match(readReason('sdk_http_503').developer, /HTTP status/)
  })

  it('leaves no text of the visitor’s without a code', () => {
    const table = renderReasons()
    for (const [name, text] of Object.entries(en.failures)) assert.ok(table.includes(text), name)
  })
})
