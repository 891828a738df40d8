import assert from 'node:assert/strict'
import { after, describe, it, mock } from 'node:test'
import express from 'express'
import { Socket as ServerSocket } from 'socket.io'
import { io } from 'socket.io-client'
import { createCookieBrowser } from '../../helpers/cookie-browser.ts'
import { readMountedRoutes } from '../../helpers/mounted-routes.ts'
import { CLIENT, signInAtProvider, startOpenIdProvider } from '../../helpers/openid-provider.ts'
import { startSandboxServer } from '../../helpers/server.ts'
import { API_TOKEN, ask, textOf } from '../../helpers/visitor.ts'
import { EVENTS, ROLES, ROUTES, type Role } from './matrix.ts'

/** Of what is registered on every socket, the names that no client can send. */
const INTERNAL: ReadonlySet<string> = new Set(['error', 'disconnect', 'disconnecting'])

const FOREIGN = 'https://evil.example'

describe('who may do what', async () => {
  const uses = mock.method(express.application, 'use')
  const listenings = mock.method(ServerSocket.prototype, 'on')
  const provider = await startOpenIdProvider()
  const server = await startSandboxServer({
    API_TOKEN,
    INIT_LIMITS: 'address=10000/m,user=10000/m',
    OIDC_ISSUER: provider.issuer,
    OIDC_CLIENT_ID: CLIENT.id,
    OIDC_CLIENT_SECRET: CLIENT.secret,
    OIDC_ADMINS: 'ada@example.com',
    OIDC_VIEWERS: 'group:support',
  })
  provider.serve(server.url)
  after(() => mock.restoreAll())
  const mounted = uses.mock.calls
    .map((call) => readMountedRoutes(call.this))
    .find((routes) => routes.includes('USE /webhooks/seon'))

  const statusToken = textOf(await ask(server, '/api/init-verification', { userId: 'matrix' }), 'statusToken')
  const ids = {
    verification: await readId('/api/verifications'),
    // Refused for its signature, and kept.
    delivery: await fetch(`${server.url}/webhooks/seon`, {
      method: 'POST',
      headers: { 'seon-signature': '0'.repeat(64) },
      body: '{}',
    }).then(() => readId('/api/deliveries')),
  }

  async function readId(path: string): Promise<string> {
    const { items } = JSON.parse(JSON.stringify(await server.ask(path)))
    return String(items[0]?.id)
  }

  const sessions = new Map<Role, string>()

  async function signIn(role: 'viewer' | 'admin'): Promise<string> {
    const browser = createCookieBrowser()
    const login = role === 'admin' ? 'ada' : 'ben'
    const callback = await signInAtProvider(browser, { server: server.url, provider: provider.issuer, login })
    await browser.send(callback.href)
    return browser.cookies(server.url)
  }

  /** What a role shows of itself. */
  async function showing(role: Role, origin = server.url): Promise<Record<string, string>> {
    if (role === 'nobody') return {}
    if (role === 'visitor') return { authorization: `Bearer ${statusToken}` }
    if (role === 'program') return { authorization: `Bearer ${API_TOKEN}` }
    if (role === 'administrator') return { authorization: `Bearer ${server.sandbox.adminToken}` }
    const cookie = sessions.get(role) ?? (await signIn(role))
    sessions.set(role, cookie)
    return { cookie, origin }
  }

  async function request(entry: string, headers: Record<string, string>): Promise<number> {
    const [verb = '', path = ''] = entry.split(' ')
    const { method = verb, at = path, body } = ROUTES[entry] ?? {}
    const url = at.replace(':verification', ids.verification).replace(':delivery', ids.delivery)
    const response = await fetch(`${server.url}${url}`, {
      method,
      redirect: 'manual',
      headers: { ...headers, ...(body === undefined ? {} : { 'content-type': 'application/json' }) },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    await response.arrayBuffer()
    // Whoever was signed out signs in again.
    if (entry === 'DELETE /api/session') sessions.clear()
    return response.status
  }

  it('is said of everything that is mounted, and of nothing else', () => {
    assert.deepEqual(mounted?.toSorted(), Object.keys(ROUTES).toSorted())
  })

  for (const [entry, { answers }] of Object.entries(ROUTES)) {
    it(`${entry}: ${answers.join(' ')}`, async () => {
      const given: number[] = []
      for (const role of ROLES) given.push(await request(entry, await showing(role)))
      assert.deepEqual(given, answers, ROLES.join(' '))
    })
  }

  it('is not what a page of another origin may do with an operator’s cookie', async () => {
    for (const [entry, { method = entry.split(' ')[0], answers }] of Object.entries(ROUTES)) {
      const [nobody, , , , admin] = answers
      // Whatever asks who it is and changes something.
      if (method === 'GET' || nobody !== 401 || admin === 401) continue
      assert.equal(await request(entry, await showing('admin', FOREIGN)), 403, entry)
    }
  })

  /** `joined`, or why not. */
  async function join(namespace: string, role: Role): Promise<string> {
    const { authorization, cookie, origin } = await showing(role)
    const socket = io(`${server.url}${namespace}`, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: authorization === undefined ? {} : { token: authorization.replace('Bearer ', '') },
      extraHeaders: cookie === undefined || origin === undefined ? {} : { cookie, origin },
    })
    try {
      return await new Promise((resolve) => {
        socket.on('connect', () => resolve('joined'))
        socket.on('connect_error', ({ message }) => resolve(message))
      })
    } finally {
      socket.close()
    }
  }

  for (const [namespace, { answers }] of Object.entries(EVENTS)) {
    it(`${namespace}: ${answers.join(' ')}`, async () => {
      const given: string[] = []
      for (const role of ROLES) given.push(await join(namespace, role))
      assert.deepEqual(given, answers, ROLES.join(' '))
    })
  }

  it('is said of every event that a client can send', () => {
    const table = Object.entries(EVENTS).flatMap(([namespace, { sends }]) =>
      sends.map((name) => `${namespace} ${name}`),
    )
    const registered = new Set<string>()
    for (const { this: socket, arguments: given } of listenings.mock.calls) {
      const event = String(given[0])
      if (socket instanceof ServerSocket && !INTERNAL.has(event)) registered.add(`${socket.nsp.name} ${event}`)
    }
    assert.deepEqual([...registered].toSorted(), table.toSorted())
  })
})
