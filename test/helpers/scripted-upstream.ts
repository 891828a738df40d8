import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import { listen, stop } from './listen.ts'

/** Answers one request. */
export type Play = (response: ServerResponse) => void

export interface UpstreamRequest {
  method: string | undefined
  url: string | undefined
  headers: IncomingHttpHeaders
  body: string
}

/** A real HTTP server that answers what the test tells it to: `plays` in turn, the last one for good. */
export interface ScriptedUpstream {
  origin: string
  plays: Play[]
  requests: UpstreamRequest[]
  stop(): Promise<void>
}

export const playJson =
  (status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): Play =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }

export const playRaw =
  (status: number, body: string | Buffer, headers: Readonly<Record<string, string>> = {}): Play =>
  (response) => {
    response.writeHead(status, headers).end(body)
  }

export async function startUpstream(): Promise<ScriptedUpstream> {
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request
    upstream.requests.push({ method, url, headers, body: await readText(request) })
    const play = upstream.plays.length > 1 ? upstream.plays.shift() : upstream.plays[0]
    play?.(response)
  }
  const server = createServer((request, response) => void answer(request, response))
  const origin = await listen(server)
  const upstream: ScriptedUpstream = { origin, plays: [], requests: [], stop: () => stop(server) }
  return upstream
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(Buffer.from(chunk))
  return Buffer.concat(chunks).toString()
}
