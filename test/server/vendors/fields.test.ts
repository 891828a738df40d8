import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { type Fields, isFields, pick, readId, readTime, readWord } from '../../../server/vendors/fields.ts'
import { NAUGHTY } from './deliveries.ts'

function parsed(text: string): Fields {
  const value: unknown = JSON.parse(text)
  assert.ok(isFields(value))
  return value
}

describe('pick', () => {
  it('takes the first name that is there, in the first object that has one', () => {
    const objects = [
      { b: null, c: 3 },
      { a: 1, b: 2 },
    ]
    assert.equal(pick(objects, 'a', 'c'), 3)
    assert.equal(pick(objects, 'b'), 2)
    assert.equal(pick(objects, 'd'), undefined)
  })

  it('B1 row 23: sees own fields only', () => {
    for (const name of ['constructor', 'toString', 'hasOwnProperty', '__proto__']) {
      assert.equal(pick([{}], name), undefined)
    }
    const hostile = parsed('{"__proto__":{"status":"APPROVED"}}')
    assert.equal(pick([hostile], 'status'), undefined)
  })
})

describe('readId', () => {
  it('keeps an id exactly as sent', () => {
    for (const id of ['Member#0815', ' padded ', 'ü', '0', '007', 'a'.repeat(255)]) assert.equal(readId(id), id)
  })

  it('B1 row 24: trusts no number that JSON may have bent, and no text that is no text', () => {
    assert.equal(readId(JSON.parse('12345678901234567890')), undefined)
    for (const value of [1.5, -1, 1e300, Number.NaN, true, null, undefined, {}, ['a'], '', '  ', 'a'.repeat(256)]) {
      assert.equal(readId(value), undefined)
    }
    for (const value of ['\ud800', 'a\u0000b', 'a\nb', '\u001b[31m', '\u0085']) assert.equal(readId(value), undefined)
    assert.equal(readId(4711), '4711')
  })

  it('gives what it was given, or nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...NAUGHTY)), (value) => {
        const id = readId(value)
        assert.ok(id === undefined || id === value)
      }),
    )
  })
})

describe('readWord', () => {
  it('gives one bounded line of assigned, visible characters, whatever comes in', () => {
    assert.equal(readWord(' Retry\r\nrequired\u0000 '), 'Retry required')
    assert.equal(readWord('\u202Etxt.exe'), 'txt.exe')
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom(...NAUGHTY), fc.anything()), (value) => {
        const word = readWord(value)
        if (word === undefined) return
        assert.ok(word.length <= 100 && word.length > 0 && word.isWellFormed())
        assert.doesNotMatch(word, /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
      }),
    )
  })
})

describe('readTime', () => {
  it('reads ISO 8601 with its offset', () => {
    const noon = Date.UTC(2026, 3, 13, 12)
    for (const text of [
      '2026-04-13T12:00:00Z',
      '2026-04-13T12:00:00.000Z',
      '2026-04-13T14:00:00+02:00',
      '2026-04-13T14:00:00+0200',
      '2026-04-13 12:00:00',
      '2026-04-13T12:00',
    ]) {
      assert.equal(readTime(text), noon, text)
    }
    assert.equal(readTime('2026-04-13T12:00:00.123456Z'), noon + 123)
  })

  it('guesses nothing', () => {
    for (const value of [
      ...NAUGHTY,
      1776081600,
      '1776081600',
      '2026-04-13',
      '13.04.2026 12:00',
      '2026-13-45T99:00:00Z',
      'now',
    ]) {
      assert.equal(readTime(value), null, String(value))
    }
  })
})
