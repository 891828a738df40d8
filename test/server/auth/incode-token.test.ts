import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { describe, it } from 'node:test'
import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { createIncodeTokens } from '../../../server/auth/incode-token.ts'

const NOW = Date.UTC(2026, 0, 1)
const key = Buffer.alloc(32, 7)
const client = { id: 'incode', secret: 'a:secret with ü and :' }

function create(now: number = NOW) {
  return createIncodeTokens({ client, key, now: () => now })
}

const claims = { iss: 'seon-verify', aud: 'seon-verify-incode', iat: NOW / 1000, exp: NOW / 1000 + 600 }

function signed(payload: JWTPayload, head: object = {}, signingKey: Uint8Array = key): Promise<string> {
  return new SignJWT(payload)
    .setProtectedHeader({ alg: 'HS256', typ: 'seon-verify-incode+jwt', ...head })
    .sign(signingKey)
}

function basic(text: string): string {
  return `Basic ${Buffer.from(text).toString('base64')}`
}

describe('tokens for Incode', () => {
  it('are as Incode wants them, short-lived, and hold after a restart', async () => {
    const issued = await create().issue()
    assert.deepEqual(Object.keys(issued).toSorted(), ['access_token', 'expires_in', 'token_type'])
    assert.equal(issued.token_type, 'Bearer')
    assert.equal(issued.expires_in, 900)
    assert.equal(await create().verify(issued.access_token), true)
    assert.equal(await create(NOW + 900_000).verify(issued.access_token), true)
  })

  it('B1 row 33: are refused once they have run out, with a minute for clocks that differ', async () => {
    const { access_token: token } = await create().issue()
    assert.equal(await create(NOW + (900 + 59) * 1000).verify(token), true)
    assert.equal(await create(NOW + (900 + 61) * 1000).verify(token), false)
  })

  it('B1 row 33: are refused without alg, with another alg, type, audience, issuer, or without an end', async () => {
    const tokens = create()
    assert.equal(await tokens.verify(await signed(claims)), true)
    const { exp: _, ...endless } = claims
    const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
    const wrong = {
      none: new UnsecuredJWT(claims).encode(),
      'another HMAC': await signed(claims, { alg: 'HS512' }, Buffer.alloc(64, 7)),
      RS256: await new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', typ: 'seon-verify-incode+jwt' })
        .sign(rsa.privateKey),
      'public key as secret': await signed(claims, {}, rsa.publicKey.export({ format: 'der', type: 'spki' })),
      'another key': await signed(claims, {}, Buffer.alloc(32, 8)),
      'another type': await signed(claims, { typ: 'seon-verify-status+jwt' }),
      'no type': await signed(claims, { typ: undefined }),
      'another audience': await signed({ ...claims, aud: 'seon-verify' }),
      'another issuer': await signed({ ...claims, iss: 'https://example.com' }),
      'no end': await signed(endless),
      'kid as path': await signed(claims, { kid: '../../../dev/null' }, Buffer.alloc(32)),
      garbage: 'a.b.c',
      empty: '',
    }
    for (const [what, token] of Object.entries(wrong)) assert.equal(await tokens.verify(token), false, what)
  })

  it('B1 row 33: are refused when anything in them was changed', async () => {
    const token = await signed(claims)
    const [head, , signature] = token.split('.')
    const longer = Buffer.from(JSON.stringify({ ...claims, exp: claims.exp + 9999 })).toString('base64url')
    assert.equal(await create().verify(`${head}.${longer}.${signature}`), false)
  })

  it('know the client by Basic auth', () => {
    const tokens = create()
    assert.equal(tokens.isClient(basic(`${client.id}:${client.secret}`)), true)
    assert.equal(tokens.isClient(basic(`${client.id}:${client.secret}`).replace('Basic', 'basic')), true)
    for (const wrong of [
      '',
      ':',
      client.id,
      `${client.id}:`,
      `${client.id}:${client.secret}x`,
      `x${client.id}:${client.secret}`,
    ]) {
      assert.equal(tokens.isClient(basic(wrong)), false, wrong)
    }
    for (const header of [
      '',
      'Basic',
      'Basic !!!',
      `Bearer ${Buffer.from('incode:x').toString('base64')}`,
      `${basic('a:b')}, ${basic('c:d')}`,
    ]) {
      assert.equal(tokens.isClient(header), false)
    }
  })
})
