import assert from 'node:assert/strict'
import { type InitServer, SHOP } from './init-server.ts'

export interface Answer {
  status: number
  headers: Headers
  body: Record<string, unknown>
}

/** Starts a verification as a page does. */
export async function post(server: InitServer, body: unknown, headers: Record<string, string> = {}): Promise<Answer> {
  const response = await fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, body: text === '' ? {} : JSON.parse(text) }
}

export const shop = { origin: SHOP }
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` })
/** A random one, as the element makes it for each click. */
export const idempotencyKey = () => ({ 'idempotency-key': crypto.randomUUID() })
export const errorOf = ({ status, body }: Answer) => [status, body['error']]
export const sentToSeon = (server: InitServer): unknown => JSON.parse(server.upstream.requests.at(-1)?.body ?? 'null')

export async function verificationOf(server: InitServer, { body }: Answer): Promise<string> {
  return (await server.statusTokens.verify(String(body['statusToken']))) ?? assert.fail('no status token')
}

export const preflight = (server: InitServer, origin: string) =>
  fetch(server.url, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type,x-csrf-token',
    },
  })
