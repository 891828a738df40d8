import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { io } from 'socket.io-client'
import { z } from 'zod'
import { DEFAULT_LAG_MS } from '../../../server/overdue/patience.ts'
import { startSandboxServer, type TestServer } from '../../helpers/server.ts'
import { MINUTE } from './visits.ts'

const Started = z.object({ statusToken: z.string() })
const Runs = z.object({ runs: z.array(z.object({ executionId: z.string() })) })
const Frame = z.object({
  verifications: z.array(z.object({ status: z.string(), overdue: z.boolean() })),
  counts: z.object({ overdue: z.number() }).loose(),
})

async function post(server: TestServer, path: string, body: unknown, token?: string): Promise<Response> {
  const response = await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    },
    body: JSON.stringify(body),
  })
  assert.ok(response.ok, `${path}: ${response.status}`)
  return response
}

/** An open dashboard: the newest state of the one verification, as told without being asked. */
function follow(server: TestServer) {
  const socket = io(`${server.url}/dashboard`, {
    auth: { token: server.sandbox.adminToken },
    transports: ['websocket'],
  })
  let seen = ''
  let check: () => void = () => undefined
  const handleFrame = (frame: unknown) => {
    const { verifications, counts } = Frame.parse(frame)
    const [verification] = verifications
    if (verification === undefined) return
    seen = `${verification.status} ${verification.overdue} ${counts.overdue}`
    check()
  }
  socket.on('snapshot', handleFrame)
  socket.on('changes', handleFrame)
  return {
    /** Resolves once it stands so: status, overdue, and how many are. */
    until: (wanted: string) =>
      new Promise<void>((resolve) => {
        check = () => {
          if (seen === wanted) resolve()
        }
        check()
      }),
    close: () => socket.disconnect(),
  }
}

describe('a lost webhook', () => {
  it('is noticed, shown on an open dashboard, and forgotten once it arrives', { timeout: 60_000 }, async () => {
    let ahead = 0
    const server = await startSandboxServer({}, { now: () => Date.now() + ahead })
    const dashboard = follow(server)
    await server.control('/settings', { webhookDelayMs: 0 })
    await server.control('/chaos', { drop: 1 })

    const started = await post(server, '/api/init-verification', { userId: 'ada-1', email: 'ada@example.com' })
    const { statusToken } = Started.parse(await started.json())
    const [run] = Runs.parse(await server.control('/runs')).runs
    await server.control(`/runs/${run?.executionId}/end`, { end: 'approved' })
    await post(server, '/api/progress', { event: 'completed', detail: 'success' }, statusToken)
    await dashboard.until('submitted false 0')

    ahead = DEFAULT_LAG_MS + MINUTE
    await dashboard.until('submitted true 1')
    assert.match(server.readLog(), /"event":"verification_overdue"/)

    // The vendor's next try gets through.
    await server.control('/chaos', { drop: 0 })
    await server.control('/clock', { advanceMs: MINUTE })
    await dashboard.until('approved false 0')
    dashboard.close()
  })
})
