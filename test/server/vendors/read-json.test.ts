import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { readJsonObject } from '../../../server/vendors/read-json.ts'
import { UnreadableError } from '../../../server/vendors/receiver.ts'
import { bytes } from './deliveries.ts'

function refuses(body: Uint8Array, code: UnreadableError['code']): void {
  assert.throws(
    () => readJsonObject(body),
    (error) => error instanceof UnreadableError && error.code === code,
  )
}

function nested(levels: number): string {
  return `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`
}

function object(size: number): string {
  return JSON.stringify(Object.fromEntries(Array.from({ length: size }, (_, index) => [index, index])))
}

function array(size: number): string {
  return JSON.stringify({ a: Array.from({ length: size }, () => 0) })
}

describe('readJsonObject', () => {
  it('reads an object', () => {
    assert.deepEqual(readJsonObject(bytes({ event: 'ping' })), { event: 'ping' })
    assert.deepEqual(readJsonObject(bytes('\uFEFF {"a":"ü\\u0000"} ')), { a: 'ü\u0000' })
  })

  it('B1 row 13: an empty body is told apart', () => {
    refuses(Buffer.alloc(0), 'empty')
  })

  it('B1 row 20: what is not JSON, or not an object, is unreadable', () => {
    for (const text of [' ', '{', '{"a":1}}', 'event=ping', '<xml/>', "{'a':1}", '{"a":1,}', 'NaN', '"', '"\\']) {
      refuses(bytes(text), 'not_json')
    }
    for (const text of ['null', '[]', '[{}]', '"{}"', '1', 'true']) refuses(bytes(text), 'not_object')
  })

  it('B1 row 21: reads 64 levels and no more, without recursion', () => {
    assert.ok(readJsonObject(bytes(nested(64))))
    refuses(bytes(nested(65)), 'too_deep')
    refuses(bytes(nested(100_000)), 'too_deep')
    refuses(bytes(`{"a":${'['.repeat(100_000)}`), 'too_deep')
  })

  it('B1 row 21: brackets inside strings are text', () => {
    const text = JSON.stringify({ a: '{['.repeat(1000), b: '\\"[[[\\', c: '"'.repeat(100) })
    assert.ok(readJsonObject(bytes(text)))
  })

  it('B1 row 22: reads 10,000 members or elements and no more', () => {
    assert.ok(readJsonObject(bytes(object(10_000))))
    refuses(bytes(object(10_001)), 'too_many_keys')
    assert.ok(readJsonObject(bytes(array(10_000))))
    refuses(bytes(array(10_001)), 'too_many_keys')
    refuses(bytes(array(1_000_000)), 'too_many_keys')
  })

  it('B1 row 25: invalid UTF-8 is unreadable, not repaired', () => {
    for (const bad of [[0xff], [0xc0, 0xaf], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80]]) {
      refuses(Buffer.concat([Buffer.from('{"a":"'), Buffer.from(bad), Buffer.from('"}')]), 'not_utf8')
    }
  })

  it('agrees with JSON.parse on every small object, and throws nothing but its own error on any bytes', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue({ maxDepth: 4 })), (value) => {
        const text = JSON.stringify(value)
        assert.deepEqual(readJsonObject(bytes(text)), JSON.parse(text))
      }),
    )
    const fragments = fc.array(fc.constantFrom('{', '}', '[', ']', '"', '\\', ':', ',', '1', 'null', 'é', ' '))
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fragments.map((parts) => bytes(parts.join(''))),
        ),
        (body) => {
          try {
            readJsonObject(body)
          } catch (error) {
            assert.ok(error instanceof UnreadableError)
          }
        },
      ),
    )
  })
})
