import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { VENDORS } from '../../../server/protocol.ts'
import {
  movingSubject,
  parseSubjectKey,
  subjectKey,
  vendorOf,
  verificationId,
} from '../../../server/verification/identity.ts'

const subject = fc.record({
  type: fc.constantFrom('run', 'session', 'interview', 'user', 'transaction'),
  id: fc.string({ minLength: 1, unit: 'binary' }),
})
const identity = fc.record({
  environment: fc.constantFrom('sandbox', 'live'),
  vendor: fc.constantFrom(...VENDORS),
  vendorId: fc.string({ unit: 'binary' }),
})

describe('subjectKey', () => {
  it('is read back as it was, colons and all', () => {
    fc.assert(fc.property(subject, (each) => assert.deepEqual(parseSubjectKey(subjectKey(each)), { ...each })))
  })

  it('is not read where it is none', () => {
    for (const key of ['', ':', 'run', 'ru:n', 'Run:1', 'toString:1', '__proto__:1']) {
      assert.equal(parseSubjectKey(key), null, key)
    }
  })
})

describe('verificationId', () => {
  it('is the same for the same and differs for all else', () => {
    fc.assert(
      fc.property(identity, identity, (a, b) => {
        const isSame = a.environment === b.environment && a.vendor === b.vendor && a.vendorId === b.vendorId
        assert.equal(verificationId(a), verificationId({ ...a }))
        assert.equal(verificationId(a) === verificationId(b), isSame)
      }),
    )
  })

  it('is one that URLs, logs and both stores carry as it is', () => {
    fc.assert(fc.property(identity, (each) => assert.match(verificationId(each), /^ver_[0-9a-f]{32}$/)))
  })

  it('never changes between releases: stored ids would lose their reports', () => {
    const id = verificationId({ environment: 'sandbox', vendor: 'seon', vendorId: 'run-1' })
    assert.equal(id, 'ver_597564e5784d2e77686249ebc6c55123')
  })
})

describe('vendorOf and movingSubject', () => {
  it('belong together: what moves a vendor’s verifications is what makes them', () => {
    for (const vendor of VENDORS) assert.equal(vendorOf(movingSubject(vendor)), vendor)
  })

  it('makes no verification of a user or a transaction', () => {
    assert.equal(vendorOf('user'), undefined)
    assert.equal(vendorOf('transaction'), undefined)
  })
})
