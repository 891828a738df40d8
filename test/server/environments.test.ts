import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { pino } from 'pino'
import { readConfig } from '../../server/config/config.ts'
import { startServer } from '../../server/server.ts'
import { isFields } from '../../server/vendors/fields.ts'
import { LIVE_SIGNED, signUserToken, USER_TOKEN_SECRET } from '../helpers/init-server.ts'
import { listen, stop } from '../helpers/listen.ts'

const log = pino({ level: 'silent' })

it('says and shows nothing live of what was done in the sandbox on the same store', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seon-verify-environments-'))
  after(() => rm(folder, { recursive: true, force: true }))
  const ADMIN_TOKEN = 'an-admin-token-for-both-of-them'
  const common = { ADMIN_TOKEN, PORT: '0', DATABASE_URL: `sqlite:${join(folder, 'one.db')}`, USER_TOKEN_SECRET }
  const ask = (url: string, token: string) =>
    fetch(`${url}/api/status`, { headers: { authorization: `Bearer ${token}` } }).then(({ status }) => status)

  const sandbox = await startServer({ config: readConfig(common), log })
  const started = await fetch(`${sandbox.url}/api/init-verification`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await signUserToken()}` },
    body: '{}',
  })
  const answer: unknown = await started.json()
  const statusToken = isFields(answer) ? String(answer['statusToken']) : assert.fail('no answer')
  assert.equal(await ask(sandbox.url, statusToken), 200)
  assert.equal(await ask(sandbox.url, await signUserToken()), 200)
  assert.equal((await fetch(`${sandbox.url}/examples`)).status, 200)
  const signedIn = await fetch(`${sandbox.url}/api/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: sandbox.url },
    body: JSON.stringify({ token: ADMIN_TOKEN }),
  })
  const cookie = signedIn.headers.get('set-cookie')?.split(';')[0] ?? ''
  const look = (url: string) => fetch(`${url}/api/session`, { headers: { cookie } }).then(({ status }) => status)
  assert.equal(await look(sandbox.url), 200)
  await sandbox.close()

  const port = await findFreePort()
  const url = `http://127.0.0.1:${port}`
  const env = { ...LIVE_SIGNED, ...common, PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: url }
  const live = await startServer({ config: readConfig(env), log })
  try {
    assert.equal(await ask(url, statusToken), 401)
    assert.equal(await look(url), 401, 'a session of the sandbox is none live')
    assert.equal((await fetch(`${url}/examples`)).status, 404, 'the page of examples is for the sandbox')
    assert.equal(await ask(url, await signUserToken()), 404)
  } finally {
    await live.close()
  }
})

async function findFreePort(): Promise<number> {
  const server = createServer()
  const { port } = new URL(await listen(server))
  await stop(server)
  return Number(port)
}
