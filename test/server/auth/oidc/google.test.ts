import assert from 'node:assert/strict'
import { before, describe, it } from 'node:test'
import { createOidcProvider } from '../../../../server/auth/oidc/oidc-provider.ts'
import { createGrants } from '../../../../server/auth/sessions/grants.ts'
import { createCookieBrowser } from '../../../helpers/cookie-browser.ts'
import { answerProvider, CLIENT, startOpenIdProvider } from '../../../helpers/openid-provider.ts'

/** Never visited: what leads back to it is read here. */
const SERVER = 'https://verify.example.com'

/** Google calls all of these addresses verified. */
const ACCOUNTS: [login: string, claims: { email: string; hd?: unknown }, role: string | null][] = [
  ['the company’s own', { email: 'Ada@Example.com', hd: 'example.com' }, 'viewer'],
  ['the company’s own, in capitals', { email: 'ada@example.com', hd: 'EXAMPLE.COM' }, 'viewer'],
  ['one that anybody made for an address of the company’s', { email: 'eve@example.com' }, null],
  ['another company’s', { email: 'eve@example.com', hd: 'example.net' }, null],
  ['another company’s whose name ends alike', { email: 'eve@example.com', hd: 'ple.com' }, null],
  ['one without a company’s name', { email: 'eve@example.com', hd: '' }, null],
  ['one with several', { email: 'eve@example.com', hd: ['example.com'] }, null],
  ['Google’s own', { email: 'dora@gmail.com' }, 'admin'],
  ['one that anybody made for an address that ends alike', { email: 'dora@notgmail.com' }, null],
]

describe('accounts of Google', async () => {
  const people = Object.fromEntries(
    ACCOUNTS.map(([, claims], place) => [`account-${place}`, { ...claims, email_verified: true }]),
  )
  const provider = await startOpenIdProvider(people)
  const oidc = { issuer: provider.issuer, admins: ['dora@gmail.com', 'dora@notgmail.com'], viewers: ['@example.com'] }
  const grants = createGrants({ adminToken: 'an-admin-token-of-nobody', oidc })
  const host = new URL(provider.issuer).host
  before(() => provider.serve(SERVER))

  /** Who it is, as the provider says it at its own pages; `google` is whose accounts anybody can make. */
  async function enter(login: string, google: string) {
    const options = { ...oidc, clientId: CLIENT.id, clientSecret: CLIENT.secret, scope: 'openid email profile' }
    const door = createOidcProvider({ oidc: options, publicUrl: () => SERVER, google })
    const { url, ...signIn } = await door.begin()
    const { search } = await answerProvider(createCookieBrowser(), url, login)
    return door.finish(search, signIn)
  }

  for (const [place, [account, { email }, role]] of ACCOUNTS.entries()) {
    it(`${role === null ? 'are not taken at their word' : 'are taken at their word'}: ${account}`, async () => {
      const person = await enter(`account-${place}`, host)
      assert.equal(grants.match(person)?.role ?? null, role)
      assert.equal(person.isEmailVerified, role !== null)
      assert.equal(person.name, role === null ? `account-${place} (${host})` : email)
    })
  }

  it('are told from other providers’, which answer for their addresses', async () => {
    const person = await enter('account-2', 'accounts.google.com')
    assert.deepEqual([person.isEmailVerified, grants.match(person)?.role], [true, 'viewer'])
  })
})
