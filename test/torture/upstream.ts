import { createServer } from 'node:http'
import { listen, stop } from '../helpers/listen.ts'

/** SEON's init-workflow, for these runs: it names a run after the local part of the e-mail address. */
export async function startUpstream(): Promise<{ origin: string; stop(): Promise<void> }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const executionId = readRun(JSON.parse(Buffer.concat(chunks).toString()))
      response.writeHead(200, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify({ data: { executionId, token: `eu:${executionId}` } }))
    })
  })
  const origin = await listen(server)
  return { origin, stop: () => stop(server) }
}

function readRun(body: unknown): string {
  const inputs = typeof body === 'object' && body !== null && 'inputs' in body ? body.inputs : null
  const email = typeof inputs === 'object' && inputs !== null && 'email' in inputs ? inputs.email : null
  return String(email).split('@')[0] ?? ''
}
