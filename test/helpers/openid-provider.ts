import { generateKeyPairSync } from 'node:crypto'
import { createServer, type RequestListener } from 'node:http'
import { after } from 'node:test'
import { type Account, Provider } from 'oidc-provider'
import type { CookieBrowser } from './cookie-browser.ts'
import { listen, stop } from './listen.ts'

export const CLIENT = { id: 'seon-verify', secret: 'an-invented-client-secret' }

/** Whatever a provider knows of somebody, by login. */
export type People = Readonly<Record<string, Record<string, unknown>>>

/** All invented. */
const PEOPLE: People = {
  ada: { email: 'ada@example.com', email_verified: true },
  ben: { email: 'ben@example.org', email_verified: true, groups: ['support'] },
  eve: { email: 'eve@example.net', email_verified: true, groups: ['sales'] },
  /** Says that she is Ada, which nobody has checked. */
  mallory: { email: 'ada@example.com', email_verified: false, preferred_username: 'ada' },
}

export interface OpenIdProvider {
  issuer: string
  /** Opens the provider to that server; until then, and after `stop`, it does not answer. */
  serve(serverUrl: string): void
  stop(): void
}

/** A real OpenID provider on a free port, with its own pages to sign in; anybody's password is right. */
export async function startOpenIdProvider(people: People = PEOPLE): Promise<OpenIdProvider> {
  const away: RequestListener = (request) => request.socket.destroy()
  let answer = away
  const server = createServer((request, response) => answer(request, response))
  const issuer = await listen(server)
  after(() => stop(server))
  const key = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' })
  let listener: RequestListener | undefined

  return {
    issuer,
    serve(serverUrl) {
      listener ??= new Provider(issuer, {
        clients: [
          {
            client_id: CLIENT.id,
            client_secret: CLIENT.secret,
            redirect_uris: [`${serverUrl}/api/session/oidc/callback`],
            post_logout_redirect_uris: [`${serverUrl}/dashboard`],
          },
        ],
        findAccount: (_context: unknown, id: string): Account => ({
          accountId: id,
          claims: () => ({ sub: id, ...people[id] }),
        }),
        claims: {
          openid: ['sub', 'groups', 'hd'],
          email: ['email', 'email_verified'],
          profile: ['preferred_username'],
        },
        jwks: { keys: [{ ...key, use: 'sig', alg: 'RS256' }] },
        cookies: { keys: ['an-invented-cookie-key'] },
      }).callback()
      answer = listener
    },
    stop() {
      answer = away
    },
  }
}

const isCallback = (url: URL) => url.pathname === '/api/session/oidc/callback'

/** Goes from the dashboard's door to the provider and signs in there; where that leads back to. `change` meddles with the way there. */
export async function signInAtProvider(
  browser: CookieBrowser,
  {
    server,
    provider,
    login,
    change,
  }: { server: string; provider: string; login: string; change?: ((url: URL) => void) | undefined },
): Promise<URL> {
  const start = await browser.walk(`${server}/api/session/oidc`, (url) => url.origin === provider)
  change?.(start.url)
  return answerProvider(browser, start.url.href, login)
}

/** Answers the provider's pages from that address on; where they lead back to. */
export async function answerProvider(browser: CookieBrowser, start: string, login: string): Promise<URL> {
  let { url } = await browser.walk(start, isCallback)
  for (const prompt of ['login', 'consent']) {
    if (isCallback(url)) return url
    const body = new URLSearchParams({ prompt, login, password: 'any' })
    ;({ url } = await browser.walk(url.href, isCallback, { method: 'POST', body }))
  }
  return url
}
