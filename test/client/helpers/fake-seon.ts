// What the element talks to, as small as its tests allow: SEON's service and hosted page (vendor facts §4.2, §4.3) and
// our own addresses. What it does is chosen by the user id, and what it was sent can be read back.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text as readText } from 'node:stream/consumers'
import { Server } from 'socket.io'

export interface FakeSeon {
  url: string
  close(): Promise<void>
}

/** Ways to answer one request. */
interface Answers {
  json: (status: number, value: unknown) => void
  text: (status: number, value: string) => void
  /** Never. */
  hold: () => void
}

/** `latency` is how long each answer takes, in milliseconds. */
export async function startFakeSeon({ latency = 0 } = {}): Promise<FakeSeon> {
  const requests: { path: string; userId: string; body: unknown; headers: Record<string, unknown> }[] = []
  const held = new Set<ServerResponse>()
  /** Answers that wait for `/answer`. */
  const waiting: (() => void)[] = []
  let url = ''
  let receipts = 0

  const server = createServer((request, response) => {
    setTimeout(() => void handle(request, response).catch(() => response.destroy()), latency)
  })
  const io = new Server(server, { path: '/verify/socket.io', cors: { origin: '*' } })
  const visitors = io.of('/visitor')
  const statuses = new Map<string, { status: unknown; revision: unknown; link: unknown }>()
  visitors.use((socket, next) => {
    const token: unknown = socket.handshake.auth['token']
    if (typeof token !== 'string' || token.includes('forgotten')) {
      next(new Error('unauthorized'))
      return
    }
    void socket.join(token)
    next()
  })
  visitors.on('connection', (socket) => {
    for (const [token, message] of statuses) if (socket.rooms.has(token)) socket.emit('status', message)
  })

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? '/', url)
    response.setHeader('Access-Control-Allow-Origin', '*')
    response.setHeader('Access-Control-Allow-Headers', '*, Authorization')
    response.setHeader('Access-Control-Max-Age', '600')
    if (request.method === 'OPTIONS') return void response.writeHead(204).end()
    const body = await readBody(request)
    const json = (status: number, value: unknown) =>
      response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value))
    const text = (status: number, value: string) =>
      response.writeHead(status, { 'Content-Type': 'text/html' }).end(value)
    const hold = () => held.add(response)

    if (pathname === '/cut') {
      for (const socket of visitors.sockets.values()) socket.conn.close()
      return void json(200, {})
    }
    if (pathname === '/answer') {
      for (const answer of waiting.splice(0)) answer()
      return void json(200, {})
    }
    if (pathname === '/requests') return void json(200, requests)
    if (pathname === '/status') {
      if (!isRecord(body)) return void json(400, {})
      const { token, status, revision, link } = body
      const message = { status, revision, link }
      statuses.set(String(token), message)
      visitors.to(String(token)).emit('status', message)
      return void json(200, {})
    }
    const userId = readUserId(request, body)
    requests.push({ path: pathname, userId, body, headers: request.headers })

    if (pathname === '/verify/api/init-verification') return answerInit(userId, { json, text, hold })
    if (pathname === '/verify/api/receipts') return answerReceipt(String(request.headers.authorization), json)
    if (pathname === '/verify/api/links') {
      const [scenario, code, status] = userId.split(' ')
      if (scenario === 'init-error') return void json(Number(status), { error: code })
      return void json(200, { url: `${url}/verify/of-nobody`, statusToken: `status ${userId}`, expiresAt: 'tomorrow' })
    }
    if (pathname === '/verify/api/resume') {
      if (userId.includes('no-resume')) json(401, { error: 'user_token_invalid' })
      else if (userId.includes('late-resume')) waiting.push(() => answerResume(userId, json))
      else answerResume(userId, json)
      return
    }
    if (pathname === '/verify/api/progress') {
      // Slower at first than later: whoever does not wait arrives out of order.
      await new Promise((resolve) => setTimeout(resolve, isRecord(body) && body['event'] === 'opened' ? 80 : 0))
      return void response.writeHead(204).end()
    }
    const [, seon, scenario, ...rest] = pathname.split('/')
    if (seon !== 'seon' || !scenario) return void json(404, {})
    const path = rest.join('/')
    if (path === 'regions.json') {
      if (scenario === 'hang-regions') hold()
      else json(200, { fake: { orchestration: `${url}/seon/${scenario}` } })
    } else if (path === 'flow/client-init') {
      if (scenario === 'hang-client-init') hold()
      else if (scenario === 'refused') json(401, {})
      else if (scenario === 'down') json(503, {})
      else if (scenario === 'no-target') json(200, {})
      else
        setTimeout(() => json(200, { targetUrl: `${url}/seon/${scenario}/flow.html` }), scenario === 'slow' ? 150 : 0)
    } else if (path === 'flow.html') {
      if (scenario === 'never-loads') hold()
      else response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' }).end(FLOW_PAGE)
    } else {
      json(404, {})
    }
  }

  /** As the server: for what stands approved, a new one each time. */
  function answerReceipt(authorization: string, json: Answers['json']): void {
    const token = authorization.replace('Bearer ', '')
    const stands = statuses.get(token)?.status
    if (token.includes('no-receipts')) return json(503, { error: 'unavailable' })
    if (stands !== 'approved') return json(409, { error: 'not_approved', status: stands })
    receipts += 1
    json(200, { receipt: `receipt ${receipts}`, expiresAt: new Date(Date.now() + 600_000).toISOString() })
  }

  /** Of somebody who had a verification before those of this page, it is that one. */
  function answerResume(userId: string, json: Answers['json']): void {
    const before = `status ${userId} before`
    const statusToken = statuses.has(before) ? before : `status ${userId}`
    const stands = statuses.get(statusToken)
    const isRefused = userId.includes('only-once') || stands?.status === 'approved' || stands?.status === 'submitted'
    json(200, { mayStart: !isRefused, found: stands ? { ...stands, statusToken } : null })
  }

  function answerInit(userId: string, { json, text, hold }: Answers): void {
    const [scenario, code, status] = userId.split(' ')
    if (scenario === 'hang-init') hold()
    else if (scenario === 'init-error') json(Number(status), { error: code })
    else if (scenario === 'init-fields')
      json(400, { error: 'invalid', fields: { phoneNumber: 'not_a_number', email: 7 } })
    else if (scenario === 'init-garbage') json(200, 'nothing')
    else if (scenario === 'init-half') json(200, { token: 'fake:half' })
    else if (scenario === 'init-html') text(200, '<!doctype html><title>Maintenance</title>')
    else json(200, { token: `fake:${userId}`, statusToken: `status ${userId}`, sandboxUrl: `${url}/seon/${scenario}` })
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || !address) throw new Error('The stand-in has no port.')
  url = `http://127.0.0.1:${address.port}`
  return {
    url,
    async close() {
      for (const response of held) response.destroy()
      server.closeAllConnections()
      await io.close()
    },
  }
}

