import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { describe, it } from 'node:test'
import * as fc from 'fast-check'
import { fingerprint } from '../../../server/auth/secrets.ts'
import type { Verdict } from '../../../server/vendors/receiver.ts'
import { createSignatureVerifier, DIGEST, SEON_SIGNATURE, sign } from '../../../server/vendors/signature.ts'
import { bytes, deliver, hex, NAUGHTY } from './deliveries.ts'

const body = bytes({ event: 'orchestration/workflow_execution_finished', data: { id: 'run-1', status: 'APPROVED' } })
const verify = createSignatureVerifier([{ scheme: SEON_SIGNATURE, keys: [key('first secret'), key('second secret')] }])
const verifyDigest = createSignatureVerifier([
  { scheme: DIGEST, keys: [key('live key', 'live'), key('sandbox key', 'sandbox')] },
])

function key(secret: string, environment: 'live' | 'sandbox' = 'live') {
  return { key: secret, environment }
}

function rejected(reason: string) {
  return { ok: false, outcome: 'rejected', reason }
}

const mismatch = { ok: false, outcome: 'quarantined', reason: 'sig_mismatch' }

describe('a signed door', () => {
  it('takes what HMAC-SHA256 says, as published in RFC 4231', () => {
    assert.equal(
      sign('what do ya want for nothing?', 'Jefe').toString('hex'),
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })

  it('takes any of several secrets and says which', () => {
    for (const secret of ['first secret', 'second secret']) {
      const verdict = verify(deliver(body, 'SEON-Signature', hex(body, secret)))
      assert.deepEqual(verdict, { ok: true, environment: 'live', secretId: fingerprint(secret) })
    }
    assert.notEqual(fingerprint('first secret'), fingerprint('second secret'))
    assert.match(fingerprint('first secret'), /^[0-9a-f]{12}$/)
  })

  it('reads hex in either case, whatever the case of the header', () => {
    assert.equal(verify(deliver(body, 'seon-SIGNATURE', hex(body, 'first secret').toUpperCase())).ok, true)
  })

  it('B1 row 1: refuses an absent signature', () => {
    assert.deepEqual(verify(deliver(body)), rejected('sig_missing'))
    assert.deepEqual(verify(deliver(body, 'Digest', `SHA-256=${hex(body, 'first secret')}`)), rejected('sig_missing'))
  })

  it('B1 row 2: with no secret, or a blank one, it has no way to say yes', () => {
    for (const secrets of [[], [''], ['   '], ['whsec_']]) {
      const door = createSignatureVerifier([{ scheme: SEON_SIGNATURE, keys: secrets.map((secret) => key(secret)) }])
      for (const forged of ['', ' ', 'whsec_']) {
        const verdict = door(deliver(body, 'SEON-Signature', hex(body, forged)))
        assert.deepEqual(verdict, { ok: false, outcome: 'not_configured' })
      }
    }
  })

  it('B1 row 3: keeps a well-formed signature that does not match for a while', () => {
    assert.deepEqual(verify(deliver(body, 'SEON-Signature', hex(body, 'another secret'))), mismatch)
    const other = Buffer.concat([body, Buffer.from(' ')])
    assert.deepEqual(verify(deliver(other, 'SEON-Signature', hex(body, 'first secret'))), mismatch)
  })

  it('B1 row 5: refuses signatures that are shorter, longer or garbage', () => {
    const right = hex(body, 'first secret')
    for (const value of ['', 'abc', right.slice(1), `${right}0`, `v1,${right}`, 'v1,', `sha256=${right}`, ...NAUGHTY]) {
      assert.deepEqual(verify(deliver(body, 'SEON-Signature', value)), rejected('sig_malformed'), JSON.stringify(value))
    }
  })

  it('B1 row 6: refuses 64 valid hex digits with junk behind them', () => {
    const right = hex(body, 'first secret')
    for (const junk of ['zz!!', ' ', '\n', '\u0000', ';', ',']) {
      assert.deepEqual(verify(deliver(body, 'SEON-Signature', right + junk)), rejected('sig_malformed'))
    }
  })

  it('B1 row 7: refuses two signature headers, even if both are right', () => {
    const right = hex(body, 'first secret')
    const twice = deliver(body, 'SEON-Signature', right, 'seon-signature', right)
    assert.deepEqual(verify(twice), rejected('sig_duplicate'))
    assert.deepEqual(
      verify(deliver(body, 'SEON-Signature', 'junk', 'SEON-Signature', right)),
      rejected('sig_duplicate'),
    )
  })

  it('B1 row 8: takes no list of signatures', () => {
    const right = hex(body, 'first secret')
    for (const list of [`${right}, ${right}`, `${right},${right}`, `${right} ${right}`, `,${right}`, `${right},`]) {
      assert.deepEqual(verify(deliver(body, 'SEON-Signature', list)), rejected('sig_malformed'))
    }
  })

  it('B1 row 9: takes one SHA-256 digest in hex or base64, and names the environment of its key', () => {
    for (const [secret, environment] of [
      ['live key', 'live'],
      ['sandbox key', 'sandbox'],
    ] as const) {
      for (const encoding of ['hex', 'base64'] as const) {
        const value = `SHA-256=${sign(body, secret).toString(encoding)}`
        const expected: Verdict = { ok: true, environment, secretId: fingerprint(secret) }
        assert.deepEqual(verifyDigest(deliver(body, 'Digest', value)), expected)
      }
    }
  })

  it('B1 row 9: refuses other algorithms, lists, other cases, other spellings', () => {
    const right = sign(body, 'live key')
    const base64 = right.toString('base64')
    // The same 32 bytes with a bit set that decoding ignores.
    const respelt = `${base64.slice(0, -2)}${base64.at(-2) === 'A' ? 'B' : String.fromCharCode((base64.at(-2) ?? '').charCodeAt(0) + 1)}=`
    for (const value of [
      right.toString('hex'),
      base64,
      `sha-256=${base64}`,
      `SHA-512=${base64}`,
      `MD5=${base64}`,
      `SHA-256=${base64},SHA-256=${base64}`,
      `MD5=abc,SHA-256=${base64}`,
      `SHA-256=${right.toString('base64url')}`,
      `SHA-256=${base64.slice(0, -1)}`,
      `SHA-256= ${base64}`,
      `SHA-256=${respelt}`,
      'SHA-256=',
    ]) {
      assert.deepEqual(verifyDigest(deliver(body, 'Digest', value)), rejected('sig_malformed'), value)
    }
  })

  it('B1 row 9: a hash that needs no key proves nothing', () => {
    for (const encoding of ['hex', 'base64'] as const) {
      const value = `SHA-256=${createHash('sha256').update(body).digest(encoding)}`
      assert.deepEqual(verifyDigest(deliver(body, 'Digest', value)), mismatch)
    }
  })

  it('B1 row 10: all-zero bytes, which stand in for an unreadable signature, are no signature', () => {
    assert.deepEqual(verify(deliver(body, 'SEON-Signature', '0'.repeat(64))), mismatch)
  })

  it('B1 row 13: an empty body is signed like any other', () => {
    const empty = Buffer.alloc(0)
    assert.equal(verify(deliver(empty, 'SEON-Signature', hex(empty, 'first secret'))).ok, true)
    assert.deepEqual(verify(deliver(empty)), rejected('sig_missing'))
  })

  it('B1 row 19: a header named __proto__ is a header like others', () => {
    const right = hex(body, 'first secret')
    assert.equal(verify(deliver(body, '__proto__', 'x', 'SEON-Signature', right)).ok, true)
  })

  it('B1 row 25: the signature is over bytes, not over text', () => {
    const [a, b] = [Buffer.from([0x7b, 0xff, 0x7d]), Buffer.from([0x7b, 0xfe, 0x7d])]
    assert.equal(verify(deliver(a, 'SEON-Signature', hex(a, 'first secret'))).ok, true)
    assert.deepEqual(verify(deliver(b, 'SEON-Signature', hex(a, 'first secret'))), mismatch)
  })

  it('refuses both headers at once where either would do', () => {
    const either = createSignatureVerifier([
      { scheme: SEON_SIGNATURE, keys: [key('a')] },
      { scheme: DIGEST, keys: [key('a')] },
    ])
    const right = hex(body, 'a')
    assert.equal(either(deliver(body, 'SEON-Signature', right)).ok, true)
    assert.equal(either(deliver(body, 'Digest', `SHA-256=${right}`)).ok, true)
    const both = deliver(body, 'SEON-Signature', right, 'Digest', `SHA-256=${right}`)
    assert.deepEqual(either(both), rejected('sig_duplicate'))
  })

  it('uses each key in its own scheme only', () => {
    const either = createSignatureVerifier([
      { scheme: SEON_SIGNATURE, keys: [key('webhook secret')] },
      { scheme: DIGEST, keys: [key('licence')] },
    ])
    assert.deepEqual(either(deliver(body, 'SEON-Signature', hex(body, 'licence'))), mismatch)
  })

  it('says yes to nothing but a right signature, and never throws', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 300 }),
        fc.array(
          fc.oneof(
            fc.string({ unit: 'binary' }),
            fc.constantFrom('SEON-Signature', 'seon-signature', 'Digest', '__proto__', ...NAUGHTY),
            fc.stringMatching(/^[0-9a-f]{64}$/),
          ),
          { maxLength: 9 },
        ),
        (randomBody, rawHeaders) => {
          assert.equal(verify({ body: randomBody, rawHeaders }).ok, false)
          assert.equal(verifyDigest({ body: randomBody, rawHeaders }).ok, false)
        },
      ),
    )
  })
})
