import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { type Claims, createGrants } from '../../../../server/auth/sessions/grants.ts'

const ADMIN_TOKEN = 'an-admin-token-long-enough'
const grants = createGrants({
  adminToken: ADMIN_TOKEN,
  oidc: {
    issuer: 'https://accounts.example.com',
    admins: ['ada@example.com', 'group:compliance'],
    viewers: ['@example.com', 'ben@example.org', 'group:Support', 'ada@example.com'],
  },
})

const claim = (claims: Partial<Claims>): Claims => ({ email: null, isEmailVerified: true, groups: [], ...claims })
const roleOf = (claims: Partial<Claims>) => grants.match(claim(claims))?.role ?? null

describe('createGrants', () => {
  it('gives the role of the rule that fits, an admin’s first', () => {
    assert.equal(roleOf({ email: 'ada@example.com' }), 'admin')
    assert.equal(roleOf({ email: 'Ada@Example.COM' }), 'admin')
    assert.equal(roleOf({ email: 'carl@example.com' }), 'viewer')
    assert.equal(roleOf({ email: 'ben@example.org' }), 'viewer')
    assert.equal(roleOf({ groups: ['Support'] }), 'viewer')
    assert.equal(roleOf({ email: 'carl@example.com', groups: ['Support', 'compliance'] }), 'admin')
  })

  const strangers: [string, Partial<Claims>][] = [
    ['nobody in particular', {}],
    ['another address', { email: 'eve@example.net' }],
    ['an address that is not known to be theirs', { email: 'ada@example.com', isEmailVerified: false }],
    ['a domain below', { email: 'eve@mail.example.com' }],
    ['a domain that begins alike', { email: 'eve@example.com.evil.example' }],
    ['a domain that ends alike', { email: 'eve@evilexample.com' }],
    ['a quoted address with two of them', { email: '"eve@evil.example"@example.com' }],
    ['a domain without a name', { email: '@example.com' }],
    ['a group in another case', { groups: ['support'] }],
    ['a group whose name is a rule', { groups: ['@example.com', 'ada@example.com', 'group:Support'] }],
    ['an address that is a group’s rule', { email: 'group:compliance' }],
  ]
  for (const [who, claims] of strangers) {
    it(`gives nothing to ${who}`, () => assert.equal(roleOf(claims), null))
  }

  it('gives nothing to anybody without OpenID Connect', () => {
    assert.equal(createGrants({ adminToken: ADMIN_TOKEN, oidc: null }).match(claim({ email: 'ada@example.com' })), null)
  })

  it('knows what it has given, and not what others have', () => {
    const given = grants.match(claim({ email: 'carl@example.com' })) ?? assert.fail('no grant')
    assert.ok(grants.holds(given))
    assert.ok(grants.holds(grants.token))
    assert.ok(!grants.holds({ ...given, role: 'admin' }))
    const oidc = { issuer: 'https://accounts.example.net', admins: [], viewers: ['@example.com'] }
    assert.ok(!createGrants({ adminToken: ADMIN_TOKEN, oidc }).holds(given))
    assert.ok(!createGrants({ adminToken: 'another-admin-token', oidc: null }).holds(grants.token))
    assert.ok(!JSON.stringify(grants.token).includes(ADMIN_TOKEN))
  })
})
