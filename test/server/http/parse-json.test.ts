import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { JsonError, parseJson } from '../../../server/http/parse-json.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const codeOf = (input: Uint8Array) => {
  try {
    parseJson(input)
  } catch (error) {
    if (error instanceof JsonError) return error.code
    throw error
  }
  return 'parsed'
}

const object = (count: number) => `{${Array.from({ length: count }, (_, i) => `"${i}":0`).join(',')}}`

describe('parseJson', () => {
  it('reads JSON, whatever its strings hold', () => {
    assert.deepEqual(parseJson(bytes('{"a":[1,"}]{[:\\"\\\\"],"b":{}}')), { a: [1, '}]{[:"\\'], b: {} })
  })

  it('refuses what is not JSON or not UTF-8', () => {
    for (const text of ['', '{', '{"a":1}x', "{'a':1}", 'undefined', '"open'])
      assert.equal(codeOf(bytes(text)), 'not_json')
    assert.equal(codeOf(Uint8Array.from([0x22, 0xff, 0x22])), 'not_utf8')
  })

  it('takes 64 levels and no more, without recursion', () => {
    assert.equal(codeOf(bytes('['.repeat(64) + ']'.repeat(64))), 'parsed')
    assert.equal(codeOf(bytes('['.repeat(65) + ']'.repeat(65))), 'too_deep')
    assert.equal(codeOf(bytes('{"a":'.repeat(200_000))), 'too_deep')
  })

  it('takes 10,000 keys and no more', () => {
    assert.equal(codeOf(bytes(object(10_000))), 'parsed')
    assert.equal(codeOf(bytes(object(10_001))), 'too_many_keys')
  })

  it('takes 10,000 elements and no more', () => {
    assert.equal(codeOf(bytes(JSON.stringify(Array.from({ length: 10_000 }, () => 0)))), 'parsed')
    assert.equal(codeOf(bytes(JSON.stringify(Array.from({ length: 10_001 }, () => 0)))), 'too_many_keys')
  })

  it('lets no key reach a prototype', () => {
    parseJson(bytes('{"__proto__":{"admin":true}}'))
    assert.equal('admin' in {}, false)
  })
})
