import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, it } from 'node:test'
import { SignJWT } from 'jose'
import { createStatusTokens } from '../../../server/auth/status-token.ts'
import { createVerifyUserToken } from '../../../server/auth/user-token.ts'

const NOW = Date.parse('2026-03-01T12:00:00Z')
const DAY_MS = 24 * 3_600_000

const signLike = (key: Uint8Array, typ: string, aud: string) =>
  new SignJWT()
    .setProtectedHeader({ alg: 'HS256', typ })
    .setAudience(aud)
    .setSubject('v-1')
    .setExpirationTime(new Date(NOW + DAY_MS))
    .sign(key)

describe('createStatusTokens', () => {
  const key = randomBytes(32)
  let now = NOW
  const tokens = createStatusTokens(key, () => now)

  it('sees the verification it was issued for, on every node, for 30 days', async () => {
    const token = await tokens.issue('v-1')
    assert.equal(await createStatusTokens(key, () => NOW).verify(token), 'v-1')
    now = NOW + 30 * DAY_MS - 1000
    assert.equal(await tokens.verify(token), 'v-1')
    now = NOW + 30 * DAY_MS
    assert.equal(await tokens.verify(token), null)
    now = NOW
  })

  it('refuses what is edited, made with another key, or another kind of token', async () => {
    const token = await tokens.issue('v-1')
    const payload = Buffer.from(JSON.stringify({ aud: 'seon-verify-status', sub: 'v-2', exp: 9_999_999_999 }))
    const foreign = await createStatusTokens(randomBytes(32), () => NOW).issue('v-1')
    assert.equal(await tokens.verify(await signLike(key, 'seon-verify-status+jwt', 'seon-verify-status')), 'v-1')
    const refused = [
      token.replace(/\.[^.]+\./, `.${payload.toString('base64url')}.`),
      foreign,
      await signLike(key, 'JWT', 'seon-verify-status'),
      await signLike(key, 'seon-verify-status+jwt', 'seon-verify'),
      '',
      'x.y.z',
    ]
    for (const text of refused) assert.equal(await tokens.verify(text), null, text)
  })

  it('is no user token, even where one secret was given for both', async () => {
    const secret = 'one-secret-for-two-things-of-32-chars'
    const token = await createStatusTokens(Buffer.from(secret), () => NOW).issue('v-1')
    await assert.rejects(createVerifyUserToken(secret, () => NOW)(token))
  })
})
