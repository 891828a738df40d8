import assert from 'node:assert/strict'
import { it } from 'node:test'
import { io } from 'socket.io-client'
import { openDatabases, withoutPostgres } from '../../../helpers/postgres.ts'
import { startSandboxServer } from '../../../helpers/server.ts'

it('ends a session’s sockets within a second on every node', { skip: withoutPostgres }, async (context) => {
  const postgres = await openDatabases()
  context.after(() => postgres.remove())
  const DATABASE_URL = await postgres.createDatabase()
  const [one, other] = [await startSandboxServer({ DATABASE_URL }), await startSandboxServer({ DATABASE_URL })]
  const signIn = async () => {
    const response = await fetch(`${one.url}/api/session`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin: one.url },
      body: JSON.stringify({ token: one.sandbox.adminToken }),
    })
    return response.headers.get('set-cookie')?.split(';')[0] ?? ''
  }
  const [ending, staying] = [await signIn(), await signIn()]
  const join = (cookie: string) => {
    const options = { transports: ['websocket'], forceNew: true, reconnection: false }
    const socket = io(`${other.url}/dashboard`, { ...options, extraHeaders: { cookie } })
    context.after(() => socket.close())
    return {
      socket,
      joined: new Promise<void>((resolve) => socket.once('snapshot', () => resolve())),
      gone: new Promise<number>((resolve) => socket.once('disconnect', () => resolve(Date.now()))),
    }
  }
  const [gone, here] = [join(ending), join(staying)]
  await Promise.all([gone.joined, here.joined])

  const listed = await fetch(`${one.url}/api/sessions`, { headers: { cookie: ending } })
  const { items }: { items: { id: string; current: boolean }[] } = JSON.parse(await listed.text())
  const { id } = items.find((each) => each.current) ?? assert.fail('not listed')
  const ended = await fetch(`${one.url}/api/sessions/${id}`, {
    method: 'DELETE',
    headers: { cookie: staying, origin: one.url },
  })
  const at = Date.now()
  assert.equal(ended.status, 204)
  const tookMs = (await gone.gone) - at
  assert.ok(tookMs < 1000, `${tookMs} ms`)
  assert.equal(here.socket.connected, true)
  assert.equal((await fetch(`${other.url}/api/session`, { headers: { cookie: ending } })).status, 401)
})
