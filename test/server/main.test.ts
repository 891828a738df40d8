import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { type ServerProcess, StartError, startProcess } from '../helpers/process.ts'

describe('npm start', () => {
  let folder = ''
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seon-verify-main-'))
  })
  after(() => rm(folder, { recursive: true, force: true }))
  const storeAt = (name: string) => ({ DATABASE_URL: `sqlite:${join(folder, name)}` })

  it('prints its addresses once everything listens, and exits 0 on SIGTERM', async () => {
    const server = await startProcess(storeAt('a.db'))
    const { addresses } = server
    assert.deepEqual(Object.keys(addresses), [
      'demo',
      'dashboard',
      'webhooks',
      'sandbox',
      'sign-in',
      'admin-token',
      'api-token',
    ])
    const listed = await fetch(new URL('/api/verifications', addresses['demo']), {
      headers: { authorization: `Bearer ${addresses['api-token']}` },
    })
    assert.equal(listed.status, 200)
    const ready = await fetch(new URL('/readyz', addresses['demo']))
    assert.equal(ready.status, 200)
    assert.equal((await fetch(`${addresses['sandbox']}/regions.json`)).status, 200)
    const signIn = await fetch(addresses['sign-in'] ?? '', { redirect: 'manual' })
    assert.equal(signIn.status, 303)
    const cookie = signIn.headers.get('set-cookie') ?? ''
    assert.match(cookie, /^__Host-seon-verify=.*; Path=\/;.*HttpOnly; Secure; SameSite=Strict/)
    const again = await fetch(addresses['sign-in'] ?? '', { redirect: 'manual' })
    assert.equal(again.headers.get('set-cookie'), null, 'the link signs in once')
    assert.equal(again.headers.get('location'), '/dashboard?sign-in=link_used')
    assert.equal(await server.end('SIGTERM'), 0)
  })

  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    it(`npm itself exits 0 when it alone gets ${signal}, a second signal does no harm, and nothing is left behind`, async () => {
      const server = await startProcess(storeAt('b.db'), ['npm', 'start'])
      const demo = server.addresses['demo'] ?? ''
      server.child.kill(signal)
      assert.equal(await server.end(signal), 0)
      await assert.rejects(fetch(demo), 'the server is gone with it')
    })

    it(`npm itself exits 0 when its process group gets ${signal}`, async () => {
      const server = await startProcess(storeAt('c.db'), ['npm', 'start'])
      const demo = server.addresses['demo'] ?? ''
      const ended = new Promise((resolve) => server.child.on('exit', resolve))
      process.kill(-(server.child.pid ?? 0), signal)
      process.kill(-(server.child.pid ?? 0), signal)
      assert.equal(await ended, 0)
      await assert.rejects(fetch(demo))
    })
  }

  it('exits 78 and names every wrong variable at once, showing none of their values', async () => {
    const start = startProcess({ ...storeAt('d.db'), SEON_API_KEY: 'key-canary', TRUST_PROXY: 'many-canary' })
    await assert.rejects(start, (error: unknown) => {
      assert.ok(error instanceof StartError)
      assert.equal(error.code, 78)
      for (const name of ['TRUST_PROXY', 'SEON_BASE_URL', 'WORKFLOW_ID', 'SEON_WEBHOOK_SECRET', 'ADMIN_TOKEN']) {
        assert.match(error.stderr, new RegExp(name))
      }
      assert.doesNotMatch(error.stderr, /canary/)
      return true
    })
  })

  it('a second server on the same SQLite file exits 78 and says so; the first goes on', async () => {
    const first = await startProcess(storeAt('e.db'))
    await assert.rejects(startProcess(storeAt('e.db')), (error: unknown) => {
      assert.ok(error instanceof StartError)
      assert.equal(error.code, 78)
      assert.match(error.stderr, /in use by another server/)
      return true
    })
    assert.equal((await fetch(new URL('/healthz', first.addresses['demo']))).status, 200)
    await first.end('SIGTERM')
  })

  it('keeps sandbox secrets and what was acknowledged through a SIGKILL between 200 and processing', async () => {
    const env = { ...storeAt('f.db'), SEON_WEBHOOK_SECRET: 'whsec-for-this-test' }
    let server: ServerProcess = await startProcess(env)
    const adminToken = server.addresses['admin-token']
    const runs = Array.from({ length: 20 }, (_, index) => `0000000${index % 10}-0000-4000-8000-0000000000${10 + index}`)
    // Killed at the very 200: most of what it acknowledged cannot have been processed.
    const answers = await Promise.all(runs.map((run) => deliver(server, run).then((status) => ({ run, status }))))
    await server.end('SIGKILL')
    assert.ok(answers.every(({ status }) => status === 200))

    server = await startProcess(env)
    assert.equal(server.addresses['admin-token'], adminToken)
    for (const run of runs) await awaitApproved(server, run)
    await server.end('SIGTERM')
  })
})

async function deliver(server: ServerProcess, run: string): Promise<number> {
  const data = { id: run, workflow: { id: run, name: 'Onboarding' }, status: 'APPROVED' }
  const timestamp = '2026-11-01T10:00:00Z'
  const body = JSON.stringify({ event: 'orchestration/workflow_execution_finished', timestamp, data })
  const signature = createHmac('sha256', 'whsec-for-this-test').update(body).digest('hex')
  const headers = { 'content-type': 'application/json', 'seon-signature': signature }
  const response = await fetch(server.addresses['webhooks'] ?? '', { method: 'POST', headers, body })
  return response.status
}

async function awaitApproved(server: ServerProcess, run: string): Promise<void> {
  const url = new URL(`/api/verifications?q=${run}`, server.addresses['demo'])
  for (;;) {
    const response = await fetch(url, { headers: { authorization: `Bearer ${server.addresses['admin-token']}` } })
    if (/"status":"approved"/.test(await response.text())) return
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}
