import assert from 'node:assert/strict'
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { describe, it } from 'node:test'
import { SignJWT } from 'jose'
import { createVerifyUserToken } from '../../../server/auth/user-token.ts'
import { HttpError } from '../../../server/http/errors.ts'

const SECRET = 'a-user-token-secret-of-32-characters'
const NOW = Date.parse('2026-03-01T12:00:00Z')
const nowS = NOW / 1000
const verify = createVerifyUserToken(SECRET, () => NOW)

const claims = { sub: 'user-1', jti: 'token-1', aud: 'seon-verify', exp: nowS + 300 }
const encode = (part: unknown) => Buffer.from(JSON.stringify(part)).toString('base64url')

/** Signs whatever it is given, so that no library's own checks stand between the attack and the verifier. */
function forge(
  payload: unknown,
  header: object = { alg: 'HS256', typ: 'JWT' },
  secret = SECRET,
  hash = 'sha256',
): string {
  const signed = `${encode(header)}.${encode(payload)}`
  return `${signed}.${createHmac(hash, secret).update(signed).digest('base64url')}`
}

async function isRefused(token: string): Promise<void> {
  await assert.rejects(verify(token), (error) => {
    assert.ok(error instanceof HttpError)
    assert.deepEqual([error.status, error.code, error.body], [401, 'user_token_invalid', {}])
    assert.equal(error.cause, undefined)
    return true
  })
}

describe('createVerifyUserToken', () => {
  it('reads what a back end signs with an ordinary library', async () => {
    const token = await new SignJWT({ workflow: 'full', inputs: { email: 'ada@example.com' } })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject('user-1')
      .setJti('token-1')
      .setAudience('seon-verify')
      .setExpirationTime(nowS + 900)
      .sign(new TextEncoder().encode(SECRET))
    assert.deepEqual(await verify(token), {
      userId: 'user-1',
      jti: 'token-1',
      expiresAt: (nowS + 960) * 1000,
      workflow: 'full',
      inputs: { email: 'ada@example.com' },
    })
  })

  it('tolerates clocks that differ by less than a minute', async () => {
    assert.equal((await verify(forge({ ...claims, exp: nowS - 59 }))).userId, 'user-1')
    assert.equal((await verify(forge({ ...claims, exp: nowS + 15 * 60 + 60 }))).userId, 'user-1')
  })

  it('gives whole milliseconds for a time with a fraction', async () => {
    const { expiresAt } = await verify(forge({ ...claims, exp: nowS + 300.000123 }))
    assert.equal(expiresAt, (nowS + 360) * 1000 + 1)
  })

  const { sub, jti, aud, exp } = claims
  const attacks: Record<string, string> = {
    'alg none': `${encode({ alg: 'none' })}.${encode(claims)}.`,
    'alg none, signed all the same': forge(claims, { alg: 'none' }),
    'alg NonE': `${encode({ alg: 'NonE' })}.${encode(claims)}.`,
    'another HMAC': forge(claims, { alg: 'HS512' }, SECRET, 'sha512'),
    'no alg': forge(claims, { typ: 'JWT' }),
    'unknown critical header': forge(claims, { alg: 'HS256', crit: ['x'], x: 1 }),
    'wrong secret': forge(claims, { alg: 'HS256' }, 'another-secret-of-at-least-32-chars!'),
    'empty secret': forge(claims, { alg: 'HS256' }, ''),
    'no signature': forge(claims).replace(/[^.]*$/, ''),
    'payload exchanged': forge(claims).replace(/\.[^.]+\./, `.${encode({ ...claims, sub: 'user-2' })}.`),
    'wrong audience': forge({ ...claims, aud: 'another-service' }),
    "a status token's audience": forge({ ...claims, aud: 'seon-verify-status' }),
    'no audience': forge({ sub, jti, exp }),
    'no subject': forge({ jti, aud, exp }),
    'empty subject': forge({ ...claims, sub: '' }),
    'subject not a string': forge({ ...claims, sub: 7 }),
    'subject with a control character': forge({ ...claims, sub: 'a\nb' }),
    'subject too long': forge({ ...claims, sub: 'x'.repeat(256) }),
    'no jti': forge({ sub, aud, exp }),
    'jti not a string': forge({ ...claims, jti: 7 }),
    'no expiry': forge({ sub, jti, aud }),
    'expiry not a number': forge({ ...claims, exp: '9999999999' }),
    expired: forge({ ...claims, exp: nowS - 61 }),
    'expires too late': forge({ ...claims, exp: nowS + 15 * 60 + 61 }),
    'expires never': forge({ ...claims, exp: Number.MAX_SAFE_INTEGER }),
    'not valid yet': forge({ ...claims, nbf: nowS + 120 }),
    'inputs not an object': forge({ ...claims, inputs: [] }),
    'workflow not a string': forge({ ...claims, workflow: {} }),
    'payload not an object': forge([claims]),
    'not a JWT': 'x',
    'two dots and nothing': '..',
    'five parts': 'a.b.c.d.e',
    'long garbage': 'a'.repeat(100_000),
  }
  for (const [name, token] of Object.entries(attacks)) {
    it(`refuses ${name}`, () => isRefused(token))
  }

  it('refuses RS256 with the public key for a secret, and an RS256 token', async () => {
    const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const pem = publicKey.export({ type: 'spki', format: 'pem' }).toString()
    const swapped = createVerifyUserToken(pem, () => NOW)
    const signed = `${encode({ alg: 'RS256' })}.${encode(claims)}`
    const token = `${signed}.${sign('sha256', Buffer.from(signed), privateKey).toString('base64url')}`
    await isRefused(token)
    await assert.rejects(swapped(token), HttpError)
  })
})
