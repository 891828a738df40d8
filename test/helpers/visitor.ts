import assert from 'node:assert/strict'
import { randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { awaitStatus } from '../journeys/steps.ts'
import type { TestServer } from './server.ts'

// What a visitor's page and a site's back end ask of the whole server, without a browser.

export const SHOP = 'https://shop.example.com'
export const OTHER_SHOP = 'https://other.example.com'
export const API_TOKEN = 'an-api-token-that-only-tests-know'
export const USER_TOKEN_SECRET = 'a-user-token-secret-of-32-characters'

export interface Answer {
  status: number
  body: Record<string, unknown>
  headers: Headers
}

export interface AskOptions {
  bearer?: string | undefined
  /** Null: no page, a program. */
  origin?: string | null
  method?: string
}

/** A request as a page (`origin`) or a back end (`origin: null`) makes it. */
export async function ask(
  server: { url: string },
  path: string,
  body: unknown,
  { bearer, origin = SHOP, method = 'POST' }: AskOptions = {},
): Promise<Answer> {
  const response = await fetch(`${server.url}${path}`, {
    method,
    headers: {
      ...(bearer === undefined ? {} : { authorization: `Bearer ${bearer}` }),
      ...(origin === null ? {} : { origin }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  return { status: response.status, body: text === '' ? {} : JSON.parse(text), headers: response.headers }
}

/** `[409, 'already_approved']` */
export const refusalOf = ({ status, body }: Answer) => [status, body['error']]

export const textOf = (answer: Answer, name: string): string => {
  const value = answer.body[name]
  assert.equal(typeof value, 'string', `${answer.status} ${JSON.stringify(answer.body)} has no ${name}`)
  return String(value)
}

/** As a site's back end makes it. */
export function signUserToken(userId: string, claims: Record<string, unknown> = {}): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setAudience('seon-verify')
    .setJti(randomUUID())
    .setExpirationTime('5 min')
    .sign(new TextEncoder().encode(USER_TOKEN_SECRET))
}

/** Starts a verification of a sandbox user; the answer's status token. */
export async function start(server: TestServer, userId: string): Promise<string> {
  return textOf(await ask(server, '/api/init-verification', { userId }), 'statusToken')
}

/** What SEON says about the user's newest run, by webhook; resolves once it has been taken in. */
export async function decide(
  server: TestServer,
  userId: string,
  status: 'approved' | 'declined' | 'review',
  others: readonly string[] = [],
): Promise<void> {
  await server.control('/trigger', { event: 'orchestration/workflow_execution_updated', status, userId })
  await awaitStatus(server, userId, [status, ...others])
}

/** A sandbox user who has been approved; the status token of that verification. */
export async function approve(server: TestServer, userId: string): Promise<string> {
  const statusToken = await start(server, userId)
  await decide(server, userId, 'approved')
  return statusToken
}

/** A receipt for a page at `origin`. */
export async function takeReceipt(server: { url: string }, statusToken: string, origin = SHOP): Promise<string> {
  return textOf(await ask(server, '/api/receipts', {}, { bearer: statusToken, origin }), 'receipt')
}
