import assert from 'node:assert/strict'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { readConfig } from '../../../../server/config/config.ts'
import { createLog } from '../../../../server/log.ts'
import type { Delivery, DeliveryDetail, DeliveryPage } from '../../../../server/protocol.ts'
import { startServer } from '../../../../server/server.ts'
import { sign } from '../../../../server/vendors/signature.ts'

export const WEBHOOK_SECRET = 'canary-webhook-secret'
const LICENSE_KEY = 'canary-license-key'
const INCODE_VALUE = 'canary-incode-value'
const ADMIN_TOKEN = 'canary-admin-token-of-this-test'

/** What must never be logged is marked with it: secrets, and whatever the tests put into bodies. */
export const CANARY = 'canary'

export type DoorName = 'seon' | 'seon-idv' | 'seon-fraud' | 'incode'
export const DOORS: readonly DoorName[] = ['seon', 'seon-idv', 'seon-fraud', 'incode']

export interface Answer {
  status: number
  headers: Readonly<Record<string, string | string[] | undefined>>
  body: string
}

/** The whole server with every door configured, on a free port. */
export async function startDoors(env: Readonly<Record<string, string>>) {
  let log = ''
  const server = await startServer({
    config: readConfig({
      PORT: '0',
      ADMIN_TOKEN,
      SEON_WEBHOOK_SECRET: WEBHOOK_SECRET,
      SEON_LICENSE_KEY: LICENSE_KEY,
      INCODE_WEBHOOK_HEADER: `X-Incode-Key: ${INCODE_VALUE}`,
      ...env,
    }),
    log: createLog('info', { write: (line) => (log += line) }),
  })
  const { host, hostname, port } = new URL(server.url)

  async function ask<T>(path: string): Promise<T> {
    const response = await fetch(`${server.url}${path}`, { headers: { authorization: `Bearer ${ADMIN_TOKEN}` } })
    assert.equal(response.status, 200, path)
    return JSON.parse(await response.text())
  }

  /** Headers go out just as given, repeated ones too; `null` for a body: none, and no length. */
  function send(path: string, body: Uint8Array | null, rawHeaders: readonly string[] = [], method = 'POST') {
    return new Promise<Answer>((resolve, reject) => {
      const length = body === null ? [] : ['Content-Length', String(body.byteLength)]
      const headers = ['Host', host, ...length, ...rawHeaders]
      const request = httpRequest(`${server.url}${path}`, { method, headers }, (response) => {
        const chunks: Buffer[] = []
        response.on('data', (chunk: Buffer) => chunks.push(chunk))
        response.on('end', () => {
          const { statusCode: status = 0 } = response
          resolve({ status, headers: response.headers, body: Buffer.concat(chunks).toString() })
        })
      })
      request.on('error', reject)
      request.end(body ?? undefined)
    })
  }

  const list = async (): Promise<Delivery[]> => (await ask<DeliveryPage>('/api/deliveries?limit=200')).items

  return {
    url: server.url,
    close: () => server.close(),
    readLog: () => log,
    ask,
    list,
    send,
    /** As the vendor of that door proves who it is. */
    prove(door: DoorName, body: Uint8Array): string[] {
      if (door === 'incode') return ['X-Incode-Key', INCODE_VALUE]
      if (door === 'seon-fraud') return ['Digest', `SHA-256=${sign(body, LICENSE_KEY).toString('base64')}`]
      return ['SEON-Signature', sign(body, WEBHOOK_SECRET).toString('hex')]
    },
    /** Posts to SEON's door, signed. */
    post(body: Uint8Array, rawHeaders: readonly string[] = ['Content-Type', 'application/json']) {
      const signature = sign(body, WEBHOOK_SECRET).toString('hex')
      return send('/webhooks/seon', body, ['SEON-Signature', signature, ...rawHeaders])
    },
    /** What has arrived while `work` ran, oldest first. */
    async arrivals(work: () => Promise<unknown>): Promise<Delivery[]> {
      const before = new Set((await list()).map(({ id }) => id))
      await work()
      return (await list()).filter(({ id }) => !before.has(id)).toReversed()
    },
    /** A delivery once it is processed. */
    async settled(id: string): Promise<DeliveryDetail> {
      for (;;) {
        const detail = await ask<DeliveryDetail>(`/api/deliveries/${id}`)
        if (detail.event !== undefined || detail.outcome === 'dead') return detail
        await delay(10)
      }
    },
    /** Bytes over a socket of their own; everything that comes back until the server closes it. */
    raw(bytes: string | Uint8Array): Promise<string> {
      return new Promise((resolve, reject) => {
        const socket = connect(Number(port), hostname, () => socket.write(bytes))
        let answer = ''
        socket.setEncoding('latin1').on('data', (text: string) => (answer += text))
        socket.on('close', () => resolve(answer))
        // Cut off in the middle of what we send: the answer, if any, is what counts.
        socket.on('error', (error) => (answer === '' && !('code' in error) ? reject(error) : socket.destroy()))
      })
    },
  }
}

export type Doors = Awaited<ReturnType<typeof startDoors>>

/** What every refusal says, and all it says. */
export function assertRefused(answer: Answer, status: number, code: string): void {
  assert.deepEqual([answer.status, answer.body], [status, JSON.stringify({ error: code })])
  assert.match(String(answer.headers['content-type']), /^application\/json/)
}

export function assertAccepted(answer: Answer, body: object = { received: true }): void {
  assert.deepEqual([answer.status, answer.body], [200, JSON.stringify(body)])
  assert.match(String(answer.headers['content-type']), /^application\/json/)
}

/** Every line is JSON; none holds a secret or what a body said. */
export function assertDiscreet(log: string): void {
  const lines = log.trimEnd().split('\n')
  for (const line of lines) assert.equal(typeof JSON.parse(line), 'object')
  assert.doesNotMatch(log, new RegExp(CANARY, 'i'))
}