/** Says to the page around it what the test tells it to say; `hello` is no message of SEON's and nobody else hears it. */
const FLOW_PAGE = `<!doctype html><html lang="en"><title>Flow</title>
<style>html{color-scheme:light dark}body{font:16px system-ui,sans-serif;display:grid;place-items:center;height:90vh}</style>
<p>A stand-in for SEON's page <button>Continue</button></p>
<script>
  const page = opener ?? parent
  addEventListener('message', ({ data }) => { if (data && data.say) page.postMessage(data.say, '*') })
  page.postMessage({ hello: location.pathname }, '*')
</script></html>`

async function readBody(request: IncomingMessage): Promise<unknown> {
  const text = await readText(request)
  return text ? JSON.parse(text) : null
}

/** As the server: who it is says a user token, if there is one. In its place may be `token of` and the user's id. */
function readUserId({ headers }: IncomingMessage, body: unknown): string {
  const [, name, claims] = /^Bearer (?:token of (.*)|[^.]*\.(.*)\.[^.]*)$/.exec(headers.authorization ?? '') ?? []
  if (name) return name
  const said: unknown = claims?.startsWith('ey') ? JSON.parse(Buffer.from(claims, 'base64url').toString()) : null
  if (isRecord(said)) return String(said['sub'])
  return isRecord(body) ? String(body['userId']) : ''
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
