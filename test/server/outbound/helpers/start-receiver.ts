import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { z } from 'zod'
import type { StatusChanged } from '../../../../server/protocol.ts'
import { STATUSES, VENDORS } from '../../../../server/protocol.ts'
import { listen, stop } from '../../../helpers/listen.ts'

/** The least secret that Standard Webhooks allows: 24 bytes. */
export const SECRET = `whsec_${Buffer.from('a-secret-of-24-bytes-long').subarray(0, 24).toString('base64')}`

const statusChanged = z.strictObject({
  type: z.literal('verification.status_changed'),
  timestamp: z.iso.datetime(),
  data: z.strictObject({
    id: z.string(),
    vendor: z.enum(VENDORS),
    vendorId: z.string(),
    userId: z.string().nullable(),
    workflow: z.string().nullable(),
    status: z.enum(STATUSES),
    previousStatus: z.enum(STATUSES).nullable(),
    decidedAt: z.iso.datetime().nullable(),
    revision: z.int(),
    environment: z.enum(['sandbox', 'live']),
  }),
})

/** One try as it arrived. */
export interface Arrived {
  id: string
  path: string
  headers: IncomingHttpHeaders
  body: Buffer
  message: StatusChanged
  status: StatusChanged['data']['status']
  vendorId: string
}

/** A site's back end: a real HTTP server that keeps what it is sent and answers as told. */
export interface Receiver {
  url: string
  arrived: Arrived[]
  /** Default: 204. One that does not answer leaves the sender hanging. */
  answer: (response: ServerResponse, arrived: Arrived) => void
  /** The most requests that were open at once. */
  mostAtOnce: number
  /** Resolves once `count` tries have arrived. */
  waitFor(count: number): Promise<void>
  stop(): Promise<void>
}

export const receive = (response: ServerResponse): void => {
  response.writeHead(204).end()
}

/** Refuses with `status`. */
export const refuse =
  (status: number, headers: Readonly<Record<string, string>> = {}) =>
  (response: ServerResponse): void => {
    response.writeHead(status, headers).end('{"error":"CANARY-ANSWER"}')
  }

/** @param verify whether signatures are checked against the real time, as a back end must */
export async function startReceiver({ verify = false } = {}): Promise<Receiver> {
  const webhook = new Webhook(SECRET)
  let atOnce = 0
  let waiting: { count: number; resolve: () => void }[] = []
  const server = createServer((request, response) => {
    atOnce += 1
    receiver.mostAtOnce = Math.max(receiver.mostAtOnce, atOnce)
    response.on('close', () => (atOnce -= 1))
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const body = Buffer.concat(chunks)
      const id = String(request.headers['webhook-id'])
      if (verify) webhook.verify(body, toPlain(request.headers))
      const message = statusChanged.parse(JSON.parse(body.toString()))
      const { status, vendorId } = message.data
      const arrived = { id, path: request.url ?? '', headers: request.headers, body, message, status, vendorId }
      receiver.arrived.push(arrived)
      receiver.answer(response, arrived)
      for (const { count, resolve } of waiting) if (receiver.arrived.length >= count) resolve()
    })
  })
  const origin = await listen(server)
  const receiver: Receiver = {
    url: `${origin}/CANARY-PATH`,
    arrived: [],
    answer: receive,
    mostAtOnce: 0,
    waitFor: (count) =>
      new Promise((resolve) => {
        if (receiver.arrived.length >= count) return resolve()
        waiting = [...waiting, { count, resolve }]
      }),
    stop: () => stop(server),
  }
  return receiver
}

export function toPlain(headers: IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
}
