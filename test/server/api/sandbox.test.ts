import assert from 'node:assert/strict'
import { describe, it } from 'node:test'
import { z } from 'zod'
import { startSandboxServer } from '../../helpers/server.ts'

const FINISHED = 'orchestration/workflow_execution_finished'
const Attempt = z.object({ status: z.number().nullable(), error: z.string().nullable() })
const Log = z.object({ attempts: z.array(z.object({ event: z.string(), copy: z.string().nullable() })) })

/** A server of its own and what an admin asks of its `/api/sandbox`. */
async function start() {
  const server = await startSandboxServer()

  function request(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    return fetch(`${server.url}/api/sandbox${path}`, {
      headers: {
        authorization: `Bearer ${server.sandbox.adminToken}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    })
  }

  async function trigger(body: object): Promise<z.infer<typeof Attempt>> {
    const response = await request('/trigger', body)
    assert.equal(response.status, 200, await response.clone().text())
    return Attempt.parse(await response.json())
  }

  return { server, request, trigger }
}

describe('/api/sandbox', () => {
  it('fires every event of every vendor, and our doors take each', async () => {
    const { request, trigger } = await start()
    const State = z.object({ events: z.record(z.string(), z.array(z.string())) })
    const { events } = State.parse(await (await request('')).json())
    assert.ok(Object.keys(events).length >= 12)
    for (const [event, statuses] of Object.entries(events)) {
      for (const status of statuses.length === 0 ? [undefined] : statuses) {
        const { status: answer } = await trigger({ event, userId: 'u-every', ...(status && { status }) })
        assert.equal(answer, 200, `${event} ${status}`)
      }
    }
  })

  it('is turned away at every door when it forges, and thanked when it repeats', async () => {
    const { request, trigger } = await start()
    for (const event of [FINISHED, 'idv:session_finished', 'lists:customlist', 'incode']) {
      for (const forged of ['wrong', 'missing']) {
        assert.equal((await trigger({ event, userId: 'u-forged', forged })).status, 401, `${event} ${forged}`)
      }
    }
    await trigger({ event: FINISHED, userId: 'u-forged', copies: 2 })
    const { attempts } = Log.parse(await (await request('/attempts?limit=1')).json())
    assert.deepEqual(attempts, [{ event: FINISHED, copy: 'duplicate' }])
  })

  it('turns the dial and the clock, and lists what there is', async () => {
    const { request, trigger } = await start()
    assert.match(await (await request('/chaos', { drop: 1 })).text(), /"drop":1/)
    assert.equal((await trigger({ event: FINISHED, userId: 'u-dial' })).error, 'DROPPED')
    assert.match(await (await request('/chaos', { drop: 0 })).text(), /"drop":0/)
    assert.match(await (await request('/clock', { advanceMs: 60_000 })).text(), /"aheadMs":\d{5}/)
    assert.match(await (await request('/clock', { reset: true })).text(), /"aheadMs":0/)
    assert.match(await (await request('/runs')).text(), /"userId":"u-dial"/)
    assert.doesNotMatch(await (await request('/runs')).text(), /"token"|"pageKey"/)
  })

  it('hands on what the control API refuses, and offers nothing else of it', async () => {
    const { request } = await start()
    const refused = await request('/trigger', { event: 'nothing' })
    assert.equal(refused.status, 400)
    assert.match(await refused.text(), /Known events/)
    assert.equal((await request('/secrets', { seon: 'x' })).status, 404)
    assert.equal((await request('/runs/%2e%2e/end', { end: 'approved' })).status, 404)
    assert.equal((await request('/clock', { advanceMs: 'x'.repeat(20_000) })).status, 413)
  })

  it('takes no request without an admin, from another page, or that a form could send', async () => {
    const { request, server } = await start()
    const asked = { event: FINISHED }
    assert.equal((await request('/trigger', asked, { authorization: '' })).status, 401)
    assert.equal((await request('', undefined, { authorization: '' })).status, 401)
    assert.equal((await request('/trigger', asked, { 'content-type': 'text/plain' })).status, 415)
    const link = await fetch(server.sandbox.signInUrl, { redirect: 'manual' })
    const cookie = link.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const withCookie = (origin: string) => request('/trigger', asked, { authorization: '', cookie, origin })
    assert.equal((await withCookie('https://evil.example')).status, 403)
    assert.equal((await withCookie(server.sandbox.url)).status, 403)
    assert.equal((await withCookie(server.url)).status, 200)
  })
})
