import assert from 'node:assert/strict'
import { once } from 'node:events'
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setImmediate } from 'node:timers/promises'
import { z } from 'zod'
import { createSandbox, type Sandbox, type SandboxOptions } from '../../../../server/sandbox/sandbox.ts'

export const API_KEY = 'sandbox-key'
export const WORKFLOW = { id: '11111111-1111-4111-8111-111111111111', name: 'Onboarding' }
export const SECRETS = {
  seon: 'seon-secret',
  fraudLicenseKey: 'license-key',
  incodeClientId: 'incode-client',
  incodeClientSecret: 'incode-secret',
}

/** One webhook as it arrived. */
export interface Received {
  path: string
  headers: IncomingHttpHeaders
  raw: Buffer
  body: { event: string; timestamp: string; data: Record<string, unknown> } & Record<string, unknown>
}

export interface Receiver {
  url: string
  received: Received[]
  /** Next answers in order; 200 when none is left. `cut` hangs up, `silence` says nothing. */
  answers: (number | 'cut' | 'silence')[]
  /** Resolves once so many have arrived. */
  waitFor(count: number): Promise<void>
  close(): Promise<void>
}

/** Resolves once `condition` holds, looking again after every turn of the event loop. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await setImmediate()
}

export async function listen(handler: RequestListener): Promise<{ server: Server; url: string }> {
  const server = createServer(handler).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  assert.ok(typeof address === 'object' && address !== null)
  return { server, url: `http://127.0.0.1:${address.port}` }
}

export async function closeServer(server: Server): Promise<void> {
  const closed = once(server.close(), 'close')
  server.closeAllConnections()
  await closed
}

/** A damaged body is no JSON. */
function readBody(raw: Buffer): Received['body'] {
  try {
    return JSON.parse(raw.toString())
  } catch {
    return { event: 'damaged', timestamp: '', data: {} }
  }
}

/** Stands where the main server's doors would be and writes down what comes. */
export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const answers: (number | 'cut' | 'silence')[] = []
  const waiting = new Set<() => void>()
  const { server, url } = await listen((request, response) => void receive(request, response))

  async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const raw = await buffer(request)
    received.push({ path: request.url ?? '', headers: request.headers, raw, body: readBody(raw) })
    const answer = answers.shift() ?? 200
    if (answer === 'cut') request.socket.destroy()
    else if (answer !== 'silence')
      response.writeHead(answer, { 'content-type': 'application/json' }).end('{"received":true}')
    for (const check of waiting) check()
  }

  return {
    url,
    received,
    answers,
    waitFor(count) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const check = () => {
        if (received.length < count) return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
      return promise
    },
    close: () => closeServer(server),
  }
}

export interface RunningSandbox {
  sandbox: Sandbox
  url: string
  /** Sends JSON to the control API and answers what came back. */
  control(path: string, body?: unknown): Promise<{ status: number; body: unknown }>
  /** Starts a run as the main server would. */
  init(inputs: Record<string, unknown>, headers?: Record<string, string>): Promise<Response>
  /** The same, when it must work. */
  startRun(userId?: string): Promise<{ executionId: string; token: string }>
  close(): Promise<void>
}

const InitAnswer = z.strictObject({ data: z.strictObject({ executionId: z.uuid(), token: z.string() }) })

export async function startSandbox(options: Partial<SandboxOptions> = {}): Promise<RunningSandbox> {
  const sandbox = createSandbox({
    webhookBase: 'http://127.0.0.1:1',
    apiKey: API_KEY,
    workflows: [WORKFLOW],
    secrets: { ...SECRETS },
    ...options,
  })
  const { server, url } = await listen(sandbox.app)
  const init = (inputs: Record<string, unknown>, headers: Record<string, string> = { 'x-api-key': API_KEY }) =>
    fetch(`${url}/orchestration-api/v1/init-workflow`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ workflowId: WORKFLOW.id, inputs }),
    })
  return {
    init,
    startRun: async (userId = 'u-1') => InitAnswer.parse(await (await init({ user_id: userId })).json()).data,
    sandbox,
    url,
    async control(path, body) {
      const response = await fetch(`${url}/control${path}`, {
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
        headers: { 'content-type': 'application/json' },
      })
      return { status: response.status, body: await response.json() }
    },
    async close() {
      await sandbox.close()
      await closeServer(server)
    },
  }
}
