import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { createSignMessage } from '../../../server/outbound/sign-message.ts'

// The vector that the reference implementations share (libraries/javascript/src/webhook.test.ts, "sign function works").
const VECTOR = {
  secret: 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
  id: 'msg_p5jXN8AQM9LWM0D4loKWxJek',
  attemptedAt: 1_614_265_330_000,
  body: '{"test": 2432232314}',
  signature: 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
}

describe('createSignMessage', () => {
  it('signs the published vector as published', () => {
    const headers = createSignMessage([VECTOR.secret])(VECTOR.id, VECTOR.attemptedAt, Buffer.from(VECTOR.body))
    assert.deepEqual(headers, {
      'webhook-id': VECTOR.id,
      'webhook-timestamp': '1614265330',
      'webhook-signature': VECTOR.signature,
    })
  })

  it('takes a secret with or without its prefix, and whole seconds of the time', () => {
    const sign = createSignMessage([VECTOR.secret.slice('whsec_'.length)])
    const headers = sign(VECTOR.id, VECTOR.attemptedAt + 999, Buffer.from(VECTOR.body))
    assert.equal(headers['webhook-signature'], VECTOR.signature)
  })

  it('signs with every secret, so that a receiver with any of them accepts', () => {
    const old = `whsec_${Buffer.alloc(64, 7).toString('base64')}`
    const body = '{"name":"Zoë"}'
    const headers = createSignMessage([VECTOR.secret, old])('msg_1', Date.now(), Buffer.from(body))
    assert.match(headers['webhook-signature'], /^v1,[A-Za-z0-9+/]{43}= v1,[A-Za-z0-9+/]{43}=$/)
    for (const secret of [VECTOR.secret, old]) {
      assert.deepEqual(new Webhook(secret).verify(body, { ...headers }), { name: 'Zoë' })
    }
    const other = `whsec_${Buffer.alloc(24, 8).toString('base64')}`
    assert.throws(() => new Webhook(other).verify(body, { ...headers }))
  })

  it('signs whatever text as npm standardwebhooks does', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 24, maxLength: 64 }),
        fc.uuid(),
        fc.integer({ min: 0, max: 4e12 }),
        fc.string({ unit: 'binary' }),
        (key, id, attemptedAt, body) => {
          const secret = `whsec_${Buffer.from(key).toString('base64')}`
          const headers = createSignMessage([secret])(id, attemptedAt, Buffer.from(body))
          assert.equal(headers['webhook-signature'], new Webhook(secret).sign(id, new Date(attemptedAt), body))
        },
      ),
      // Its own SHA-256 is slow.
      { numRuns: 25 },
    )
  })
})
