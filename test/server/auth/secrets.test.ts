import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { fingerprint, isSameSecret, isUsableSecret } from '../../../server/auth/secrets.ts'

describe('isSameSecret', () => {
  it('compares secrets of any length', () => {
    fc.assert(fc.property(fc.string(), fc.string(), (a, b) => isSameSecret(a, b) === (a === b)))
    fc.assert(fc.property(fc.uint8Array(), (a) => isSameSecret(a, Uint8Array.from(a))))
  })
})

describe('fingerprint', () => {
  it('is the same for the same secret, and tells nothing of it', () => {
    assert.equal(fingerprint('a secret'), fingerprint('a secret'))
    assert.notEqual(fingerprint('a secret'), fingerprint('A secret'))
    assert.match(fingerprint('a secret'), /^[0-9a-f]{12}$/)
  })
})

describe('isUsableSecret', () => {
  it('B1 row 2: takes nothing for a secret that anybody could guess from having none', () => {
    for (const blank of ['', ' ', '\t\n', 'whsec_', ' whsec_ ']) assert.equal(isUsableSecret(blank), false)
    assert.equal(isUsableSecret('whsec_c2VjcmV0'), true)
  })
})
